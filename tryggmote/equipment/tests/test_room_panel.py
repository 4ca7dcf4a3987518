"""A room's page says what it relies on and whether that works (3.1, 3.5)."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tryggmote.access.context import acting_as
from tryggmote.equipment import services
from tryggmote.equipment.tests.factories import after_test_by, button_in, item_by
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.premises import services as premises
from tryggmote.premises.models import Room
from tryggmote.premises.tests.factories import a_good_room

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def room(office: Office) -> Room:
    return a_good_room(office.office_leader, office.unit)


def page_of(client: Client, room: Room) -> str:
    return client.get(room.get_absolute_url()).content.decode()


def test_everybody_finds_what_stands_in_the_room_and_what_serves_its_zone(
    office: Office, room: Room, client_of: ClientOf
) -> None:
    button = button_in(office.office_leader, room)
    lock = item_by(
        office.office_leader, office.unit, type="access_control", zone_id=room.zone_id, place="", name="Lås"
    )
    elsewhere = item_by(office.office_leader, office.unit, name="Alarm i skapet")
    after_test_by(office.counsellor, button, "dead")
    page = page_of(client_of(office.counsellor), room)
    assert button.get_absolute_url() in page
    assert lock.get_absolute_url() in page
    assert elsewhere.get_absolute_url() not in page
    assert page.index("Virker ikke") < page.index(lock.get_absolute_url())


def test_a_leader_registers_from_the_room_with_the_room_chosen(
    office: Office, room: Room, client_of: ClientOf
) -> None:
    client = client_of(office.office_leader)
    address = f"{reverse('equipment:item_new')}?rom={room.id}"
    assert address in page_of(client, room)
    assert f'value="room:{room.id}" selected' in client.get(address).content.decode()


def test_others_are_shown_no_empty_card(office: Office, room: Room, client_of: ClientOf) -> None:
    assert "Utstyr her" not in page_of(client_of(office.counsellor), room)


def test_a_room_that_is_left_asks_for_what_is_still_said_to_be_there(
    office: Office, room: Room, client_of: ClientOf
) -> None:
    button = button_in(office.office_leader, room)
    with acting_as(office.office_leader.id) as by:
        premises.leave_room(by=by, room=room)
    client = client_of(office.office_leader)
    assert "Flytt det, eller ta det ut" in page_of(client, room)
    with acting_as(office.office_leader.id) as by:
        services.take_out(by=by, item=button)
    assert "Utstyr her" not in page_of(client, room)


def test_many_things_cost_no_more_questions_and_the_rest_is_in_the_register(
    office: Office, room: Room, client_of: ClientOf
) -> None:
    client = client_of(office.counsellor)
    button_in(office.office_leader, room, "Knapp 0")
    with CaptureQueriesContext(connection) as one:
        page_of(client, room)
    for number in range(1, 12):
        button_in(office.office_leader, room, f"Knapp {number}")
    with CaptureQueriesContext(connection) as many:
        page = page_of(client, room)
    assert len(many) == len(one)
    assert page.count("Knapp ") == 8
    assert f"{reverse('equipment:items')}?q=Rom%201" in page
