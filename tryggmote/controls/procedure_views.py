"""The pages on which procedures are found and read (2.3, AML § 3-2). The database decides which."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tryggmote.access.errors import NotAllowed
from tryggmote.access.requests import PersonRequest
from tryggmote.controls import procedure_queries as queries
from tryggmote.controls import procedures
from tryggmote.controls.filters import ProcedureFilter
from tryggmote.controls.models import Procedure, ProcedurePicture, ProcedureVersion
from tryggmote.controls.procedure_forms import EndingForm, FrameForm
from tryggmote.controls.writing_views import may_write_on
from tryggmote.information.services import mark_read_about
from tryggmote.notices.services import mark_seen_about
from tryggmote.organisation.standing import standing_in
from tryggmote.ui.templatetags.ui import day, when

READERS_PER_PAGE = 50


@require_GET
def procedure_list(request: PersonRequest) -> HttpResponse:
    """The procedures that hold where one works, with filters."""
    person = request.person
    narrowing = ProcedureFilter(request.GET)
    chosen = narrowing.chosen([person.unit.id] if person.unit else [])
    found = queries.with_unread_by(queries.procedures(**chosen), person).prefetch_related("unit")
    page = Paginator(found, queries.PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "controls/procedures.html",
        {
            "filter": narrowing,
            "is_narrowed": any(value for name, value in chosen.items() if name != "here"),
            "page_obj": page,
            "today": timezone.localdate(),
            "may_write": bool(person.units) or queries.units_to_write_for(person).exists(),
        },
    )


@require_GET
def procedure(request: PersonRequest, procedure_id: UUID) -> HttpResponse:
    """The text that holds: what comes from above, then the unit's own."""
    return _show(request, _find(request, procedure_id))


def _show(
    request: PersonRequest,
    found: Procedure,
    *,
    frame_form: FrameForm | None = None,
    ending_form: EndingForm | None = None,
) -> HttpResponse:
    person = request.person
    mark_read_about(by=person, subject_id=found.id)
    mark_seen_about(subject_id=found.id)
    leads = standing_in(found.unit_id).leads
    draft = queries.draft_of(found)
    counted = _counted_unit(request, found, leads)
    context: dict[str, Any] = {
        "procedure": found,
        "parts": queries.parts_in_force(found),
        "facts": _facts(found),
        "is_late": found.is_due_for_review(timezone.localdate()),
        "draft": draft,
        "may_write": may_write_on(request.person, found, draft, leads=leads),
        "counted_unit": counted,
        "read_count": queries.read_count(found, counted) if counted else None,
        "leads": leads,
    }
    if leads and found.ended_at is None:
        context["frame_form"] = frame_form or FrameForm(procedure=found)
        context["ending_form"] = ending_form or EndingForm()
    status = 422 if frame_form or ending_form else 200
    return render(request, "controls/procedure.html", context, status=status)


def _counted_unit(request: PersonRequest, found: Procedure, leads: bool) -> int | None:
    """Where this person may see who has read: the procedure's unit when they lead it, else their own."""
    if not found.is_in_force or found.must_read_number is None:
        return None
    if leads:
        return found.unit_id
    own = request.person.unit
    return own.id if own and standing_in(own.id).leads and queries.holds_in(found, own.id) else None


@require_GET
def versions(request: PersonRequest, procedure_id: UUID) -> HttpResponse:
    """All versions, and what differs between two of them."""
    found = _find(request, procedure_id)
    every = queries.versions_of(found)
    older, newer = _two_of(every, request.GET.get("fra", ""), request.GET.get("til", ""))
    context = {
        "procedure": found,
        "versions": every,
        "older": older,
        "newer": newer,
    }
    return render(request, "controls/procedure_versions.html", context)


def _two_of(
    every: list[ProcedureVersion], older: str, newer: str
) -> tuple[ProcedureVersion | None, ProcedureVersion | None]:
    """The two asked for, the lower number first; else the two latest, as far as there are any."""
    asked = [version for version in every if str(version.number) in (older, newer)]
    latest, before = [*(asked if len(asked) == 2 else every[:2]), None, None][:2]
    return before, latest


@require_POST
def confirm(request: PersonRequest, procedure_id: UUID) -> HttpResponse:
    """Read and understood."""
    found = _find(request, procedure_id)
    procedures.confirm_reading(by=request.person, procedure=found)
    messages.success(request, _("Takk. Det er notert at du har lest og forstått."))
    return redirect(found)


@require_GET
def readers(request: PersonRequest, procedure_id: UUID) -> HttpResponse:
    """Who has not read, for leaders."""
    found = _find(request, procedure_id)
    unit_id = _counted_unit(request, found, standing_in(found.unit_id).leads)
    if unit_id is None:
        raise NotAllowed(_("Bare ledere ser hvem som har lest."))
    page = Paginator(queries.not_read_by(found, unit_id), READERS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"procedure": found, "page_obj": page, "read_count": queries.read_count(found, unit_id)}
    return render(request, "controls/procedure_readers.html", context)


@require_POST
def frame(request: PersonRequest, procedure_id: UUID) -> HttpResponse:
    """A leader changes the name, or what it adds to."""
    found = _find(request, procedure_id)
    form = FrameForm(request.POST, procedure=found)
    if not form.is_valid():
        return _show(request, found, frame_form=form)
    procedures.change_frame(by=request.person, procedure=found, frame=form.frame())
    messages.success(request, _("Lagret."))
    return redirect(found)


@require_POST
def end(request: PersonRequest, procedure_id: UUID) -> HttpResponse:
    """A leader says that it no longer holds."""
    found = _find(request, procedure_id)
    form = EndingForm(request.POST)
    if not form.is_valid():
        return _show(request, found, ending_form=form)
    answers = form.cleaned_data
    procedures.end_procedure(
        by=request.person, procedure=found, ending_id=answers["id"], reason=answers["reason"]
    )
    messages.success(request, _("Rutinen er avsluttet."))
    return redirect(found)


@require_GET
def picture(request: PersonRequest, picture_id: UUID) -> HttpResponse:
    """A picture in a procedure, for those who can read the procedure. It never changes."""
    found = get_object_or_404(ProcedurePicture, id=picture_id)
    return HttpResponse(
        bytes(found.content),
        content_type=found.kind,
        headers={
            "Cache-Control": "private, max-age=31536000, immutable",
            "X-Content-Type-Options": "nosniff",
            "Content-Disposition": "inline",
        },
    )


def _find(request: PersonRequest, procedure_id: UUID) -> Procedure:
    return get_object_or_404(queries.procedure_in_full(procedure_id, request.person))


def _facts(found: Procedure) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = [
        (_("Enhet"), found.unit.name),
        (_("Møteformer"), ", ".join(found.form_words) or _("Alle")),
    ]
    in_force = queries.version_in_force(found)
    if in_force and found.in_force_at:
        facts += [
            (_("Versjon"), in_force.number),
            (_("Godkjent"), when(found.in_force_at)),
            (_("Godkjent av"), in_force.approval.by.name),
            (_("Neste gjennomgang"), day(found.review_on)),
        ]
    return facts
