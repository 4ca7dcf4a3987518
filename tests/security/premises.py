"""Premises in a random organisation, and who may see them, said again in Python.

From the product's description: all employees of the unit, and leaders and representatives above it on both
lines.
"""

from dataclasses import dataclass, field
from random import Random

from tests.security.assessments import sees_documents_of
from tests.security.world import World
from tryggmote.organisation.models import Person
from tryggmote.premises.models import Building, Room, RoomNote, Zone
from tryggmote.premises.tests.factories import all_good
from tryggmote.premises.vocabulary import Access, RoomKind


@dataclass
class Premises:
    """What is registered, and what is noted about it."""

    buildings: list[Building] = field(default_factory=list)
    zones: list[Zone] = field(default_factory=list)
    rooms: list[Room] = field(default_factory=list)
    notes: list[RoomNote] = field(default_factory=list)


def may_see_building(world: World, person: Person, building: Building) -> bool:
    return sees_documents_of(world, person, building.unit_id)


def may_see_zone(world: World, person: Person, zone: Zone) -> bool:
    return may_see_building(world, person, zone.building)


def may_see_room(world: World, person: Person, room: Room) -> bool:
    return may_see_zone(world, person, room.zone)


def may_see_note(world: World, person: Person, note: RoomNote) -> bool:
    return may_see_room(world, person, note.room)


def build(world: World, random: Random) -> Premises:
    """Buildings in random units, each with a zone and a room, some rooms noted."""
    made = Premises()
    for number in range(random.randint(3, 6)):
        building = Building.objects.create(
            unit=random.choice(world.units), name=f"Bygg {number}", created_by=random.choice(world.people)
        )
        zone = Zone.objects.create(building=building, name="Sone", access=Access.MEETING)
        room = Room.objects.create(zone=zone, name="Rom", kind=RoomKind.MEETING_ROOM)
        made.buildings.append(building)
        made.zones.append(zone)
        made.rooms.append(room)
        if random.random() < 0.7:
            by = random.choice(world.people)
            made.notes.append(RoomNote.objects.create(room=room, by=by, version="2026-1", facts=all_good()))
    return made
