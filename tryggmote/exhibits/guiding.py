"""What the incident's own page shows of its evidence."""

from typing import Any

from django.urls import reverse

from tryggmote.access.context import SignedInPerson
from tryggmote.exhibits.models import Exhibit
from tryggmote.incidents.models import Incident


def panel_for(incident: Incident, person: SignedInPerson) -> dict[str, Any]:
    """How much evidence there is, and the way to it; one query."""
    return {
        "count": Exhibit.objects.filter(incident=incident, removed_at=None).count(),
        "url": reverse("exhibits:of_incident", args=[incident.id]),
    }
