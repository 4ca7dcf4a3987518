"""The card on an incident's page: what was learned from it, and the way to write it down. One query."""

from typing import Any

from tryggmote.access.context import SignedInPerson
from tryggmote.incidents.models import Incident
from tryggmote.incidents.rules import may_handle
from tryggmote.learning.models import LessonSource


def lessons_from(incident: Incident, person: SignedInPerson) -> dict[str, Any] | None:
    """Lessons from the incident that one sees; nothing for those who neither handle nor represent."""
    if not may_handle(person, incident) and incident.safety_area_id not in person.areas:
        return None
    sources = LessonSource.objects.filter(incident=incident).select_related("lesson").order_by("at")
    return {"incident": incident, "lessons": [source.lesson for source in sources]}
