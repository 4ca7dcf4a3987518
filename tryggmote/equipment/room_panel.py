"""The card on a room's page: the equipment it relies on, and whether it works (3.1, 3.5)."""

from typing import Any

from tryggmote.equipment.queries import items_serving
from tryggmote.equipment.rules import may_register
from tryggmote.organisation.standing import standing_in
from tryggmote.premises.models import Room

AT_MOST = 8


def equipment_here(room: Room) -> dict[str, Any] | None:
    """What stands in the room or serves its zone, what needs somebody first; two queries.

    None when there is nothing, and nothing to do about it.
    """
    items = list(items_serving(room)[: AT_MOST + 1])
    may_add = not room.left_on and may_register(standing_in(room.zone.building.unit_id))
    if not (items or may_add):
        return None
    return {"room": room, "items": items[:AT_MOST], "is_more": len(items) > AT_MOST, "may_add": may_add}
