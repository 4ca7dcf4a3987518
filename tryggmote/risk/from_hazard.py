"""A scenario written because of a hazard (`?fare=…`): its beginning, and the way back to answer (2.1)."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from tryggmote.risk.models import TITLE_LIMIT, Hazard, Scenario
from tryggmote.risk.queries import units_covering


def beginning(address: Mapping[str, str]) -> dict[str, Any]:
    """What the form begins with; nothing without a hazard that one may see."""
    hazard = _hazard_of(address)
    if hazard is None:
        return {}
    fits = len(hazard.what) <= TITLE_LIMIT
    forms = {"meeting_forms": hazard.forms} if hazard.forms else {}
    return {"hazard": hazard.what} | forms if fits else {"situation": hazard.what} | forms


def way_back(address: Mapping[str, str], scenario: Scenario) -> str:
    """Where the hazard is linked to the scenario and answered; "" where there is none that waits and fits."""
    hazard, assessment = _hazard_of(address), scenario.version.assessment
    if hazard is None or hazard.decided_at or assessment.unit_id not in units_covering(hazard.unit_id):
        return ""
    page = reverse("risk:hazard_scenario", args=[hazard.id, assessment.id])
    return f"{page}?{urlencode({'situasjon': scenario.lineage})}"


def _hazard_of(address: Mapping[str, str]) -> Hazard | None:
    try:
        hazard_id = UUID(address.get("fare", ""))
    except ValueError:
        return None
    return Hazard.objects.filter(id=hazard_id).first()
