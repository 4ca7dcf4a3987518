"""To whom a concern goes: first, and when it goes on."""

from collections.abc import Collection, Sequence

from tryggmote.access.context import PlacementInfo
from tryggmote.concerns.models import Concern
from tryggmote.concerns.vocabulary import Capacity
from tryggmote.organisation.queries import (
    leader_above,
    nearest_leaders,
    safety_area_of,
    safety_representatives_of,
)


def first_receivers(writer_id: int, place: PlacementInfo) -> dict[Capacity, list[int]]:
    """Whom somebody's concern can go to: their daily leader where they work, or the nearest on their line,
    and the safety representatives of their area. An empty list where nobody is registered.
    """
    return {
        Capacity.LEADER: _first_leader(writer_id, place.workforce_id),
        Capacity.REPRESENTATIVE: safety_representatives_of(safety_area_of(place), passed=[writer_id]),
    }


def other_receivers(concern: Concern, capacity: Capacity) -> list[int]:
    """Those with whom a concern can be shared in this capacity; nobody where none is registered."""
    if capacity is Capacity.REPRESENTATIVE:
        return safety_representatives_of(concern.safety_area_id, passed=[concern.writer_id])
    return _first_leader(concern.writer_id, concern.workforce_id)


def _first_leader(writer_id: int, workforce_id: int) -> list[int]:
    daily_id = nearest_leaders(writer_id, workforce_id=workforce_id).daily_id
    leader_id = daily_id or leader_above(workforce_id=workforce_id, passed=[writer_id])
    return [leader_id] if leader_id else []


def next_receivers(
    concern: Concern, sent: Collection[tuple[int, Capacity]]
) -> tuple[Capacity, Sequence[int]]:
    """The next in line: the next leader on the writer's line, when a leader may know of it at all; else the
    safety representatives who have not been sent it, the chief ones where there are no others.
    """
    passed = [concern.writer_id, *(person_id for person_id, _capacity in sent)]
    if concern.may_be_shared or any(capacity is Capacity.LEADER for _person_id, capacity in sent):
        leader_id = leader_above(workforce_id=concern.workforce_id, passed=passed)
        return Capacity.LEADER, [leader_id] if leader_id else []
    return Capacity.REPRESENTATIVE, safety_representatives_of(concern.safety_area_id, passed=passed)
