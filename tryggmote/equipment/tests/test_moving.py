"""Two offices become one, and one becomes two: what stands in a building moves with it (3.1, 3.5)."""

import pytest

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.equipment.models import Item, ItemTest
from tryggmote.equipment.tests.factories import after_test_by, button_in, item_by
from tryggmote.organisation.models import Unit
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, assign, make_office, make_unit, workforce_of
from tryggmote.premises import moving
from tryggmote.premises.models import Building
from tryggmote.premises.tests.factories import a_good_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def neighbour(office: Office) -> Unit:
    """The office that the first becomes a part of; the same leader leads both meanwhile."""
    unit = make_unit("Nav Nabo", parents=(office.county, office.municipality))
    workforce_of(unit, office.directorate)
    assign(office.office_leader, Role.OFFICE_LEADER, unit)
    return unit


def move(office: Office, building: Building, to: Unit) -> None:
    with acting_as(office.office_leader.id) as by:
        moving.move_building(by=by, move_id=new_id(), building=building, to_unit_id=to.id)


def test_equipment_follows_its_building_with_every_test_and_how_it_stands(
    office: Office, neighbour: Unit
) -> None:
    room = a_good_room(office.office_leader, office.unit)
    button = after_test_by(office.counsellor, button_in(office.office_leader, room), "dead")
    elsewhere = button_in(office.office_leader, a_good_room(office.office_leader, office.unit, "Rom 2"))
    carried = item_by(office.office_leader, office.unit)
    before = list(ItemTest.objects.filter(item=button).values_list("id", "passed"))
    move(office, room.zone.building, neighbour)
    moved = Item.objects.get(id=button.id)
    assert moved.unit_id == neighbour.id
    assert moved.is_failing
    assert list(ItemTest.objects.filter(item=moved).values_list("id", "passed")) == before
    assert {item.unit_id for item in Item.objects.filter(id__in=[elsewhere.id, carried.id])} == {
        office.unit.id
    }


def test_a_building_that_comes_back_brings_its_equipment(office: Office, neighbour: Unit) -> None:
    room = a_good_room(office.office_leader, office.unit)
    button = button_in(office.office_leader, room)
    move(office, room.zone.building, neighbour)
    move(office, room.zone.building, office.unit)
    assert Item.objects.get(id=button.id).unit_id == office.unit.id
