"""What is registered and noted about premises (3.1): one function an act, each in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.once import made_once
from tryggmote.organisation.standing import standing_in
from tryggmote.premises import fact_sets
from tryggmote.premises.models import Building, Room, RoomNote, Zone
from tryggmote.premises.rules import may_change


@dataclass(frozen=True)
class BuildingDetails:
    """What is known of a building."""

    name: str
    address: str = ""
    public_entrance: str = ""
    staff_entrance: str = ""
    parking: str = ""
    is_temporary: bool = False


@dataclass(frozen=True)
class ZoneDetails:
    """A zone: who may be there on their own, and how that is controlled."""

    name: str
    access: str
    control: str = ""


@dataclass(frozen=True)
class RoomDetails:
    """A room, and the meeting forms it is used for."""

    name: str
    zone_id: UUID
    kind: str
    forms: tuple[str, ...] = ()


@transaction.atomic
def register_building(
    *, by: SignedInPerson, building_id: UUID, unit_id: int, details: BuildingDetails
) -> Building:
    """A building the unit uses. The same `building_id` again changes nothing. Raises: NotAllowed."""
    refuse_unless_leads(unit_id)
    owner: dict[str, int | UUID] = {"created_by_id": by.id, "unit_id": unit_id}
    return made_once(Building, id=building_id, owner=owner, fields=vars(details))[0]


@transaction.atomic
def change_building(*, by: SignedInPerson, building: Building, details: BuildingDetails) -> None:
    """Write anew what is known of a building. Raises: NotAllowed."""
    refuse_unless_leads(building.unit_id)
    _change(building, vars(details))


@transaction.atomic
def leave_building(*, by: SignedInPerson, building: Building) -> None:
    """The building is no longer used; what is registered about it is kept. The first time counts.

    Raises: NotAllowed.
    """
    refuse_unless_leads(building.unit_id)
    if building.left_on is None:
        _change(building, {"left_on": timezone.localdate()})


@transaction.atomic
def register_zone(*, by: SignedInPerson, zone_id: UUID, building: Building, details: ZoneDetails) -> Zone:
    """A part of a building with its own access. The same `zone_id` again changes nothing.

    Raises: NotAllowed; NotPossible when the building has a zone of that name.
    """
    refuse_unless_leads(building.unit_id)
    owner: dict[str, int | UUID] = {"building_id": building.id}
    _must_be_free(Zone.objects.filter(building=building, name=details.name).exclude(id=zone_id).exists())
    return made_once(Zone, id=zone_id, owner=owner, fields=vars(details))[0]


@transaction.atomic
def change_zone(*, by: SignedInPerson, zone: Zone, details: ZoneDetails) -> None:
    """Write anew what is known of a zone. Raises: NotAllowed; NotPossible when the name is taken."""
    refuse_unless_leads(zone.building.unit_id)
    _change(zone, vars(details))


@transaction.atomic
def register_room(*, by: SignedInPerson, room_id: UUID, zone: Zone, details: RoomDetails) -> Room:
    """A room of a zone. The same `room_id` again changes nothing.

    Raises: NotAllowed; NotPossible when the zone has a room of that name in use.
    """
    refuse_unless_leads(zone.building.unit_id)
    fields = vars(details) | {"forms": list(details.forms)}
    fields.pop("zone_id")
    _must_be_free(
        Room.objects.filter(zone=zone, name=details.name, left_on=None).exclude(id=room_id).exists()
    )
    return made_once(Room, id=room_id, owner={"zone_id": zone.id}, fields=fields)[0]


@transaction.atomic
def change_room(*, by: SignedInPerson, room: Room, details: RoomDetails) -> None:
    """Write anew what is known of a room; it may be moved to another zone of the same building.

    Raises: NotAllowed; NotPossible when the name is taken, or the zone is another building's.
    """
    refuse_unless_leads(room.zone.building.unit_id)
    if not Zone.objects.filter(id=details.zone_id, building_id=room.zone.building_id).exists():
        raise NotPossible(_("Sonen hører til et annet bygg. Velg en sone i dette bygget."))
    _change(room, vars(details) | {"forms": list(details.forms)})


@transaction.atomic
def leave_room(*, by: SignedInPerson, room: Room) -> None:
    """The room is no longer used; what is noted about it is kept. The first time counts.

    Raises: NotAllowed.
    """
    refuse_unless_leads(room.zone.building.unit_id)
    if room.left_on is None:
        _change(room, {"left_on": timezone.localdate()})


@transaction.atomic
def note_room(*, by: SignedInPerson, room: Room, note_id: UUID, facts: Mapping[str, str]) -> RoomNote:
    """Note how a room is. Counts at once for what the check advises; earlier notes stay.

    `facts`: answers by code of the facts in force; those left out are not known. The same `note_id` again
    changes nothing. Raises: NotAllowed; NotPossible for an answer nobody was offered.
    """
    refuse_unless_leads(room.zone.building.unit_id)
    asked = fact_sets.current()
    answers = {fact.code: facts[fact.code] for fact in asked.facts if facts.get(fact.code)}
    if any(fact.answer(answers[fact.code]) is None for fact in asked.facts if fact.code in answers):
        raise NotPossible(_("Et av svarene finnes ikke lenger. Åpne siden på nytt, og velg igjen."))
    return made_once(
        RoomNote,
        id=note_id,
        owner={"by_id": by.id, "room_id": room.id},
        fields={"version": asked.version, "facts": answers},
    )[0]


def refuse_unless_leads(unit_id: int) -> None:
    """Raises: NotAllowed for others than leaders of the unit."""
    if not may_change(standing_in(unit_id)):
        raise NotAllowed(
            _("Bare en leder for enheten registrerer lokaler."),
            _("Si fra til lederen, eller meld en fare hvis noe er farlig."),
        )


def _must_be_free(is_taken: bool) -> None:
    if is_taken:
        raise NotPossible(_("Navnet er i bruk her allerede. Velg et annet."))


def _change(row: Building | Zone | Room, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
    try:
        with transaction.atomic():
            row.save(update_fields=list(fields))
    except IntegrityError:
        _must_be_free(True)
