"""Short ways to say what tests of equipment need."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.controls.models import Measure
from tryggmote.equipment import services
from tryggmote.equipment.models import Item
from tryggmote.equipment.rules import PASSED
from tryggmote.equipment.services import ItemDetails
from tryggmote.equipment.testing import Finding, record_measure_test, record_tests
from tryggmote.organisation.models import Person, Unit
from tryggmote.premises.models import Room


def some_days_ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def details(**changes: Any) -> ItemDetails:
    """A portable alarm taken into use today."""
    given = {
        "type": "portable_alarm",
        "name": "Alarm 7",
        "interval_months": 3,
        "in_use_from": timezone.localdate(),
        "place": "I skapet ved inngangen",
    }
    return ItemDetails(**given | changes)


def item_by(leader: Person, unit: Unit, **changes: Any) -> Item:
    """An item this leader has registered."""
    with acting_as(leader.id) as by:
        return services.register_item(by=by, item_id=new_id(), unit_id=unit.id, details=details(**changes))


def button_in(leader: Person, room: Room, name: str = "Knappen under pulten", **changes: Any) -> Item:
    """A fixed alarm button in a room."""
    unit = room.zone.building.unit
    return item_by(leader, unit, type="alarm_button", name=name, room_id=room.id, place="", **changes)


def after_test_by(
    person: Person, item: Item, outcome: str = PASSED, *, at: datetime | None = None, words: str = ""
) -> Item:
    """The item after this person has tested it."""
    with acting_as(person.id) as by:
        seen = Item.objects.get(id=item.id)
        record_tests(by=by, findings=[Finding(new_id(), seen, outcome, words, at or timezone.now())])
        return Item.objects.get(id=item.id)


def measure_tested_by(person: Person, measure: Measure, outcome: str = PASSED, **more: Any) -> None:
    with acting_as(person.id) as by:
        seen = Measure.objects.get(id=measure.id)
        record_measure_test(by=by, measure=seen, test_id=new_id(), outcome=outcome, **more)
