"""What is read of premises. The database decides which buildings and rooms there are for whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from tryggmote.catalogue.text import Text
from tryggmote.organisation.meeting_levels import Level
from tryggmote.premises import fact_sets
from tryggmote.premises.fact_sets import FactAnswer
from tryggmote.premises.looks import LOOKS, Look
from tryggmote.premises.models import Building, BuildingMove, Room, RoomNote, Zone
from tryggmote.premises.registry import troubles_of
from tryggmote.premises.rules import Limit, Suitability, suitability_of


@dataclass(frozen=True)
class RoomState:
    """A room, what was last noted about it, and what it is suitable for now, with everything counted in."""

    room: Room
    note: RoomNote | None
    suitability: Suitability

    @property
    def level(self) -> Level | None:
        return self.suitability.up_to

    @property
    def look(self) -> Look:
        """How it is said and shown."""
        return LOOKS[self.level]


def buildings() -> QuerySet[Building]:
    """The buildings in use that one sees, by unit and name, with how many rooms each has."""
    in_use = Q(zones__rooms__left_on=None, zones__rooms__id__isnull=False)
    return (
        Building.objects.filter(left_on=None)
        .select_related("unit")
        .annotate(rooms=Count("zones__rooms", filter=in_use))
        .order_by("unit__sort_key", "name", "id")
    )


def zones_of(building: Building) -> list[Zone]:
    """The zones of a building, by name."""
    return list(Zone.objects.filter(building=building).order_by("name", "id"))


def moves_of(building: Building) -> list[BuildingMove]:
    """Where the building has been moved, the latest first."""
    found = BuildingMove.objects.filter(building=building).select_related("from_unit", "to_unit")
    return list(found.order_by("-at", "-id")[:10])


def rooms_in(building: Building) -> QuerySet[Room]:
    """The rooms in use of a building, by name; of a building that is left, those it had."""
    rooms = Room.objects.filter(zone__building=building, left_on=None)
    return rooms.select_related("zone__building").order_by("name", "id")


def rooms_for(unit_ids: Iterable[int], form: str) -> list[RoomState]:
    """The rooms in use that these units hold meetings of this form in, the most suitable first (2.2)."""
    rooms = _in_use().filter(zone__building__unit_id__in=unit_ids, forms__contains=[form])
    # Sorted twice: Python keeps the order of names among rooms of the same level.
    by_name = sorted(states_of(rooms), key=lambda state: state.room.name)
    return sorted(by_name, key=lambda state: state.level.rank if state.level else 0, reverse=True)


def rooms_of(unit_ids: Iterable[int]) -> list[RoomState]:
    """All rooms in use of these units, by building and name, each with its state, in a handful of queries."""
    rooms = _in_use().filter(zone__building__unit_id__in=unit_ids)
    return states_of(rooms.order_by("zone__building__name", "zone__building__id", "name", "id"))


def rooms_left_since(unit_ids: Iterable[int], day: date) -> QuerySet[Room]:
    """The rooms of these units that have been taken out of use on this day or later."""
    return Room.objects.filter(zone__building__unit_id__in=unit_ids, left_on__gte=day).order_by("name", "id")


def names_for(unit_ids: Iterable[int], form: str) -> dict[UUID, str]:
    """The rooms in use that these units hold meetings of this form in, by name: to choose from; one query."""
    rooms = _in_use().filter(zone__building__unit_id__in=unit_ids, forms__contains=[form])
    return dict(rooms.order_by("name", "id").values_list("id", "name"))


def state_of(room: Room) -> RoomState:
    """The state of one room."""
    return states_of(Room.objects.filter(id=room.id).select_related("zone__building__unit"))[0]


def states_of(rooms: Iterable[Room]) -> list[RoomState]:
    """Each of these rooms with its state, in a handful of queries."""
    found = list(rooms)
    ids = [room.id for room in found]
    notes = {note.room_id: note for note in RoomNote.objects.filter(room__in=ids, is_latest=True)}
    troubles = troubles_of(ids)
    return [_state(room, notes.get(room.id), troubles.get(room.id, ())) for room in found]


def notes_of(room: Room) -> QuerySet[RoomNote]:
    """All that has been noted about a room, the latest first, with who noted it."""
    return room.notes.select_related("by").order_by("-at", "-id")


def facts_of(note: RoomNote) -> list[tuple[Text, FactAnswer | None]]:
    """What a note says, question by question in order; None where nobody knew."""
    asked = fact_sets.version(note.version) or fact_sets.current()
    return [(fact.text, fact.answer(note.facts.get(fact.code, ""))) for fact in asked.facts]


def _in_use() -> QuerySet[Room]:
    return Room.objects.filter(left_on=None, zone__building__left_on=None).select_related("zone__building")


def _state(room: Room, note: RoomNote | None, troubles: Iterable[Limit]) -> RoomState:
    noted = note.suitability if note else suitability_of({}, fact_sets.current())
    return RoomState(room, note, noted.with_also(troubles))
