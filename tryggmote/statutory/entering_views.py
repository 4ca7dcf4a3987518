"""A leader enters an injury in the register, or says that there was none (AML § 5-1)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tryggmote.access.errors import NotAllowed
from tryggmote.access.requests import PersonRequest
from tryggmote.incidents.models import Incident
from tryggmote.incidents.rules import may_handle
from tryggmote.organisation.models import Person
from tryggmote.statutory import queries, registering
from tryggmote.statutory.forms import (
    InjuryForm,
    NoInjuryForm,
)


@require_http_methods(["GET", "POST"])
def enter(request: PersonRequest, incident_id: UUID) -> HttpResponse:
    """The leader enters an injury from an incident, or says that there was none."""
    incident = _incident(request, incident_id)
    form = InjuryForm(
        request.POST or None,
        people=_involved(incident),
        initial=_entered_before(incident, request.GET.get("person", "")),
        auto_id="injury_%s",
    )
    if request.method == "POST" and form.is_valid():
        injury = registering.enter_injury(by=request.person, incident=incident, entry=form.entry())
        messages.success(request, _("Lagret. Den som er skadet, har fått beskjed om at skaden er ført."))
        return redirect(injury)
    return _entering(request, incident, form, NoInjuryForm(auto_id="none_%s"))


@require_POST
def no_injury(request: PersonRequest, incident_id: UUID) -> HttpResponse:
    """Nobody was injured."""
    incident = _incident(request, incident_id)
    form = NoInjuryForm(request.POST, auto_id="none_%s")
    if not form.is_valid():
        return _entering(request, incident, InjuryForm(people=_involved(incident), auto_id="injury_%s"), form)
    registering.declare_no_injury(
        by=request.person,
        incident=incident,
        declaration_id=form.cleaned_data["id"],
        reason=form.cleaned_data["reason"],
    )
    messages.success(request, _("Lagret. Viser det seg en skade senere, kan du føre den da."))
    return redirect(incident)


def _incident(request: PersonRequest, incident_id: UUID) -> Incident:
    """The incident, for a leader who may handle it."""
    found = Incident.objects.select_related("reporter", "exposed", "workforce__unit", "workforce__employer")
    incident = get_object_or_404(found, id=incident_id)
    if not may_handle(request.person, incident):
        raise NotAllowed(
            _("Bare en leder som ikke selv er en del av hendelsen, kan føre skader."),
            who_can_help=_("Nærmeste leder for den det gjelder, eller neste leder."),
        )
    return incident


def _entered_before(incident: Incident, injured_id: str) -> dict[str, Any]:
    """What is said already of the one whose line is put right."""
    lines = (line for line in queries.injuries_of(incident.id) if str(line.injured_id) == injured_id)
    line = next(lines, None)
    return {"injured": line.injured_id, "kinds": line.kinds, "absence": line.absence} if line else {}


def _involved(incident: Incident) -> list[Person]:
    people = [incident.exposed, incident.reporter] if incident.exposed else [incident.reporter]
    return list({person.id: person for person in people}.values())


def _entering(
    request: PersonRequest, incident: Incident, form: InjuryForm, none_form: NoInjuryForm
) -> HttpResponse:
    context = {
        "incident": incident,
        "form": form,
        "none_form": none_form,
        "entered": queries.injuries_of(incident.id),
        "none": queries.no_injury_in(incident.id),
    }
    is_wrong = form.is_bound or none_form.is_bound
    return render(request, "statutory/enter.html", context, status=422 if is_wrong else 200)
