"""What changes the register of safety equipment (3.5): one function an act, each in one transaction."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.once import made_once
from tryggmote.controls.queries import belongs_to
from tryggmote.equipment.models import Item, Responsible
from tryggmote.equipment.rule_sets import type_of
from tryggmote.equipment.rules import may_register
from tryggmote.organisation.standing import standing_in
from tryggmote.premises.models import Room, Zone


@dataclass(frozen=True)
class ItemDetails:
    """What is known of an item. A room, a zone, or a place in words; words may also say where in a room."""

    type: str
    name: str
    interval_months: int
    in_use_from: date
    room_id: UUID | None = None
    zone_id: UUID | None = None
    place: str = ""
    supplier: str = ""
    serial: str = ""


@transaction.atomic
def register_item(*, by: SignedInPerson, item_id: UUID, unit_id: int, details: ItemDetails) -> Item:
    """Put an item in the unit's register. The same `item_id` again changes nothing.

    Raises: NotAllowed for others than leaders of the unit; NotPossible when the place is another unit's.
    """
    must_lead(unit_id)
    _must_be_here(unit_id, details)
    owner: dict[str, int | UUID] = {"made_by_id": by.id, "unit_id": unit_id}
    return made_once(Item, id=item_id, owner=owner, fields=vars(details))[0]


@transaction.atomic
def register_many(*, by: SignedInPerson, unit_id: int, items: Collection[tuple[UUID, ItemDetails]]) -> int:
    """Put all of these in the register, or none. Those whose id is there are left as they are.

    Returns how many are new. Raises: as `register_item`.
    """
    must_lead(unit_id)
    there = set(
        Item.objects.filter(id__in=[item_id for item_id, _details in items]).values_list("id", flat=True)
    )
    new = [
        Item(id=item_id, unit_id=unit_id, made_by_id=by.id, **vars(details))
        for item_id, details in items
        if item_id not in there
    ]
    Item.objects.bulk_create(new, batch_size=500)
    return len(new)


@transaction.atomic
def change_item(*, by: SignedInPerson, item: Item, details: ItemDetails) -> None:
    """Write anew what is known of an item; its tests stay. Raises: as `register_item`."""
    must_lead(item.unit_id)
    _must_be_here(item.unit_id, details)
    _change(item, vars(details))


@transaction.atomic
def take_out(*, by: SignedInPerson, item: Item) -> None:
    """The item is no longer in use; it is kept with its tests. What a room relied on limits it until it is
    noted anew (`queries.troubles_of_rooms`). Raises: NotAllowed.
    """
    must_lead(item.unit_id)
    if item.ended_on is None:
        today = timezone.localdate()
        begun = min(item.in_use_from, today)  # What was ordered and never came is gone today, too.
        _change(item, {"in_use_from": begun, "ended_on": today, "taken_out_at": timezone.now()})


@transaction.atomic
def choose_responsible(*, by: SignedInPerson, unit_id: int, chosen: Mapping[str, int | None]) -> None:
    """Say who is asked to test each of these types in a unit, by type; None: the leaders.

    Raises: NotAllowed; NotPossible for one who does not belong to the unit, or a type nobody knows.
    """
    must_lead(unit_id)
    if not all(type_of(code) for code in chosen):
        raise NotPossible(_("Typen finnes ikke lenger. Åpne siden på nytt, og velg igjen."))
    people = {code: person_id for code, person_id in chosen.items() if person_id is not None}
    if not all(belongs_to(person_id, unit_id) for person_id in set(people.values())):
        raise NotPossible(_("Den som skal teste, må høre til enheten. Velg en annen."))
    Responsible.objects.filter(unit_id=unit_id, type__in=chosen.keys() - people.keys()).delete()
    Responsible.objects.bulk_create(
        (
            Responsible(unit_id=unit_id, type=code, person_id=person_id, chosen_by_id=by.id)
            for code, person_id in people.items()
        ),
        update_conflicts=True,
        unique_fields=["unit", "type"],
        update_fields=["person", "chosen_by", "chosen_at"],
    )


def must_lead(unit_id: int) -> None:
    """Raises: NotAllowed for others than leaders of the unit."""
    if not may_register(standing_in(unit_id)):
        raise NotAllowed(
            _("Bare en leder for enheten fører listen over utstyr."),
            _("Du kan teste alt utstyret. Mangler noe i listen, sier du fra til lederen."),
        )


def _must_be_here(unit_id: int, details: ItemDetails) -> None:
    rooms = Room.objects.filter(zone__building__unit_id=unit_id)
    zones = Zone.objects.filter(building__unit_id=unit_id)
    if (details.room_id and not rooms.filter(id=details.room_id).exists()) or (
        details.zone_id and not zones.filter(id=details.zone_id).exists()
    ):
        raise NotPossible(_("Stedet hører til en annen enhet. Velg et sted hos denne enheten."))


def _change(item: Item, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(item, name, value)
    item.save(update_fields=list(fields))
    item.refresh_from_db(fields=["due_on"])
