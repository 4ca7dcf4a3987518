"""The pages of premises as people meet them (3.1)."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.ids import new_id
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.premises import registry
from tryggmote.premises.models import Building, Room, RoomNote, Zone
from tryggmote.premises.tests.factories import a_good_room, all_good, building_by, noted_by, room_by, zone_by

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    return make_office()


def page_of(client: Client, name: str, *args: object) -> str:
    response = client.get(reverse(f"premises:{name}", args=args))
    assert response.status_code == 200
    return response.content.decode()


def test_an_empty_list_offers_a_leader_the_first_step_and_tells_others_what_will_be_here(
    office: Office, client_of: ClientOf
) -> None:
    assert reverse("premises:building_new") in page_of(client_of(office.office_leader), "buildings")
    assert reverse("premises:building_new") not in page_of(client_of(office.counsellor), "buildings")


def test_a_leader_registers_a_building_a_zone_and_a_room_and_notes_it(
    office: Office, client_of: ClientOf
) -> None:
    client = client_of(office.office_leader)
    unit, building_id, zone_id, room_id = office.unit.id, new_id(), new_id(), new_id()
    client.post(reverse("premises:building_new"), {"id": building_id, "unit": unit, "name": "Storgata 4"})
    client.post(
        reverse("premises:zone_new", args=[building_id]),
        {"id": zone_id, "name": "Samtalerom", "access": "meeting"},
    )
    response = client.post(
        reverse("premises:room_new", args=[building_id]),
        {"id": room_id, "name": "Rom 3", "zone": zone_id, "kind": "meeting_room", "forms": ["planned"]},
    )
    assert response.headers["Location"] == reverse("premises:room_note", args=[room_id])
    client.post(
        reverse("premises:room_note", args=[room_id]),
        {"id": new_id(), **{f"f_{code}": answer for code, answer in all_good().items()}},
    )
    assert "For alle møter" in page_of(client, "building", building_id)
    assert Building.objects.get().unit_id == unit
    assert Zone.objects.get().building_id == building_id
    assert Room.objects.get().forms == ["planned"]
    assert RoomNote.objects.get().facts == all_good()


def test_everybody_reads_why_a_room_is_not_for_every_meeting(office: Office, client_of: ClientOf) -> None:
    room = a_good_room(office.office_leader, office.unit, exits="one")
    page = page_of(client_of(office.counsellor), "room", room.id)
    assert "Ikke ved høy risiko" in page
    assert "Rommet har én utgang." in page


def test_a_taken_name_is_said_at_the_field_and_what_was_written_stays(
    office: Office, client_of: ClientOf
) -> None:
    zone = zone_by(office.office_leader, building_by(office.office_leader, office.unit))
    room_by(office.office_leader, zone, "Rom 3")
    response = client_of(office.office_leader).post(
        reverse("premises:room_new", args=[zone.building_id]),
        {"id": new_id(), "name": "Rom 3", "zone": zone.id, "kind": "group_room"},
    )
    assert response.status_code == 422
    page = response.content.decode()
    assert "Navnet er i bruk her allerede" in page
    assert response.context["form"]["kind"].value() == "group_room"


def test_a_room_in_a_building_without_zones_begins_with_the_zone(office: Office, client_of: ClientOf) -> None:
    building = building_by(office.office_leader, office.unit)
    response = client_of(office.office_leader).get(reverse("premises:room_new", args=[building.id]))
    assert response.headers["Location"] == reverse("premises:zone_new", args=[building.id])


def test_a_note_begins_with_what_was_noted_last(office: Office, client_of: ClientOf) -> None:
    room = a_good_room(office.office_leader, office.unit)
    noted_by(office.office_leader, room, exits="blocked")
    response = client_of(office.office_leader).get(reverse("premises:room_note", args=[room.id]))
    assert response.context["form"]["f_exits"].value() == "blocked"


@pytest.mark.parametrize("page", ["building_new", "building_change", "zone_new", "room_new"])
def test_a_counsellor_who_follows_a_leaders_link_is_told_who_can(
    office: Office, client_of: ClientOf, page: str
) -> None:
    building = building_by(office.office_leader, office.unit)
    args = [] if page == "building_new" else [building.id]
    response = client_of(office.counsellor).get(reverse(f"premises:{page}", args=args))
    assert response.status_code == 403


def test_another_office_finds_no_building(office: Office, client_of: ClientOf) -> None:
    building = building_by(office.office_leader, office.unit)
    other = make_office("Nav Storvik")
    response = client_of(other.office_leader).get(reverse("premises:building", args=[building.id]))
    assert response.status_code == 404


def test_a_building_that_is_left_still_shows_the_rooms_it_had(office: Office, client_of: ClientOf) -> None:
    room = a_good_room(office.office_leader, office.unit)
    Building.objects.update(left_on=timezone.localdate())
    page = client_of(office.counsellor).get(room.zone.building.get_absolute_url()).content.decode()
    assert room.get_absolute_url() in page
    assert "Ingen rom ennå" not in page


def test_only_the_rooms_on_the_page_of_a_large_building_are_judged(
    office: Office, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    zone = a_good_room(office.office_leader, office.unit).zone
    Room.objects.bulk_create(Room(zone=zone, name=f"Rom {n}", kind="meeting_room") for n in range(100, 220))
    judged: list[int] = []
    monkeypatch.setattr(registry, "_troubles", [lambda rooms: judged.append(len(rooms)) or {}])
    page = client_of(office.counsellor).get(zone.building.get_absolute_url())
    assert len(page.context["rooms"]) == 50
    assert judged == [50]
