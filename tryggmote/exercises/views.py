"""The list, the library and the plan of an exercise (4.1). The database decides which there are."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.errors import NotAllowed
from tryggmote.access.requests import PersonRequest
from tryggmote.exercises import library, planning, queries, report
from tryggmote.exercises.closing_views import after
from tryggmote.exercises.forms import (
    CallOffForm,
    LibraryFilter,
    MoveForm,
    PeopleForm,
    PlanForm,
    UnitChoice,
)
from tryggmote.exercises.library import ExerciseScenario
from tryggmote.exercises.models import Exercise, Participant
from tryggmote.exercises.pages import exercise_or_404
from tryggmote.exercises.rules import may_arrange, may_call_off, may_run
from tryggmote.exercises.vocabulary import Part, Stage
from tryggmote.notices.services import mark_seen_about
from tryggmote.organisation.standing import standing_in
from tryggmote.ui.forms import SentOnce

PAGE_SIZE = 25


@require_GET
def home(request: PersonRequest) -> HttpResponse:
    """When the unit last exercised what, and all exercises one sees."""
    page = Paginator(queries.exercises(), PAGE_SIZE).get_page(request.GET.get("page"))
    here = request.person.unit
    exercised = queries.last_exercised(here.id) if here else None
    context = {"page_obj": page, "exercised": exercised, "may_plan": queries.units_to_plan_for().exists()}
    return render(request, "exercises/home.html", context)


@require_GET
def library_list(request: PersonRequest) -> HttpResponse:
    """All scenarios, perhaps of one meeting form."""
    form = LibraryFilter(request.GET or None)
    chosen = form.cleaned_data["form"] if form.is_valid() else ""
    found = [s for s in library.current().scenarios if not chosen or chosen in s.forms]
    return render(request, "exercises/library.html", {"form": form, "scenarios": found})


@require_GET
def scenario(request: PersonRequest, scenario_code: str) -> HttpResponse:
    """One scenario in full: what happens minute by minute, and what to talk about afterwards."""
    found = _scenario(scenario_code)
    may_plan = queries.units_to_plan_for().exists()
    return render(request, "exercises/scenario.html", {"scenario": found, "may_plan": may_plan})


@require_http_methods(["GET", "POST"])
def plan(request: PersonRequest, scenario_code: str) -> HttpResponse:
    """Plan an exercise for a unit, or suggest it; `?enhet=` names the unit."""
    found = _scenario(scenario_code)
    units = queries.units_to_plan_for()
    choice = UnitChoice(request.GET, units=units)
    here = request.person.unit
    chosen = choice.cleaned_data["enhet"] if choice.is_valid() else None
    unit = chosen or (units.filter(id=here.id).first() if here else None) or units.first()
    if unit is None:
        raise NotAllowed(
            _("Øvelser foreslås av ledere, verneombud og sikkerhetskoordinatoren i fylket."),
            _("Si fra til en av dem om hva du vil øve på."),
        )
    risks = queries.risks_to_exercise(unit.id, found)
    form = PlanForm(request.POST or None, unit=unit, scenario=found, risks=risks)
    if request.method == "POST" and form.is_valid():
        made = planning.suggest_exercise(by=request.person, draft=form.draft())
        return redirect("exercises:people", made.id)
    context = {
        "scenario": found, "unit": unit, "form": form,
        "choice": UnitChoice(initial={"enhet": unit.id}, units=units) if units.count() > 1 else None,
        "leads": standing_in(unit.id).leads,
    }  # fmt: skip
    return render(request, "exercises/plan.html", context, status=422 if form.is_bound else 200)


@require_GET
def exercise(request: PersonRequest, exercise_id: UUID) -> HttpResponse:
    """One exercise: the plan until it is held, then what is left; once closed, the report."""
    found = exercise_or_404(exercise_id)
    mark_seen_about(subject_id=found.id)
    if found.stage is Stage.CLOSED:
        return redirect("exercises:report", found.id)
    if found.stage is Stage.HELD:
        return render(request, "exercises/held.html", after(request, found))
    return _show_plan(request, found, MoveForm(initial=vars(found)), CallOffForm())


@require_http_methods(["GET", "POST"])
def people(request: PersonRequest, exercise_id: UUID) -> HttpResponse:
    """Choose who leads, observes and takes part."""
    found = exercise_or_404(exercise_id)
    if not _abilities(request, found)["may_arrange"]:
        raise NotAllowed(_("Bare lederen, og den som leder øvelsen, velger hvem som er med."))
    now = list(Participant.objects.filter(exercise=found))
    form = PeopleForm(request.POST or None, exercise=found, people=queries.people_for(found), now=now)
    if request.method == "POST" and form.is_valid():
        planning.choose_people(by=request.person, exercise=found, cast=form.cast())
        messages.success(request, _("Lagret hvem som er med."))
        return redirect(found)
    context = {"exercise": found, "form": form}
    return render(request, "exercises/people.html", context, status=422 if form.is_bound else 200)


@require_POST
def decide(request: PersonRequest, exercise_id: UUID) -> HttpResponse:
    """The leader decides that it will be."""
    found = exercise_or_404(exercise_id)
    form = SentOnce(request.POST)
    if form.is_valid():
        planning.decide(by=request.person, exercise=found, step_id=form.cleaned_data["id"])
        messages.success(request, _("Øvelsen er bestemt. De som er med, har fått beskjed."))
    return redirect(found)


@require_POST
def move(request: PersonRequest, exercise_id: UUID) -> HttpResponse:
    """Another time or place."""
    found = exercise_or_404(exercise_id)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _show_plan(request, found, form, CallOffForm(), status=422)
    planning.move(by=request.person, exercise=found, **form.cleaned_data)
    messages.success(request, _("Øvelsen er flyttet."))
    return redirect(found)


@require_POST
def call_off(request: PersonRequest, exercise_id: UUID) -> HttpResponse:
    """It will not be."""
    found = exercise_or_404(exercise_id)
    form = CallOffForm(request.POST)
    if not form.is_valid():
        return _show_plan(request, found, MoveForm(initial=vars(found)), form, status=422)
    said = form.cleaned_data
    planning.call_off(by=request.person, exercise=found, step_id=said["id"], reason=said["reason"])
    messages.success(request, _("Øvelsen er avlyst."))
    return redirect(found)


def _show_plan(
    request: PersonRequest,
    found: Exercise,
    move_form: MoveForm,
    call_off_form: CallOffForm,
    status: int = 200,
) -> HttpResponse:
    context = {
        "exercise": found,
        "members": queries.members_of(found),
        "aims": queries.aims_of(found),
        "closing": report.closing_of(found) if found.called_off_at else None,
        "move_form": move_form,
        "call_off_form": call_off_form,
        "once": SentOnce(),
        **_abilities(request, found),
    }
    return render(request, "exercises/planned.html", context, status=status)


def _abilities(request: PersonRequest, found: Exercise) -> dict[str, bool]:
    me = queries.my_part(found, request.person)
    leads = standing_in(found.unit_id).leads
    is_led_by_me = me is not None and me.part == Part.LEADS
    is_mine = found.planned_by_id == request.person.id
    stage = found.stage
    return {
        "leads": leads,
        "may_arrange": may_arrange(stage, leads=leads, is_led_by_me=is_led_by_me, planned_by_me=is_mine),
        "may_run": may_run(stage, leads=leads, is_led_by_me=is_led_by_me),
        "may_call_off": may_call_off(stage, leads=leads, planned_by_me=is_mine),
        "is_in_it": me is not None,
    }


def _scenario(code: str) -> ExerciseScenario:
    found = library.current().find(code)
    if found is None:
        raise Http404
    return found
