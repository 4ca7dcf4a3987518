"""Short ways to say what tests of premises need."""

import io
from typing import Any

from PIL import Image

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.controls.pictures import clean_picture
from tryggmote.organisation.models import Person, Unit
from tryggmote.premises import fact_sets, services
from tryggmote.premises.models import Building, Picture, Room, RoomNote, Zone
from tryggmote.premises.pictures import add_picture
from tryggmote.premises.services import BuildingDetails, RoomDetails, ZoneDetails
from tryggmote.premises.vocabulary import Access, RoomKind


def all_good() -> dict[str, str]:
    """The answers with which a room is suitable for every meeting."""
    return {fact.code: fact.answers[0].code for fact in fact_sets.current().facts}


def building_by(leader: Person, unit: Unit, name: str = "Storgata 4", **details: Any) -> Building:
    """A building this leader has registered."""
    with acting_as(leader.id) as by:
        return services.register_building(
            by=by, building_id=new_id(), unit_id=unit.id, details=BuildingDetails(name, **details)
        )


def zone_by(leader: Person, building: Building, name: str = "Samtalerom") -> Zone:
    with acting_as(leader.id) as by:
        return services.register_zone(
            by=by, zone_id=new_id(), building=building, details=ZoneDetails(name, Access.MEETING)
        )


def room_by(leader: Person, zone: Zone, name: str = "Rom 3", forms: tuple[str, ...] = ("planned",)) -> Room:
    """A room this leader has registered; nothing is noted about it."""
    with acting_as(leader.id) as by:
        return services.register_room(
            by=by,
            room_id=new_id(),
            zone=zone,
            details=RoomDetails(name, zone.id, RoomKind.MEETING_ROOM, forms),
        )


def noted_by(leader: Person, room: Room, **answers: str) -> RoomNote:
    """The room is good in every way but for `answers`."""
    with acting_as(leader.id) as by:
        return services.note_room(by=by, room=room, note_id=new_id(), facts=all_good() | answers)


def a_good_room(leader: Person, unit: Unit, name: str = "Rom 1", **answers: str) -> Room:
    """A noted room in a building of its own."""
    room = room_by(leader, zone_by(leader, building_by(leader, unit, name=f"Bygget med {name}")), name)
    noted_by(leader, room, **answers)
    return room


def pictured_by(leader: Person, building: Building, room: Room | None = None) -> Picture:
    """A picture of the building or the room."""
    written = io.BytesIO()
    Image.new("RGB", (8, 6), "teal").save(written, format="PNG")
    written.seek(0)
    with acting_as(leader.id) as by:
        return add_picture(
            by=by,
            picture_id=new_id(),
            building=building,
            room=room,
            picture=clean_picture(written, len(written.getvalue())),
            shows="Inngangen",
        )
