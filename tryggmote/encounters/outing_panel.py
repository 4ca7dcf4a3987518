"""What somebody who is out has before them on Now, on Today and on the outing's page: large buttons."""

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from tryggmote.access.context import SignedInPerson
from tryggmote.access.ids import new_id
from tryggmote.encounters.models import Outing
from tryggmote.encounters.outing_rules import AT_ONE_TAP, MORE_MINUTES, Step

PANEL = "encounters/outing_panel.html"


def panel_of(person: SignedInPerson, outing: Outing) -> dict[str, object]:
    """What the panel shows. Each form has an id of its own, so that sending it twice is harmless."""
    return {
        "outing": outing,
        "is_overdue": outing.expected_at < timezone.now(),
        "more": AT_ONE_TAP,
        "other_minutes": [minutes for minutes in MORE_MINUTES if minutes != AT_ONE_TAP],
        "unit": person.unit,
        "back_id": new_id(),
        "well_id": new_id(),
        "help_id": new_id(),
        "help_url": _address("assistance:raise"),
        "call_url": _address("assistance:call", outing.overdue_id) if outing.step is Step.CALL else "",
    }


def _address(name: str, *ids: object) -> str:
    """Of a page that stands on this one; "" while there is no such page."""
    try:
        return reverse(name, args=ids)
    except NoReverseMatch:
        return ""
