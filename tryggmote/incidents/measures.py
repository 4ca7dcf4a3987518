"""Measures that come from an incident so that it does not happen again, and the way to plan them (2.3)."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy

from tryggmote.access.context import SignedInPerson
from tryggmote.controls.origins import Origin
from tryggmote.controls.queries import measures_of_origins
from tryggmote.controls.vocabulary import OriginKind
from tryggmote.incidents.hazards import SOURCE_PAGE, words_of
from tryggmote.incidents.models import Incident
from tryggmote.organisation.standing import standing_in
from tryggmote.risk.hazard_queries import hazards_from_all
from tryggmote.risk.vocabulary import Source

ORIGIN = Origin(OriginKind.INCIDENT, gettext_lazy("Hendelsen"), SOURCE_PAGE.url)


def address_to_plan(incident: Incident) -> str:
    """Where a measure is planned that remembers the incident; in our own words: the whole unit reads them."""
    given = {
        "opphav": f"{OriginKind.INCIDENT.value}:{incident.id}",
        "ord": words_of(incident),
        "enhet": incident.workforce.unit_id,
        "former": incident.form,
    }
    return f"{reverse('controls:plan')}?{urlencode(given)}"


def address_of_hazard(incident: Incident) -> str:
    """The hazard that the incident raised; the inbox for one who does not see it."""
    hazard = hazards_from_all(Source.INCIDENT, [incident.id]).get(incident.id)
    return hazard.get_absolute_url() if hazard else reverse("risk:hazards")


def measures_from(incident: Incident, person: SignedInPerson) -> dict[str, Any] | None:
    """The card on the incident's page; nothing for those with nothing to read or plan. Two queries."""
    leads = standing_in(incident.workforce.unit_id).leads
    plan_url = address_to_plan(incident) if leads else ""
    measures = measures_of_origins(OriginKind.INCIDENT, [incident.id])[incident.id]
    return {"measures": measures, "plan_url": plan_url} if measures or plan_url else None
