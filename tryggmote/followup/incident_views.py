"""Follow-up seen from an incident: offer it, add witnesses, ask for it oneself, and the figures (§ 23A-5)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tryggmote.access.errors import NotPossible
from tryggmote.access.requests import PersonRequest
from tryggmote.followup import queries, rules, services
from tryggmote.followup.forms import NobodyForm, WitnessForm
from tryggmote.incidents.consequences import take_step
from tryggmote.incidents.models import Incident
from tryggmote.incidents.queries import incident_in_full
from tryggmote.incidents.rules import may_handle
from tryggmote.incidents.vocabulary import Outcome
from tryggmote.organisation.models import Person


@require_GET
def of_incident(request: PersonRequest, incident_id: UUID) -> HttpResponse:
    """Who is to be followed up after an incident, as far as the one who looks may know."""
    return _show(request, _incident(incident_id))


@require_POST
def offer(request: PersonRequest, incident_id: UUID) -> HttpResponse:
    """The leader offers follow-up to the one whom the report names."""
    incident = _incident(incident_id)
    named = rules.to_be_offered(incident)
    if named is None:
        raise NotPossible(_("Meldingen sier ikke hvem som var utsatt. Legg til dem som var der."))
    services.offer_plan(by=request.person, incident=incident, person_id=named)
    messages.success(request, _("Oppfølging er tilbudt."))
    return redirect("followup:of_incident", incident.id)


@require_POST
def nobody(request: PersonRequest, incident_id: UUID) -> HttpResponse:
    """The leader says why nobody needs follow-up, when the report names nobody."""
    incident = _incident(incident_id)
    if rules.to_be_offered(incident) is not None:
        raise NotPossible(_("Meldingen sier hvem som var utsatt eller så det. De skal få tilbudet."))
    form = NobodyForm(request.POST)
    if not form.is_valid():
        return _show(request, incident, nobody_form=form, status=422)
    reason = form.cleaned_data["reason"]
    take_step(by=request.person, incident=incident, code="followup", outcome=Outcome.DECLINED, note=reason)
    messages.success(request, _("Lagret."))
    return redirect(incident)


@require_POST
def add_witness(request: PersonRequest, incident_id: UUID) -> HttpResponse:
    """The leader or the safety representative adds somebody who was there."""
    incident = _incident(incident_id)
    form = WitnessForm(request.POST, people=queries.witnesses_to_choose(incident))
    if not form.is_valid():
        return _show(request, incident, witness_form=form, status=422)
    person = form.cleaned_data["person"]
    services.offer_plan(by=request.person, incident=incident, person_id=person.id)
    messages.success(request, _("%(name)s har fått tilbud om oppfølging.") % {"name": person.name})
    return redirect("followup:of_incident", incident.id)


@require_POST
def ask(request: PersonRequest, incident_id: UUID) -> HttpResponse:
    """Whoever sees the incident asks for it oneself."""
    incident = _incident(incident_id)
    services.offer_plan(by=request.person, incident=incident, person_id=request.person.id)
    return redirect(queries.own_plan(request.person, incident.id) or "followup:home")


def _incident(incident_id: UUID) -> Incident:
    return get_object_or_404(incident_in_full(incident_id))


def _show(
    request: PersonRequest,
    incident: Incident,
    *,
    witness_form: WitnessForm | None = None,
    nobody_form: NobodyForm | None = None,
    status: int = 200,
) -> HttpResponse:
    person = request.person
    named_id = rules.to_be_offered(incident)
    may_offer, may_add = rules.may_offer(person, incident), rules.may_add_witness(person, incident)
    people = queries.witnesses_to_choose(incident) if may_add else Person.objects.none()
    needs_reason = named_id is None and may_handle(person, incident)
    context = {
        "incident": incident,
        "figures": queries.figures_of(incident.id),
        "named": incident.exposed or (incident.reporter if named_id else None),
        "may_offer": may_offer and named_id not in (None, person.id),
        "own_plan": queries.own_plan(person, incident.id),
        "witness_form": (witness_form or WitnessForm(people=people)) if may_add else None,
        "nobody_form": (nobody_form or NobodyForm()) if needs_reason else None,
    }
    return render(request, "followup/of_incident.html", context, status=status)
