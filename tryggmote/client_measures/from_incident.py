"""The way from an incident to a case: the same for every incident, so that it tells of no case."""

from typing import Any

from django.urls import reverse

from tryggmote.access.context import SignedInPerson
from tryggmote.incidents.models import Incident
from tryggmote.incidents.rules import may_handle

PANEL = "client_measures/way_here.html"


def way_here(incident: Incident, person: SignedInPerson) -> dict[str, Any] | None:
    """Shown to the leaders who handle the incident; asks nothing of the database."""
    url = f"{reverse('client_measures:begin')}?hendelse={incident.id}"
    return {"url": url} if person.is_leader and may_handle(person, incident) else None
