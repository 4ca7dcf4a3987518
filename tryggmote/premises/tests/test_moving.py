"""Two offices are merged, one is split: the building goes, and everything with it (3.1)."""

from collections.abc import Callable

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.organisation.models import Person, Unit
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, assign, make_office, make_unit, workforce_of
from tryggmote.premises import moving, queries
from tryggmote.premises.models import Building, BuildingMove, Room, RoomNote
from tryggmote.premises.tests.factories import a_good_room, pictured_by

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def room(office: Office) -> Room:
    return a_good_room(office.office_leader, office.unit)


@pytest.fixture
def neighbour(office: Office) -> Unit:
    """Another office of the same county, led by the same leader while the two become one."""
    unit = make_unit("Nav Nabo", parents=(office.county, office.municipality))
    workforce_of(unit, office.directorate)
    assign(office.office_leader, Role.OFFICE_LEADER, unit)
    return unit


def moved_by(person: Person, building: Building, unit: Unit) -> BuildingMove:
    with acting_as(person.id) as by:
        return moving.move_building(by=by, move_id=new_id(), building=building, to_unit_id=unit.id)


def test_a_building_takes_its_rooms_notes_and_pictures_to_the_other_unit(
    office: Office, room: Room, neighbour: Unit
) -> None:
    building = room.zone.building
    pictured_by(office.office_leader, building, room)
    moved_by(office.office_leader, building, neighbour)
    with acting_as(office.office_leader.id):
        assert [state.room for state in queries.rooms_for([neighbour.id], "planned")] == [room]
        assert queries.rooms_for([office.unit.id], "planned") == []
        assert queries.state_of(room).note is not None
    with acting_as(office.counsellor.id):
        assert not RoomNote.objects.exists(), "who works in the unit that had it does not see it any more"


def test_a_director_above_both_moves_it(office: Office, room: Room, neighbour: Unit) -> None:
    move = moved_by(office.county_director, room.zone.building, neighbour)
    assert (move.from_unit, move.to_unit) == (office.unit, neighbour)


def test_one_who_leads_only_one_of_them_does_not(office: Office, room: Room) -> None:
    other = make_office("Nav Storvik")
    with pytest.raises(NotAllowed):
        moved_by(office.office_leader, room.zone.building, other.unit)
    with acting_as(office.office_leader.id) as by, pytest.raises(ProgrammingError), transaction.atomic():
        BuildingMove.objects.create(
            building=room.zone.building, from_unit=office.unit, to_unit=other.unit, by_id=by.id
        )


def test_it_is_split_off_again_and_both_moves_are_told(
    office: Office, room: Room, neighbour: Unit, client_of: ClientOf
) -> None:
    building = room.zone.building
    for unit in (neighbour, office.unit):
        moved_by(office.office_leader, building, unit)
    page = client_of(office.counsellor).get(building.get_absolute_url()).content.decode()
    assert f"Fra {neighbour.name} til {office.unit.name}" in page
    assert "For alle møter" in page


def test_moving_it_where_it_is_says_so(office: Office, room: Room) -> None:
    with pytest.raises(NotPossible):
        moved_by(office.office_leader, room.zone.building, office.unit)


def test_two_who_move_it_at_once_do_not_move_it_twice(office: Office, room: Room, neighbour: Unit) -> None:
    stale = Building.objects.get(id=room.zone.building_id)
    moved_by(office.office_leader, room.zone.building, neighbour)
    with pytest.raises(NotPossible):
        moved_by(office.office_leader, stale, neighbour)
    assert BuildingMove.objects.count() == 1


def test_the_page_offers_the_units_one_answers_for(
    office: Office, room: Room, neighbour: Unit, client_of: ClientOf
) -> None:
    address = reverse("premises:building_move", args=[room.zone.building_id])
    client = client_of(office.office_leader)
    assert neighbour.name in client.get(address).content.decode()
    client.post(address, {"id": new_id(), "unit": neighbour.id})
    assert Building.objects.get().unit == neighbour
    assert client_of(office.counsellor).get(address).status_code == 404
