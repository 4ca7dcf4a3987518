"""After the exercise: objectives, findings, evaluation, the end, and the report (4.1, 2.3)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.requests import PersonRequest
from tryggmote.exercises import closing, queries, report, running
from tryggmote.exercises.closing_forms import CloseForm, DecisionForm, EvaluationForm, ObjectivesForm
from tryggmote.exercises.forms import ObservationForm
from tryggmote.exercises.models import Evaluation, Exercise, Finding
from tryggmote.exercises.pages import exercise_or_404
from tryggmote.exercises.rules import evaluated_until, may_evaluate, may_observe, may_run
from tryggmote.exercises.vocabulary import Part, Stage
from tryggmote.information.services import mark_read_about
from tryggmote.notices.services import mark_seen_about
from tryggmote.organisation.standing import standing_in


@require_POST
def objectives(request: PersonRequest, exercise_id: UUID) -> HttpResponse:
    """Which objectives were reached."""
    found = exercise_or_404(exercise_id)
    form = ObjectivesForm(request.POST, aims=queries.aims_of(found))
    if not form.is_valid():
        return render(request, "exercises/held.html", after(request, found, objectives=form), status=422)
    closing.judge_objectives(by=request.person, exercise=found, reached=form.reached())
    messages.success(request, _("Målene er lagret."))
    return redirect(found)


@require_POST
def find(request: PersonRequest, exercise_id: UUID) -> HttpResponse:
    """Something that must change, or was seen, written after the exercise."""
    found = exercise_or_404(exercise_id)
    form = ObservationForm(request.POST, aims=queries.aims_of(found))
    if not form.is_valid():
        return render(request, "exercises/held.html", after(request, found, observation=form), status=422)
    running.observe(by=request.person, exercise=found, seen=form.seen())
    messages.success(request, _("Notert."))
    return redirect(found)


@require_http_methods(["GET", "POST"])
def decide_finding(request: PersonRequest, exercise_id: UUID, exercise_finding_id: UUID) -> HttpResponse:
    """What becomes of a finding."""
    found = get_object_or_404(
        Finding.objects.select_related("exercise__unit", "by"),
        id=exercise_finding_id,
        exercise_id=exercise_id,
    )
    exercise = found.exercise
    plans = closing.may_plan(request.person.id, exercise.unit_id)
    form = DecisionForm(request.POST or None, plans=plans)
    if request.method == "POST" and form.is_valid():
        closing.decide_finding(by=request.person, finding=found, decision=form.decision())
        messages.success(request, _("Bestemt."))
        return redirect(exercise)
    running.refuse_unless_runs(request.person, exercise)
    context = {"exercise": exercise, "finding": found, "form": form}
    return render(request, "exercises/finding.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def evaluate(request: PersonRequest, exercise_id: UUID) -> HttpResponse:
    """Four taps by somebody who was there."""
    found = exercise_or_404(exercise_id)
    mark_seen_about(subject_id=found.id)
    form = EvaluationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        closing.evaluate(by=request.person, exercise=found, opinion=form.opinion())
        messages.success(request, _("Takk. Svaret ditt er lagret uten navn for de andre."))
        return redirect("exercises:evaluate", found.id)
    me = queries.my_part(found, request.person)
    mine = Evaluation.objects.filter(exercise=found, person_id=request.person.id).first()
    context = {
        "exercise": found,
        "form": form,
        "mine": mine,
        "until": evaluated_until(found.held_at) if found.held_at else None,
        "may_evaluate": may_evaluate(
            held_at=found.held_at, attended=me.attended if me else None, now=timezone.now()
        ),
    }
    return render(request, "exercises/evaluate.html", context, status=422 if form.is_bound else 200)


@require_POST
def close(request: PersonRequest, exercise_id: UUID) -> HttpResponse:
    """The leader closes it: the unit can read the report."""
    found = exercise_or_404(exercise_id)
    form = CloseForm(request.POST)
    if not form.is_valid():
        return render(request, "exercises/held.html", after(request, found, end=form), status=422)
    said = form.cleaned_data
    closing.close(
        by=request.person,
        exercise=found,
        step_id=said["id"],
        words=said["words"],
        found_nothing=said["found_nothing"],
    )
    messages.success(request, _("Øvelsen er ferdig. Enheten kan lese rapporten."))
    return redirect("exercises:report", found.id)


@require_GET
def report_page(request: PersonRequest, exercise_id: UUID) -> HttpResponse:
    """What was tried and learned, for everybody in the unit."""
    found = exercise_or_404(exercise_id)
    if found.stage is not Stage.CLOSED:
        return redirect(found)
    mark_seen_about(subject_id=found.id)
    mark_read_about(by=request.person, subject_id=found.id)
    context = _what_happened(found) | {"closing": report.closing_of(found)}
    return render(request, "exercises/report.html", context)


def after(
    request: PersonRequest,
    found: Exercise,
    *,
    objectives: ObjectivesForm | None = None,
    observation: ObservationForm | None = None,
    end: CloseForm | None = None,
) -> dict[str, Any]:
    """What the page of a held exercise shows: what is left to do, and what is known so far."""
    me = queries.my_part(found, request.person)
    standing = standing_in(found.unit_id)
    part = Part(me.part) if me else None
    what = _what_happened(found)
    aims = what["aims"]
    mine = Evaluation.objects.filter(exercise=found, person_id=request.person.id).exists()
    return what | {
        "members": queries.members_of(found),
        "leads": standing.leads,
        "may_run": may_run(found.stage, leads=standing.leads, is_led_by_me=part is Part.LEADS),
        "may_observe": may_observe(found.stage, standing, part),
        "owes_evaluation": not mine
        and may_evaluate(held_at=found.held_at, attended=me.attended if me else None, now=timezone.now()),
        "objectives": objectives or ObjectivesForm(aims=aims),
        "observation": observation or ObservationForm(aims=aims),
        "end": end or CloseForm(),
        "unjudged": any(not aim.objective.reached for aim in aims),
        "undecided": any(not each.is_decided for each in what["found"]),
    }


def _what_happened(found: Exercise) -> dict[str, Any]:
    return {
        "exercise": found,
        "aims": queries.aims_of(found),
        "moments": report.moments_of(found),
        "observations": queries.observations_of(found),
        "drills": report.drills_of(found),
        "found": report.found_in(found),
        "evaluation": report.evaluation_of(found),
        "evaluation_until": evaluated_until(found.held_at) if found.held_at else None,
    }
