"""The pages on which lessons are found, read, written and shared (2.4). The database decides which."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.errors import NotAllowed
from tryggmote.access.requests import PersonRequest
from tryggmote.incidents.models import Incident
from tryggmote.information.services import mark_read_about
from tryggmote.learning import lessons, queries
from tryggmote.learning.forms import (
    AnswerForm,
    LessonFilter,
    LessonForm,
    ShareForm,
    SourceForm,
    WithdrawalForm,
    incident_choice,
    what_stands,
)
from tryggmote.learning.lessons import ChangedMeanwhile, Shared
from tryggmote.learning.models import Lesson, LessonAsking, LessonVersion
from tryggmote.learning.rules import may_share, may_write
from tryggmote.learning.vocabulary import Scope, Status
from tryggmote.notices.services import mark_seen_about_any
from tryggmote.organisation.standing import Standing, standing_in
from tryggmote.ui.templatetags.ui import day


@require_GET
def lesson_list(request: PersonRequest) -> HttpResponse:
    """Lessons to search and read, and what waits for the one who looks."""
    person = request.person
    narrowing = LessonFilter(request.GET)
    chosen = narrowing.chosen(person.unit.id if person.unit else None)
    found = queries.shared_lessons(**chosen)
    writes = person.is_leader or bool(person.areas)
    return render(
        request,
        "learning/list.html",
        {
            "filter": narrowing,
            "is_narrowed": any(chosen.values()),
            "page_obj": Paginator(found, queries.PAGE_SIZE).get_page(request.GET.get("page")),
            "writes": writes,
            "drafts": queries.drafts(person) if writes else [],
            "asked": queries.asked_of(person),
        },
    )


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Write a lesson, perhaps from the incident in the address."""
    units = queries.units_to_write_for()
    source = _source(request)
    if request.method == "GET" and not units.exists():
        raise NotAllowed(
            _("Bare ledere og verneombud i enheten kan skrive og dele lærdommer."),
            who_can_help=_("Fortell lederen eller verneombudet hva du har lært."),
        )
    beginning = {"forms_of_meeting": [source.form], "unit": source.workforce.unit_id} if source else {}
    form = LessonForm(request.POST or None, units=units, initial=beginning)
    if request.method == "POST" and form.is_valid():
        lesson = lessons.begin_lesson(
            by=request.person, unit_id=form.cleaned_data["unit"].id, written=form.written(), source=source
        )
        return redirect("learning:share", lesson.id)
    status = 422 if request.method == "POST" else 200
    return render(request, "learning/write.html", {"form": form, "source": source}, status=status)


def _source(request: PersonRequest) -> Incident | None:
    """The incident that the address names; one that is not there, or that one may not see, is none."""
    try:
        named = UUID(request.GET.get("hendelse", ""))
    except ValueError:
        return None
    return Incident.objects.filter(id=named).select_related("workforce").first()


@require_GET
def lesson(request: PersonRequest, lesson_id: UUID) -> HttpResponse:
    """One lesson, as this person finds it."""
    return _show(request, _find(lesson_id))


def _show(
    request: PersonRequest,
    found: Lesson,
    *,
    answer_form: AnswerForm | None = None,
    withdrawal_form: WithdrawalForm | None = None,
    source_form: SourceForm | None = None,
) -> HttpResponse:
    reading = queries.reading_of(found, request.person)
    if reading is None:
        raise Http404
    mark_read_about(by=request.person, subject_id=found.id)
    mark_seen_about_any(subject_ids=[found.id, reading.shown.id, *(asking.id for asking in reading.askings)])
    standing = standing_in(found.unit_id)
    writes = may_write(leads=standing.leads, represents=standing.represents)
    context: dict[str, Any] = {
        "lesson": found,
        "reading": reading,
        "version": reading.shown,
        "status": _status(reading),
        "facts": _facts(found, reading.shown),
        "writes": writes and found.withdrawn_at is None,
        "is_shown_draft": reading.shown.shared_at is None,
    }
    if reading.asking and found.withdrawn_at is None:
        context["answer_form"] = answer_form or AnswerForm(initial={"answer": reading.asking.answer})
    if context["writes"]:
        context["withdrawal_form"] = withdrawal_form or WithdrawalForm()
        context["source_form"] = source_form or _source_form(found)
    status = 422 if answer_form or withdrawal_form or source_form else 200
    return render(request, "learning/lesson.html", context, status=status)


def _source_form(found: Lesson, data: Any = None) -> SourceForm:
    incidents = queries.possible_sources(found)[: queries.MOST_SOURCES]
    return SourceForm(data, incidents=[incident_choice(incident) for incident in incidents])


@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, lesson_id: UUID) -> HttpResponse:
    """Write on the draft, or begin a new version of what is shared."""
    found = _find(lesson_id)
    _must_write(standing_in(found.unit_id))
    reading = queries.reading_of(found, request.person)
    if reading is None:
        raise Http404
    current = reading.draft or reading.shown
    form = LessonForm(request.POST or None, initial=what_stands(current))
    others = None
    if request.method == "POST" and form.is_valid():
        try:
            lessons.save_draft(by=request.person, lesson=found, written=form.written())
        except ChangedMeanwhile as meanwhile:
            others = meanwhile.now
            form.show_conflict(others)
        else:
            return redirect("learning:share", found.id)
    status = 409 if others else 422 if request.method == "POST" else 200
    context = {"form": form, "lesson": found, "draft": reading.draft, "others": others}
    return render(request, "learning/write.html", context, status=status)


@require_http_methods(["GET", "POST"])
def share(request: PersonRequest, lesson_id: UUID) -> HttpResponse:
    """Read the draft once more, look for what gives somebody away, and share it or ask first."""
    draft = get_object_or_404(queries.version_of(lesson_id))
    standing = standing_in(draft.lesson.unit_id)
    _must_write(standing)
    form = ShareForm(request.POST or None, initial={"revision": draft.revision})
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        became = lessons.share(
            by=request.person, version=draft, revision=answers["revision"], sharing_id=answers["id"]
        )
        messages.success(request, _WORDS[became]())
        return redirect(draft.lesson)
    reading = queries.reading_of(draft.lesson, request.person)
    context = {
        "lesson": draft.lesson,
        "version": draft,
        "form": form,
        "facts": _facts(draft.lesson, draft),
        "names": queries.names_to_look_for(draft.lesson.unit_id, draft),
        "shares": may_share(draft.scope, leads=standing.leads, represents=standing.represents),
        "is_wide": draft.scope != Scope.UNIT,
        "askings": reading.askings if reading else [],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "learning/share.html", context, status=status)


_WORDS = {
    Shared.SHARED: lambda: _("Lærdommen er delt."),
    Shared.ASKED: lambda: _("Den det gjelder, er spurt. Del den når svaret er kommet, eller fristen er ute."),
    Shared.WAITS_FOR_ANSWER: lambda: _("Den kan ikke deles ennå: Den det gjelder, har ikke sagt ja."),
    Shared.WAITS_FOR_LEADER: lambda: _("Lederen har fått beskjed om at lærdommen venter på godkjenning."),
}


@require_POST
def answer(request: PersonRequest, lesson_id: UUID) -> HttpResponse:
    """The exposed says yes or no."""
    found = _find(lesson_id)
    asking = (
        LessonAsking.objects.filter(version__lesson=found, person_id=request.person.id)
        .select_related("version__lesson__unit")
        .order_by("-at")
        .first()
    )
    if asking is None:
        raise NotAllowed(_("Bare den som er spurt, kan svare."))
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, found, answer_form=form)
    lessons.answer(by=request.person, asking=asking, answer=form.cleaned_data["answer"])
    messages.success(request, _("Takk for svaret. Du kan ombestemme deg når du vil."))
    return redirect(found)


@require_POST
def add_source(request: PersonRequest, lesson_id: UUID) -> HttpResponse:
    """Name an incident that the lesson comes from."""
    found = _find(lesson_id)
    _must_write(standing_in(found.unit_id))
    form = _source_form(found, request.POST)
    if not form.is_valid():
        return _show(request, found, source_form=form)
    incident = get_object_or_404(Incident, id=form.cleaned_data["incident"])
    lessons.add_source(by=request.person, lesson=found, incident=incident)
    messages.success(request, _("Hendelsen er lagt til. Bare de som ser den fra før, ser lenken."))
    return redirect(found)


@require_POST
def withdraw(request: PersonRequest, lesson_id: UUID) -> HttpResponse:
    """Take a lesson back."""
    found = _find(lesson_id)
    form = WithdrawalForm(request.POST)
    if not form.is_valid():
        return _show(request, found, withdrawal_form=form)
    lessons.withdraw(
        by=request.person, lesson=found, withdrawal_id=form.cleaned_data["id"],
        reason=form.cleaned_data["reason"],
    )  # fmt: skip
    messages.success(request, _("Lærdommen er trukket tilbake. Bare dere som skriver i enheten, ser den nå."))
    return redirect("learning:list")


def _find(lesson_id: UUID) -> Lesson:
    return get_object_or_404(Lesson.objects.select_related("unit", "withdrawal__by"), id=lesson_id)


def _must_write(standing: Standing) -> None:
    if not may_write(leads=standing.leads, represents=standing.represents):
        raise NotAllowed(
            _("Bare ledere og verneombud i enheten kan skrive og dele lærdommer."),
            who_can_help=_("Fortell lederen eller verneombudet hva du har lært."),
        )


def _status(reading: queries.Reading) -> Status:
    if reading.lesson.withdrawn_at:
        return Status.WITHDRAWN
    if reading.lesson.is_shared:
        return Status.SHARED
    return Status.ASKED if reading.askings else Status.DRAFT


def _facts(found: Lesson, version: LessonVersion) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = [
        (_("Fra"), found.unit.name),
        (_("Møteformer"), ", ".join(version.form_words) or _("Alle")),
    ]
    if version.circumstances:
        facts.append((_("Hadde betydning"), ", ".join(queries.circumstance_words(version.circumstances))))
    facts.append((_("Leses av"), Scope(version.scope).label))
    if found.shared_at and version.shared_at:
        facts.append((_("Delt"), day(found.shared_at)))
    return facts
