"""Which room a meeting should be held in: what rooms suit, and the level of the check (2.2, 3.1).

Asked anew each time somebody looks: a room whose alarm has just failed its test is advised no more.
"""

from dataclasses import dataclass
from uuid import UUID

from tryggmote.encounters.models import Check
from tryggmote.organisation.models import Workforce
from tryggmote.premises.queries import RoomState, names_for, rooms_for, state_of
from tryggmote.premises.rules import IN_OFFICE
from tryggmote.risk.queries import units_covering

AT_MOST = 3  # rooms to choose between; more is not read in the half minute before a meeting


@dataclass(frozen=True)
class RoomAdvice:
    """`chosen`: the room of the check, with why it does not suit the level; `better`: rooms that do.

    `has_rooms`: whether the unit has registered any room for this form at all.
    """

    chosen: RoomState | None
    reasons_against: tuple[str, ...]
    better: tuple[RoomState, ...]
    has_rooms: bool

    @property
    def is_unsuitable(self) -> bool:
        """The chosen room should not be used for this meeting."""
        return bool(self.reasons_against)


def rooms_to_choose(unit_id: int, form: str) -> dict[UUID, str]:
    """The rooms a meeting of this form can be held in, by name; none for meetings held elsewhere."""
    return names_for(units_covering(unit_id), form) if form in IN_OFFICE else {}


def room_advice(check: Check) -> RoomAdvice | None:
    """What to say about rooms after a check; None for meetings that are not held in the unit's own rooms."""
    if check.form not in IN_OFFICE:
        return None
    unit_id = Workforce.objects.values_list("unit_id", flat=True).get(id=check.workforce_id)
    rooms = rooms_for(units_covering(unit_id), check.form)
    chosen = next((state for state in rooms if state.room.id == check.room_id), None)
    if check.room and chosen is None:  # Taken out of use since, or no longer used for such meetings.
        chosen = state_of(check.room)
    suits = [state for state in rooms if state.suitability.fits(check.risk) and state is not chosen]
    against = chosen.suitability.reasons_against(check.risk) if chosen else ()
    return RoomAdvice(chosen, against, tuple(suits[:AT_MOST]), bool(rooms))
