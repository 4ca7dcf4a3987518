"""Buildings and rooms in use, in the search (ADR 0049)."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tryggmote.premises.models import Building, Room
from tryggmote.search.registry import Findable, Hit


def _buildings() -> QuerySet[Building]:
    return Building.objects.filter(left_on=None).select_related("unit")


def _building(row: Building) -> Hit:
    return Hit(row.name, ", ".join(filter(None, (row.address, row.unit.name))), row.get_absolute_url())


def _rooms() -> QuerySet[Room]:
    return Room.objects.filter(left_on=None).select_related("zone__building__unit")


def _room(row: Room) -> Hit:
    building = row.zone.building
    return Hit(row.name, f"{row.kind_word}, {building.name}, {building.unit.name}", row.get_absolute_url())


PLACES = (
    Findable("building", _("Bygg"), "Buildings2Icon", 50, _buildings, _building),
    Findable("room", _("Rom"), "DoorOpenIcon", 52, _rooms, _room),
)
