"""The pages on which residual risk is written, heard on and approved (3.0, AML § 6-2)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.requests import PersonRequest
from tryggmote.notices.services import mark_seen_about
from tryggmote.organisation.standing import standing_in
from tryggmote.residual import queries, rules, services
from tryggmote.residual.forms import ApproveForm, RecordForm
from tryggmote.residual.models import Version
from tryggmote.residual.pages import draft_or_404, record_or_404, write_form, write_page
from tryggmote.risk.people_forms import NobodyElectedForm, NotHeardForm, OpinionForm
from tryggmote.risk.vocabulary import Answer, NotHeard

NOT_HEARD = "not_heard_{}_%s"


@require_http_methods(["GET", "POST"])
def write(request: PersonRequest, record_id: UUID) -> HttpResponse:
    """A leader writes on the draft, or begins another version of what is approved: a review."""
    record = record_or_404(record_id)
    services.refuse_unless_leader(record.unit_id)
    draft, standing = queries.draft_of(record), queries.version_in_force(record)
    form = write_form(
        request,
        unit_id=record.unit_id,
        form=record.form,
        about=record,
        is_review=standing is not None,
        initial=RecordForm.beginning(draft, standing),
    )
    others = None
    if request.method == "POST" and form.is_valid():
        try:
            services.save_draft(by=request.person, record=record, written=form.written())
        except services.ChangedMeanwhile as meanwhile:
            others = meanwhile.now
            form.show_conflict(others)
        else:
            messages.success(request, _("Utkastet er lagret."))
            return redirect(record.draft_url)
    return write_page(request, form, unit=record.unit, about=record, draft_key=str(record.id), others=others)


@require_GET
def draft(request: PersonRequest, record_id: UUID) -> HttpResponse:
    """The draft as it will be read, what the safety representatives say, and approval."""
    return _show(request, draft_or_404(record_id))


def _show(request: PersonRequest, found: Version, *, status: int = 200, **bound: Any) -> HttpResponse:
    standing = standing_in(found.record.unit_id)
    mark_seen_about(subject_id=found.record_id)
    said = queries.heard_on(found)
    leads = rules.may_write(standing)
    context: dict[str, Any] = {
        "record": found.record,
        "version": found,
        "measures": queries.making_up(found),
        "said": said,
        "leads": leads,
    }
    if standing.represents:
        context["opinion_form"] = OpinionForm(initial={"edition": found.revision}, auto_id="opinion_%s")
    if leads:
        context |= {
            "obstacles": rules.obstacles(queries.draft_to_approve(found)),
            "approve_form": ApproveForm(draft=found),
            "unheard": [(each, _not_heard_form(each.person_id)) for each in said if each.hearing is None],
            "nobody_form": None if said else NobodyElectedForm(auto_id="nobody_%s"),
        }
    return render(request, "residual/draft.html", context | bound, status=status)


def _not_heard_form(person_id: int | None) -> NotHeardForm:
    return NotHeardForm(initial={"person": person_id}, auto_id=NOT_HEARD.format(person_id))


@require_POST
def opinion(request: PersonRequest, record_id: UUID) -> HttpResponse:
    """A safety representative says what they think."""
    found = draft_or_404(record_id)
    form = OpinionForm(request.POST, auto_id="opinion_%s")
    if not form.is_valid():
        return _show(request, found, status=422, opinion_form=form)
    services.give_opinion(
        by=request.person,
        version=found,
        opinion_id=form.cleaned_data["id"],
        answer=Answer(form.cleaned_data["answer"]),
        words=form.cleaned_data["words"],
        revision=form.cleaned_data["edition"] or found.revision,
    )
    messages.success(request, _("Takk. Lederen har fått svaret ditt."))
    return redirect(found.record.draft_url)


@require_POST
def not_heard(request: PersonRequest, record_id: UUID) -> HttpResponse:
    """A leader records why a safety representative was not heard."""
    found = draft_or_404(record_id)
    services.refuse_unless_leader(found.record.unit_id)
    form = NotHeardForm(request.POST, auto_id=NOT_HEARD.format(request.POST.get("person", "")))
    if not form.is_valid() or form.cleaned_data["person"] is None:
        return _show(request, found, status=422, not_heard_form=form)
    services.record_not_heard(
        by=request.person,
        version=found,
        record_id=form.cleaned_data["id"],
        person_id=form.cleaned_data["person"],
        why=NotHeard(form.cleaned_data["why"]),
        reason=form.cleaned_data["reason"],
    )
    return redirect(found.record.draft_url)


@require_POST
def nobody(request: PersonRequest, record_id: UUID) -> HttpResponse:
    """A leader records that the unit has no safety representative."""
    found = draft_or_404(record_id)
    services.refuse_unless_leader(found.record.unit_id)
    form = NobodyElectedForm(request.POST, auto_id="nobody_%s")
    if not form.is_valid():
        return _show(request, found, status=422, nobody_form=form)
    services.record_not_heard(
        by=request.person,
        version=found,
        record_id=form.cleaned_data["id"],
        person_id=None,
        why=NotHeard.NOBODY,
        reason=form.cleaned_data["reason"],
    )
    return redirect(found.record.draft_url)


@require_POST
def approve(request: PersonRequest, record_id: UUID) -> HttpResponse:
    """A leader puts the draft in force; those it concerns are told."""
    found = draft_or_404(record_id)
    services.refuse_unless_leader(found.record.unit_id)
    form = ApproveForm(request.POST, draft=found)
    if not form.is_valid():
        return _show(request, found, status=422, approve_form=form)
    try:
        services.approve(
            by=request.person,
            version=found,
            approval_id=form.cleaned_data["id"],
            revision=form.cleaned_data["revision"],
            review_on=form.cleaned_data["review_on"],
        )
    except services.NotReady:
        return _show(request, found, status=409)
    messages.success(request, _("Godkjent. De det gjelder, har fått beskjed og skal bekrefte."))
    return redirect(found.record)
