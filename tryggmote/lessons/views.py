"""Short lessons: the library, one read alone, one held in a meeting, and who was there (4.1)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.requests import PersonRequest
from tryggmote.lessons import library, queries, services
from tryggmote.lessons.forms import AttendanceForm, HeldForm, LibraryFilter, QuestionsForm
from tryggmote.lessons.library import Lesson
from tryggmote.lessons.models import Gathering
from tryggmote.lessons.rules import may_tell_who_was_there, suggest
from tryggmote.organisation.models import Unit
from tryggmote.organisation.standing import standing_in
from tryggmote.training.pages import own_unit_id, unit_or_404
from tryggmote.ui.dates import oslo_today


@require_GET
def home(request: PersonRequest) -> HttpResponse:
    """The library, with what one's unit has held."""
    unit_id = own_unit_id(request)
    return _library(request, Unit.objects.get(id=unit_id) if unit_id else None)


@require_GET
def unit(request: PersonRequest, unit_id: int) -> HttpResponse:
    """The library, with what another unit has held."""
    found, _standing = unit_or_404(unit_id)
    return _library(request, found)


def _library(request: PersonRequest, unit: Unit | None) -> HttpResponse:
    narrowing = LibraryFilter(request.GET)
    form = narrowing.cleaned_data["form"] if narrowing.is_valid() else ""
    held = queries.last_held(unit.id) if unit else {}
    read = queries.my_readings(request.person.id)
    lines = [
        {"lesson": each, "held_on": held.get(each.code), "read_on": read.get(each.code)}
        for each in library.current().lessons
        if each.is_for(form)
    ]
    context: dict[str, Any] = {"unit": unit, "filter": narrowing, "lines": lines}
    if unit:
        context["may_hold"] = services.may_i_hold(request.person, unit.id)
        context["lately"] = queries.lately_held(unit.id)
        context["suggested"] = suggested = suggest(
            library.current().lessons,
            needs=queries.needs_in(unit.id),
            last_held=held,
            today=oslo_today(),
        )
        context["next"] = library.find(suggested.code) if suggested else None
    return render(request, "lessons/library.html", context)


def _lesson_or_404(code: str) -> Lesson:
    lesson = library.find(code)
    if lesson is None:
        raise Http404
    return lesson


@require_http_methods(["GET", "POST"])
def lesson(request: PersonRequest, lesson_code: str) -> HttpResponse:
    """Read alone: the points, the questions, and when one has answered, why."""
    found = _lesson_or_404(lesson_code)
    form = QuestionsForm(request.POST if request.method == "POST" else None, lesson=found)
    context: dict[str, Any] = {"lesson": found, "form": form, "unit_id": own_unit_id(request)}
    if request.method == "POST" and form.is_valid():
        services.read(by=request.person, reading_id=form.cleaned_data["id"], lesson=found)
        context["answered"] = form.answered()
        return render(request, "lessons/lesson.html", context)
    return render(request, "lessons/lesson.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def meeting(request: PersonRequest, lesson_code: str, unit_id: int) -> HttpResponse:
    """Held in a meeting on one screen, step by step; the last step is who was there."""
    found, (at, _standing) = _lesson_or_404(lesson_code), unit_or_404(unit_id)
    services.refuse_who_may_not_hold(request.person, unit_id)
    form = HeldForm(request.POST if request.method == "POST" else None, people=queries.people_of(unit_id))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        held = services.hold(
            by=request.person,
            gathering_id=said["id"],
            unit_id=unit_id,
            lesson=found,
            held_on=said["held_on"],
            person_ids=said["people"],
        )
        messages.success(request, _("Takk. Økten er ført på dem som var her."))
        return redirect(held)
    context = {"lesson": found, "unit": at, "form": form}
    return render(request, "lessons/meeting.html", context, status=422 if form.is_bound else 200)


@require_GET
def gathering(request: PersonRequest, gathering_id: UUID) -> HttpResponse:
    """A lesson that was held: when, by whom, and for some who was there."""
    return _show(request, get_object_or_404(queries.gathering_in_full(gathering_id)))


def _show(request: PersonRequest, held: Gathering, *, form: AttendanceForm | None = None) -> HttpResponse:
    there = queries.attendances_of(held)
    context: dict[str, Any] = {
        "held": held,
        "lesson": library.find(held.lesson),
        "was_there": any(each.person_id == request.person.id for each in there),
    }
    if may_tell_who_was_there(standing_in(held.unit_id), person_id=request.person.id, holder_id=held.by_id):
        context["there"] = there
        context["form"] = form or _attendance_form(
            held, initial={"people": [each.person_id for each in there]}
        )
    return render(request, "lessons/gathering.html", context, status=422 if form else 200)


def _attendance_form(held: Gathering, data: Any = None, **kwargs: Any) -> AttendanceForm:
    """Those who work in the unit, and those who did when they were there."""
    people = {person.id: person for person in queries.people_of(held.unit_id)}
    people |= {each.person_id: each.person for each in queries.attendances_of(held)}
    in_order = sorted(people.values(), key=lambda person: person.sort_key)
    return AttendanceForm(data, people=in_order, **kwargs)


@require_POST
def correct(request: PersonRequest, gathering_id: UUID) -> HttpResponse:
    """Whoever held it, or a leader, corrects who was there."""
    held = get_object_or_404(queries.gathering_in_full(gathering_id))
    services.refuse_who_may_not_tell(request.person, held)
    form = _attendance_form(held, request.POST)
    if not form.is_valid():
        return _show(request, held, form=form)
    services.correct(by=request.person, gathering=held, person_ids=form.cleaned_data["people"])
    messages.success(request, _("Det er rettet hvem som var der."))
    return redirect(held)
