"""The card on a building's page: the last review, the next, and what is to change. Two or three queries."""

from typing import Any

from tryggmote.organisation.standing import standing_in
from tryggmote.premises.models import Building, Room
from tryggmote.reviews.models import Change, Review
from tryggmote.reviews.queries import BuildingState, last_day, states_of, with_last_review
from tryggmote.reviews.rules import may_review


def review_card(building: Building) -> dict[str, Any]:
    """Where the building stands (`state`), its open changes, and whether something new asks for one."""
    found = with_last_review(Building.objects.filter(id=building.id)).get()
    state = states_of([found])[0]
    changes = list(
        Change.objects.filter(building=building, ended_at=None).order_by("in_use_on").defer("what")[:5]
    )
    return {
        "building": building,
        "state": state,
        "changes": changes,
        "may_review": may_review(standing_in(building.unit_id)),
        "is_unannounced": not changes and not building.left_on and _is_new(building, state),
    }


def _is_new(building: Building, state: BuildingState) -> bool:
    """Temporary premises never reviewed, or rooms that came after the last review: a change nobody named."""
    if state.open:
        return False
    if last_day(state.building) is None:
        return building.is_temporary
    seen = Review.objects.filter(building=building, signed_at__isnull=False).values("room_ids")
    reviewed = {room_id for review in seen for room_id in review["room_ids"]}
    rooms = Room.objects.filter(zone__building=building, left_on=None).values_list("id", flat=True)
    return any(room_id not in reviewed for room_id in rooms)
