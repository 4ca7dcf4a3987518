"""Where people find concerns, demands and stops: on the menu and on the unit's page."""

from django.utils.translation import gettext_lazy as _

from tryggmote.concerns.formal_queries import stops_around
from tryggmote.organisation.unit_places import UnitPlace
from tryggmote.ui.navigation import NavItem

_CONCERNS = _("Bekymringer")
_FORMAL = _("Krav og stans")

ITEM = NavItem(
    _CONCERNS,
    "concerns:home",
    "ChatExclamationmarkIcon",
    order=59,
    text=_("Skriv til lederen eller verneombudet, og se hva de svarer"),
)
UNIT_PLACE = UnitPlace(
    _FORMAL, "concerns:unit", "StopIcon", _("Det verneombudet har krevd, og arbeid som er stanset")
)


def stops_on_page(unit_id: int) -> dict[str, object] | None:
    """What the unit's page says of work that is stopped there now; one query."""
    stops = list(stops_around(unit_id).filter(ended_at=None))
    return {"stops": stops} if stops else None
