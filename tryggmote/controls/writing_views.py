"""The pages on which procedures are written, asked about and approved (2.3)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotAllowed
from tryggmote.access.requests import PersonRequest
from tryggmote.controls import procedure_queries as queries
from tryggmote.controls import procedures
from tryggmote.controls.models import Procedure, ProcedureVersion
from tryggmote.controls.procedure_forms import ApprovalForm, NewProcedureForm, TextForm
from tryggmote.controls.procedure_rules import may_suggest, may_write
from tryggmote.controls.vocabulary import ProcedureKind
from tryggmote.notices.services import mark_seen_about
from tryggmote.organisation.models import Unit
from tryggmote.organisation.standing import standing_in


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Write a new procedure."""
    person = request.person
    units = queries.units_to_write_for(person)
    if not units:
        raise NotAllowed(_("Bare de som jobber i en enhet, kan skrive rutiner for den."))
    form = NewProcedureForm(
        request.POST or None,
        request.FILES or None,
        units=units,
        initial=_suggested(request, units),
    )
    if request.method == "POST" and form.is_valid():
        begun = procedures.begin_procedure(
            by=person, unit_id=form.cleaned_data["unit"].id, frame=form.frame(), written=form.written()
        )
        messages.success(request, _("Utkastet er lagret. Les det før du går videre."))
        return redirect("controls:draft", begun.id)
    return render(
        request, "controls/procedure_new.html", {"form": form}, status=422 if form.is_bound else 200
    )


def _suggested(request: PersonRequest, units: QuerySet[Unit]) -> dict[str, Any]:
    """What a new procedure begins with: as the page one came from says, else one's own unit."""
    own = request.person.unit and request.person.unit.id
    wanted = request.GET.get("enhet", "")
    return {
        "unit": int(wanted) if wanted in {str(unit.id) for unit in units} else own,
        "kind": request.GET.get("kind") or ProcedureKind.PROCEDURE,
        "meeting_forms": request.GET.get("former", "").split(","),
    }


@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, procedure_id: UUID) -> HttpResponse:
    """Write on the draft, or begin one from the text that holds."""
    found = _find(request, procedure_id)
    draft = queries.draft_of(found)
    if not may_write_on(request.person, found, draft, leads=standing_in(found.unit_id).leads):
        raise NotAllowed(_("Bare de som jobber i enheten, kan skrive rutiner for den."))
    form = TextForm(request.POST or None, request.FILES or None, initial=_beginning(found, draft))
    others = None
    if request.method == "POST" and form.is_valid():
        try:
            procedures.save_draft(by=request.person, procedure=found, written=form.written())
        except procedures.ChangedMeanwhile as meanwhile:
            others = meanwhile.now
            form.show_conflict(others)
        else:
            messages.success(request, _("Utkastet er lagret."))
            return redirect("controls:draft", found.id)
    context = {"procedure": found, "form": form, "draft": draft, "others": others}
    status = 409 if others else 422 if form.is_bound else 200
    return render(request, "controls/procedure_edit.html", context, status=status)


def _beginning(found: Procedure, draft: ProcedureVersion | None) -> dict[str, Any]:
    if draft:
        return {
            "text": draft.text,
            "change_note": draft.change_note,
            "must_be_read": draft.must_be_read,
            "revision": draft.revision,
        }
    in_force = queries.version_in_force(found)
    return {"text": in_force.text if in_force else "", "revision": 0}


@require_GET
def draft(request: PersonRequest, procedure_id: UUID) -> HttpResponse:
    """The draft as it will be read, and what it changes."""
    return _show_draft(request, _find_draft(procedure_id))


def _show_draft(
    request: PersonRequest, found: ProcedureVersion, *, approval_form: ApprovalForm | None = None
) -> HttpResponse:
    mark_seen_about(subject_id=found.procedure_id)
    context = {
        "procedure": found.procedure,
        "draft": found,
        "html": queries.draft_as_html(found),
        "in_force": queries.version_in_force(found.procedure),
        "leads": standing_in(found.procedure.unit_id).leads,
        "form": approval_form or ApprovalForm(draft=found),
    }
    return render(request, "controls/procedure_draft.html", context, status=422 if approval_form else 200)


@require_POST
def approve(request: PersonRequest, procedure_id: UUID) -> HttpResponse:
    """A leader puts the draft in force."""
    found = queries.draft_of(_find(request, procedure_id))
    if found is None:
        messages.info(request, _("Utkastet er allerede godkjent."))
        return redirect("controls:procedure", procedure_id)
    form = ApprovalForm(request.POST, draft=found)
    if not form.is_valid():
        return _show_draft(request, found, approval_form=form)
    procedures.approve(by=request.person, draft=found, **form.answers())
    messages.success(request, _("Rutinen er godkjent og gjelder fra nå. Enheten får vite det."))
    return redirect(found.procedure)


@require_POST
def ask(request: PersonRequest, procedure_id: UUID) -> HttpResponse:
    """The author is done and asks leaders to approve."""
    procedures.ask_for_approval(by=request.person, draft=_find_draft(procedure_id))
    messages.success(request, _("Lederen har fått beskjed om at utkastet er klart."))
    return redirect("controls:draft", procedure_id)


def may_write_on(
    person: SignedInPerson, found: Procedure, draft: ProcedureVersion | None, *, leads: bool
) -> bool:
    """Whether this person may write on the draft, or begin one when there is none."""
    if found.ended_at is not None:
        return False
    belongs = found.unit_id in {unit.id for unit in person.units}
    if draft:
        return may_write(draft, person_id=person.id, leads=leads, belongs=belongs)
    return may_suggest(leads=leads, belongs=belongs)


def _find(request: PersonRequest, procedure_id: UUID) -> Procedure:
    return get_object_or_404(queries.procedure_in_full(procedure_id, request.person))


def _find_draft(procedure_id: UUID) -> ProcedureVersion:
    return get_object_or_404(
        ProcedureVersion.objects.select_related("procedure__unit", "by"),
        procedure_id=procedure_id,
        approved_at=None,
    )
