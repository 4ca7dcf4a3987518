"""Premises in a random organisation, and who may see them, said again in Python.

From the product's description: all employees of the unit, and leaders and representatives above it on both
lines. Pictures show where people can be caught: those who belong to the unit, lead it or represent it, only.
Reviews and registered changes are seen with the building.
"""

from dataclasses import dataclass, field
from random import Random

from django.utils import timezone

from tests.security.assessments import ABOVE_OFFICES, leads, represents, sees_documents_of
from tests.security.world import World
from tryggmote.organisation.models import Person
from tryggmote.premises.models import Building, BuildingMove, Picture, Room, RoomNote, Zone
from tryggmote.premises.tests.factories import all_good
from tryggmote.premises.vocabulary import Access, RoomKind
from tryggmote.reviews.models import Change, ChangeEnding, Finding, FindingPicture, Part, Review, Signature


@dataclass
class Premises:
    """What is registered, and what is noted about it."""

    buildings: list[Building] = field(default_factory=list)
    zones: list[Zone] = field(default_factory=list)
    rooms: list[Room] = field(default_factory=list)
    notes: list[RoomNote] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    moves: list[BuildingMove] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    endings: list[ChangeEnding] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    photographs: list[FindingPicture] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)


def may_see_building(world: World, person: Person, building: Building) -> bool:
    return sees_documents_of(world, person, building.unit_id)


def may_see_zone(world: World, person: Person, zone: Zone) -> bool:
    return may_see_building(world, person, zone.building)


def may_see_room(world: World, person: Person, room: Room) -> bool:
    return may_see_zone(world, person, room.zone)


def may_see_note(world: World, person: Person, note: RoomNote) -> bool:
    return may_see_room(world, person, note.room)


def is_at_home(world: World, person: Person, unit_id: int) -> bool:
    """Reads its documents, and works or holds a role there or below up to the office, leads or represents it.

    A representative may have an area elsewhere than the unit they hold the role in: they read nothing there.
    """
    places = [p.workforce.unit_id for p in world.placements if p.person_id == person.id]
    places += [role.unit_id for role in world.roles_of(person)]
    is_above = next(u for u in world.units if u.id == unit_id).kind in ABOVE_OFFICES
    is_member = unit_id in places or (
        not is_above and any(unit_id in world.with_all_above(place) for place in places)
    )
    return sees_documents_of(world, person, unit_id) and (
        is_member or leads(world, person, unit_id) or represents(world, person, unit_id)
    )


def may_see_picture(world: World, person: Person, picture: Picture) -> bool:
    return is_at_home(world, person, picture.building.unit_id)


def may_see_move(world: World, person: Person, move: BuildingMove) -> bool:
    return may_see_building(world, person, move.building)


def may_see_change(world: World, person: Person, change: Change) -> bool:
    return may_see_building(world, person, change.building)


def may_see_ending(world: World, person: Person, ending: ChangeEnding) -> bool:
    return may_see_change(world, person, ending.change)


def may_see_review(world: World, person: Person, review: Review) -> bool:
    return may_see_building(world, person, review.building)


def may_see_in_review(world: World, person: Person, row: Part | Finding | Signature) -> bool:
    return may_see_review(world, person, row.review)


def may_see_photograph(world: World, person: Person, photograph: FindingPicture) -> bool:
    return is_at_home(world, person, photograph.finding.review.building.unit_id)


def build(world: World, random: Random) -> Premises:
    """Buildings in random units, each with a zone and a room, some rooms noted, some moved and reviewed."""
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
        _picture_and_move(made, building, room, world, random)
        if random.random() < 0.7:
            _review(made, building, room, world, random)
    return made


_IMAGE = {"kind": "image/png", "content": b"", "width": 1, "height": 1}


def _picture_and_move(made: Premises, building: Building, room: Room, world: World, random: Random) -> None:
    by = random.choice(world.people)
    made.pictures.append(
        Picture.objects.create(
            building=building, room=random.choice([None, room]), shows="Dør", by=by, **_IMAGE
        )
    )
    if random.random() < 0.4:
        made.moves.append(
            BuildingMove.objects.create(
                building=building, from_unit=building.unit, to_unit=random.choice(world.units), by=by
            )
        )
        building.refresh_from_db()


def _review(made: Premises, building: Building, room: Room, world: World, random: Random) -> None:
    by = random.choice(world.people)
    change = Change.objects.create(
        building=building, kind="rebuilding", what="Ny skranke.", in_use_on=timezone.localdate(), by=by
    )
    review = Review.objects.create(
        building=building, occasion="change", change=change, is_whole=True, version="2026-1", begun_by=by
    )
    finding = Finding.objects.create(review=review, room=room, point="objects", became="hazard", by=by)
    made.changes.append(change)
    made.reviews.append(review)
    made.findings.append(finding)
    made.parts.append(Part.objects.create(review=review, room=room, answers={}, is_complete=False, by=by))
    made.photographs.append(FindingPicture.objects.create(finding=finding, **_IMAGE))
    made.signatures.append(Signature.objects.create(review=review, capacity="leader", by=by))
    if random.random() < 0.5:
        made.endings.append(
            ChangeEnding.objects.create(change=change, ending="called_off", words="Nei.", by=by)
        )
