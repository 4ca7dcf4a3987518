"""Who takes part, what they say, and approval (1.1, 2.1; AML § 6-2)."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.requests import PersonRequest
from tryggmote.organisation.standing import leaders_of, standing_in
from tryggmote.risk import approving, consulting, queries, rules
from tryggmote.risk.content import consultation_of, content_of, factor_titles
from tryggmote.risk.models import Approval, Participant, Version
from tryggmote.risk.pages import draft_or_404
from tryggmote.risk.people_forms import (
    ApproveForm,
    ConsultForm,
    InviteForm,
    NobodyElectedForm,
    NotHeardForm,
    OpinionForm,
)
from tryggmote.risk.versions import refuse_unless_leader
from tryggmote.risk.vocabulary import Answer, Capacity, NotHeard
from tryggmote.ui.dates import oslo_today

# Several forms on one page: the ids of their fields must differ.
INVITE, CONSULT, OPINION, NOBODY = "invite_%s", "consult_%s", "opinion_%s", "nobody_%s"
NOT_HEARD = "not_heard_{}_%s"


@require_GET
def people(request: PersonRequest, assessment_id: UUID) -> HttpResponse:
    """Everybody who takes part and what they have said."""
    return _page(request, draft_or_404(assessment_id))


def _page(request: PersonRequest, draft: Version, *, status: int = 200, **bound: forms.Form) -> HttpResponse:
    """`bound`: forms that were refused, by their name on the page."""
    unit_id = draft.assessment.unit_id
    standing = standing_in(unit_id)
    consultation = consultation_of(draft)
    own = next((said for said in consultation.said if said.participant.person_id == request.person.id), None)
    context: dict[str, Any] = {
        "assessment": draft.assessment,
        "version": draft,
        "consultation": consultation,
        "own": own,
        "leads": standing.leads,
        "may_join": standing.represents and own is None,
        "opinion_form": OpinionForm(auto_id=OPINION, initial={"edition": draft.edition}),
        "unheard": [
            {
                "said": said,
                "form": NotHeardForm(
                    initial={"person": said.participant.person_id},
                    auto_id=NOT_HEARD.format(said.participant.person_id),
                ),
            }
            for said in consultation.unheard
        ],
        "nobody_form": NobodyElectedForm(auto_id=NOBODY),
    }
    if standing.leads:
        invited = [said.participant.person_id for said in consultation.said]
        people = queries.people_to_invite(unit_id).exclude(id__in=invited)
        context["invite_form"] = InviteForm(people=people, auto_id=INVITE)
        beginning = {"answer_by": draft.consult_by or rules.consult_default(timezone.now())}
        context["consult_form"] = ConsultForm(initial=beginning, auto_id=CONSULT)
    return render(request, "risk/people.html", context | bound, status=status)


@require_POST
def invite(request: PersonRequest, assessment_id: UUID) -> HttpResponse:
    """A leader invites somebody."""
    draft = draft_or_404(assessment_id)
    refuse_unless_leader(draft.assessment.unit_id)
    form = InviteForm(request.POST, people=queries.people_to_invite(draft.assessment.unit_id), auto_id=INVITE)
    if not form.is_valid():
        return _page(request, draft, status=422, invite_form=form)
    data = form.cleaned_data
    consulting.invite(
        by=request.person,
        version=draft,
        person_id=data["person"].id,
        capacity=Capacity(data["capacity"]),
        writes=data["writes"],
    )
    messages.success(request, _("%(name)s er med.") % {"name": data["person"].name})
    return redirect("risk:people", assessment_id)


@require_POST
def take_out(request: PersonRequest, assessment_id: UUID, participant_id: UUID) -> HttpResponse:
    """A leader takes somebody out who has not said anything."""
    draft = draft_or_404(assessment_id)
    participant = get_object_or_404(Participant, id=participant_id, version=draft)
    participant.version = draft
    consulting.take_out(participant=participant)
    return redirect("risk:people", assessment_id)


@require_POST
def join(request: PersonRequest, assessment_id: UUID) -> HttpResponse:
    """A safety representative takes part without being asked."""
    consulting.join(by=request.person, version=draft_or_404(assessment_id))
    return redirect("risk:people", assessment_id)


@require_POST
def consult(request: PersonRequest, assessment_id: UUID) -> HttpResponse:
    """A leader asks for opinions."""
    draft = draft_or_404(assessment_id)
    form = ConsultForm(request.POST, auto_id=CONSULT)
    if not form.is_valid():
        return _page(request, draft, status=422, consult_form=form)
    consulting.consult(version=draft, answer_by=form.cleaned_data["answer_by"])
    messages.success(request, _("De som ikke har svart, har fått beskjed."))
    return redirect("risk:people", assessment_id)


@require_POST
def opinion(request: PersonRequest, assessment_id: UUID) -> HttpResponse:
    """A participant says what they think."""
    draft = draft_or_404(assessment_id)
    form = OpinionForm(request.POST, auto_id=OPINION)
    if not form.is_valid():
        return _page(request, draft, status=422, opinion_form=form)
    data = form.cleaned_data
    consulting.give_opinion(
        by=request.person,
        version=draft,
        opinion_id=data["id"],
        answer=Answer(data["answer"]),
        words=data["words"],
        edition=data["edition"],
    )
    messages.success(request, _("Takk. Lederen har fått svaret ditt."))
    return redirect("risk:people", assessment_id)


@require_POST
def not_heard(request: PersonRequest, assessment_id: UUID) -> HttpResponse:
    """A leader records why a safety representative was not heard."""
    draft = draft_or_404(assessment_id)
    form = NotHeardForm(request.POST, auto_id=NOT_HEARD.format(request.POST.get("person", "")))
    if not form.is_valid() or form.cleaned_data["person"] is None:
        return _page(request, draft, status=422, not_heard_form=form)
    data = form.cleaned_data
    consulting.record_not_heard(
        by=request.person,
        version=draft,
        record_id=data["id"],
        person_id=data["person"],
        why=NotHeard(data["why"]),
        reason=data["reason"],
    )
    return redirect("risk:people", assessment_id)


@require_POST
def nobody(request: PersonRequest, assessment_id: UUID) -> HttpResponse:
    """A leader records that the unit has no safety representative."""
    draft = draft_or_404(assessment_id)
    form = NobodyElectedForm(request.POST, auto_id=NOBODY)
    if not form.is_valid():
        return _page(request, draft, status=422, nobody_form=form)
    consulting.record_not_heard(
        by=request.person,
        version=draft,
        record_id=form.cleaned_data["id"],
        person_id=None,
        why=NotHeard.NOBODY,
        reason=form.cleaned_data["reason"],
    )
    return redirect("risk:people", assessment_id)


@require_http_methods(["GET", "POST"])
def approve(request: PersonRequest, assessment_id: UUID) -> HttpResponse:
    """What is missing; when nothing is, a leader with employer responsibility approves."""
    draft = draft_or_404(assessment_id)
    refuse_unless_leader(draft.assessment.unit_id)
    beginning = {
        "review_on": draft.review_on or rules.review_default(oslo_today()),
        "edition": draft.edition,
    }
    form = ApproveForm(request.POST) if request.method == "POST" else ApproveForm(initial=beginning)
    if request.method == "GET" or not form.is_valid():
        return _approve_page(request, draft, form)
    try:
        is_in_force = approving.approve(
            by=request.person,
            version=draft,
            review_on=form.cleaned_data["review_on"],
            edition=form.cleaned_data["edition"],
        )
    except approving.NotReady:
        return _approve_page(request, draft, form, status=409)
    if is_in_force:
        messages.success(request, _("Vurderingen er godkjent og gjelder fra nå."))
    else:
        messages.success(request, _("Du har godkjent. Den andre arbeidsgiveren har fått beskjed."))
    return redirect(draft.assessment)


def _approve_page(
    request: PersonRequest, draft: Version, form: ApproveForm, *, status: int | None = None
) -> HttpResponse:
    leaders = leaders_of(draft.assessment.unit_id)
    approvals = list(Approval.objects.filter(version=draft).select_related("by", "employer"))
    consultation = consultation_of(draft)
    context = {
        "assessment": draft.assessment,
        "version": draft,
        "form": form,
        "consultation": consultation,
        "obstacles": rules.obstacles(content_of(draft), draft.scale, factor_titles()),
        "outdated": [said for said in consultation.said if said.is_outdated],
        "leaders": leaders,
        "needs_both": len(rules.seats(leaders)) > 1,
        "approvals": approvals,
        "has_approved": any(approval.by_id == request.person.id for approval in approvals),
        "may_approve": bool(rules.seats_of(request.person.id, leaders)),
    }
    return render(request, "risk/approve.html", context, status=status or (422 if form.is_bound else 200))


@require_POST
def take_back(request: PersonRequest, assessment_id: UUID) -> HttpResponse:
    """Take one's approval back."""
    draft = draft_or_404(assessment_id)
    approving.take_back(by=request.person, version=draft)
    messages.success(request, _("Godkjenningen er trukket tilbake. Utkastet kan endres igjen."))
    return redirect(draft.assessment)
