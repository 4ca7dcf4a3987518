"""The day of the exercise: the page with the clock, and each act on it (4.1)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from tryggmote.access.errors import NotPossible
from tryggmote.access.requests import PersonRequest
from tryggmote.exercises import queries, report, running
from tryggmote.exercises.forms import AttendanceForm, InjectForm, ObservationForm
from tryggmote.exercises.models import Exercise, Participant
from tryggmote.exercises.pages import exercise_or_404
from tryggmote.exercises.rules import may_observe, may_run
from tryggmote.exercises.vocabulary import Part, Stage
from tryggmote.organisation.standing import standing_in
from tryggmote.ui.forms import SentOnce


@require_GET
def run(request: PersonRequest, exercise_id: UUID) -> HttpResponse:
    """The clock, the inject and what is seen. Everybody in it sees the same, whoever presses."""
    found = exercise_or_404(exercise_id)
    if found.stage not in (Stage.PLANNED, Stage.RUNNING):
        return (
            HttpResponseClientRedirect(found.get_absolute_url())
            if request.headers.get("HX-Request")
            else redirect(found)
        )
    return render(request, "exercises/run.html", _everything(request, found))


@require_POST
def start(request: PersonRequest, exercise_id: UUID) -> HttpResponse:
    """Start the clock."""
    found = exercise_or_404(exercise_id)
    form = SentOnce(request.POST)
    if form.is_valid():
        running.start(by=request.person, exercise=found, step_id=form.cleaned_data["id"])
    return _at_next_inject(found)


@require_POST
def give_inject(request: PersonRequest, exercise_id: UUID) -> HttpResponse:
    """Give the next inject."""
    found = exercise_or_404(exercise_id)
    form = InjectForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        running.give_inject(by=request.person, exercise=found, step_id=said["id"], number=said["number"])
    return _at_next_inject(found)


@require_POST
def observe(request: PersonRequest, exercise_id: UUID) -> HttpResponse:
    """Write down what is seen."""
    found = exercise_or_404(exercise_id)
    form = ObservationForm(request.POST, aims=queries.aims_of(found))
    if not form.is_valid():
        return render(request, "exercises/run.html", _everything(request, found, form), status=422)
    running.observe(by=request.person, exercise=found, seen=form.seen())
    messages.success(request, _("Notert."))
    return redirect("exercises:run", found.id)


@require_POST
def drill(request: PersonRequest, exercise_id: UUID) -> HttpResponse:
    """Call for help as a drill; the page of the call shows who comes."""
    found = exercise_or_404(exercise_id)
    form = SentOnce(request.POST)
    if not form.is_valid():
        return redirect("exercises:run", found.id)
    call = running.call_drill(by=request.person, exercise=found, call_id=form.cleaned_data["id"])
    return redirect("assistance:call", call)


@require_POST
def attendance(request: PersonRequest, exercise_id: UUID) -> HttpResponse:
    """Who is here."""
    found = exercise_or_404(exercise_id)
    form = AttendanceForm(request.POST, people=_invited(found))
    if form.is_valid():
        there = frozenset(form.cleaned_data["there"])
        running.note_attendance(by=request.person, exercise=found, there=there)
        messages.success(request, _("Oppmøtet er lagret."))
    return redirect("exercises:run", found.id)


@require_POST
def hold(request: PersonRequest, exercise_id: UUID) -> HttpResponse:
    """It is done. Who was there is sent along with it."""
    found = exercise_or_404(exercise_id)
    form, there = SentOnce(request.POST), AttendanceForm(request.POST, people=_invited(found))
    if not (form.is_valid() and there.is_valid()):
        return redirect("exercises:run", found.id)
    if found.stage is Stage.RUNNING:
        running.note_attendance(
            by=request.person, exercise=found, there=frozenset(there.cleaned_data["there"])
        )
    try:
        running.hold(by=request.person, exercise=found, step_id=form.cleaned_data["id"])
    except NotPossible as error:
        there.add_error("there", error.message)
        return render(request, "exercises/run.html", _everything(request, found, there=there), status=422)
    messages.success(request, _("Øvelsen er gjennomført. De som var med, blir spurt hvordan den var."))
    return redirect(found)


def _at_next_inject(found: Exercise) -> HttpResponse:
    """Where the keyboard goes on: one more press gives the next."""
    return redirect(f"{reverse('exercises:run', args=[found.id])}#neste")


def _invited(found: Exercise) -> list[tuple[int, str]]:
    rows = Participant.objects.filter(exercise=found).select_related("person").order_by("person__sort_key")
    return [(row.person_id, row.person.name) for row in rows]


def _everything(
    request: PersonRequest,
    found: Exercise,
    observation: ObservationForm | None = None,
    there: AttendanceForm | None = None,
) -> dict[str, Any]:
    members = queries.members_of(found)
    me = next((m.participant for m in members if m.participant.person_id == request.person.id), None)
    standing = standing_in(found.unit_id)
    is_led_by_me = me is not None and me.part == Part.LEADS
    aims = queries.aims_of(found)
    came = [m.participant.person_id for m in members if m.participant.attended]
    return {
        "exercise": found,
        "now": timezone.now(),
        "my_part": Part(me.part) if me else None,
        "my_role": next((m.role for m in members if m.participant is me), ""),
        "may_run": may_run(found.stage, leads=standing.leads, is_led_by_me=is_led_by_me),
        "may_observe": may_observe(found.stage, standing, Part(me.part) if me else None),
        "observation": observation or ObservationForm(aims=aims),
        "there": there or AttendanceForm(people=_invited(found), initial={"there": came}),
        "inject_form": InjectForm(initial={"number": found.inject_number + 1}),
        "once": SentOnce(),
        "drill": SentOnce(),
        "drills": report.drills_of(found),
        "observations": queries.observations_of(found),
    }
