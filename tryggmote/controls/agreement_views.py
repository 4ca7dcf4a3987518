"""The page of the co-ordination agreement between the employers in an office (AML § 2-2)."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.errors import NotAllowed
from tryggmote.access.ids import new_id
from tryggmote.access.requests import PersonRequest
from tryggmote.controls import agreement_queries as queries
from tryggmote.controls import agreements
from tryggmote.controls.agreement_forms import AgreementForm
from tryggmote.controls.models import Agreement, AgreementSigning
from tryggmote.controls.queries import belongs_to
from tryggmote.controls.rules import agreement_runs_out_on
from tryggmote.notices.services import mark_seen_about
from tryggmote.organisation.models import Unit
from tryggmote.organisation.standing import Standing, standing_in
from tryggmote.ui.forms import SentOnce


@dataclass(frozen=True)
class Party:
    """An employer, who has signed for it, and whether the one who looks may."""

    employer: Unit
    signing: AgreementSigning | None
    may_sign: bool


@require_GET
def own_office(request: PersonRequest) -> HttpResponse:
    """The agreement of the office one works in."""
    unit = request.person.unit
    office = queries.office_of(unit.id) if unit else None
    if office is None:
        return render(request, "controls/agreement_none.html")
    return _show(request, office, standing_in(office.id))


@require_GET
def agreement(request: PersonRequest, unit_id: int) -> HttpResponse:
    """The agreement of the office that a unit belongs to."""
    unit, standing = _find(unit_id)
    return _show(request, unit, standing)


def _show(request: PersonRequest, unit: Unit, standing: Standing) -> HttpResponse:
    every = queries.agreements_of(unit.id)
    today = timezone.localdate()
    current = queries.in_force_of(every, today)
    waiting = next((one for one in every if one.signed_at is None), None)
    employers = {employer.id: employer for employer in queries.employers_in(unit.id)}
    for one in (current, waiting):
        if one:
            mark_seen_about(subject_id=one.id)
    context = {
        "unit": unit,
        "leads": standing.leads,
        "employers": employers.values(),
        "current": current,
        "runs_out_on": agreement_runs_out_on(current) if current else None,
        "has_run_out": bool(current and (agreement_runs_out_on(current) or today) < today),
        "co_ordinator_left": bool(current and not belongs_to(current.co_ordinator_id, unit.id)),
        "waiting": waiting,
        "parties": _parties(waiting, employers) if waiting else [],
        "earlier": [one for one in every if one not in (current, waiting)],
        "review_form": SentOnce(),
    }
    return render(request, "controls/agreement.html", context)


def _parties(waiting: Agreement, employers: dict[int, Unit]) -> list[Party]:
    mine = queries.may_sign_for(waiting)
    signed = {signing.employer_id: signing for signing in waiting.signings.all()}
    return [
        Party(employers[employer], signed.get(employer), employer in mine)
        for employer in waiting.employer_ids
        if employer in employers
    ]


@require_http_methods(["GET", "POST"])
def propose(request: PersonRequest, unit_id: int) -> HttpResponse:
    """Write a new agreement."""
    unit, standing = _find(unit_id)
    if not standing.leads:
        raise NotAllowed(_("Bare en leder for enheten kan lage en avtale."))
    form = AgreementForm(
        request.POST or None,
        unit=unit,
        employers=queries.employers_in(unit.id),
        initial={"from_on": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        made = agreements.propose_agreement(by=request.person, draft=form.draft())
        messages.success(request, _("Avtalen er laget. Den gjelder når alle arbeidsgiverne har signert."))
        return redirect(made)
    context = {"form": form, "unit": unit}
    return render(request, "controls/agreement_new.html", context, status=422 if form.is_bound else 200)


@require_POST
def sign(request: PersonRequest, agreement_id: UUID, employer_id: int) -> HttpResponse:
    """Sign for one employer."""
    found = get_object_or_404(Agreement, id=agreement_id)
    agreements.sign(by=request.person, agreement=found, employer_id=employer_id)
    messages.success(request, _("Avtalen er signert."))
    return redirect(found)


@require_POST
def review(request: PersonRequest, agreement_id: UUID) -> HttpResponse:
    """Gone through, and still right."""
    found = get_object_or_404(Agreement, id=agreement_id)
    form = SentOnce(request.POST)
    review_id = form.cleaned_data["id"] if form.is_valid() else new_id()
    agreements.review_agreement(by=request.person, agreement=found, review_id=review_id)
    messages.success(request, _("Det er notert at avtalen er gjennomgått."))
    return redirect(found)


def _find(unit_id: int) -> tuple[Unit, Standing]:
    """The office that the unit belongs to, when it is in sight."""
    office = queries.office_of(unit_id)
    standing = standing_in(office.id) if office else None
    if office is None or standing is None or not standing.sees:
        raise Http404
    return office, standing
