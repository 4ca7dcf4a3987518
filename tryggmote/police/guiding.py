"""What the incident's own page shows of the police report."""

from typing import Any

from django.urls import reverse

from tryggmote.access.context import SignedInPerson
from tryggmote.incidents.models import Incident
from tryggmote.police.models import PoliceAct
from tryggmote.police.rules import may_decide, may_tell


def address_of(incident: Incident) -> str:
    """Where the leader decides."""
    return reverse("police:matter", args=[incident.id])


def panel_for(incident: Incident, person: SignedInPerson) -> dict[str, Any] | None:
    """Where the matter stands; to those who only read, once something was decided. One query."""
    latest = PoliceAct.objects.filter(incident=incident, is_latest=True).first()
    if latest is None and not may_tell(person, incident):
        return None
    return {"latest": latest, "url": address_of(incident), "decides": may_decide(person, incident)}
