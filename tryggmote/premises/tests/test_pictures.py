"""Pictures and plans of premises: cleaned, and seen by the unit only (3.1)."""

import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.premises import pictures
from tryggmote.premises.models import Picture, Room
from tryggmote.premises.tests.factories import a_good_room, building_by, pictured_by

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def room(office: Office) -> Room:
    return a_good_room(office.office_leader, office.unit)


def a_photograph() -> SimpleUploadedFile:
    """A JPEG that says where it was taken."""
    exif = Image.Exif()
    exif[0x010E] = "Bakdøra til Storgata 4"
    written = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(written, format="JPEG", exif=exif)
    return SimpleUploadedFile("dør.jpg", written.getvalue(), content_type="image/jpeg")


def test_a_leader_puts_in_a_plan_and_nothing_but_the_picture_is_kept(
    office: Office, room: Room, client_of: ClientOf
) -> None:
    client = client_of(office.office_leader)
    sent = {"id": new_id(), "picture": a_photograph(), "shows": "Plan av første etasje"}
    client.post(reverse("premises:room_picture", args=[room.id]), sent)
    picture = Picture.objects.get()
    assert (picture.room, picture.building) == (room, room.zone.building)
    assert b"Bakd" not in bytes(picture.content)
    assert "Plan av første etasje" in client.get(room.get_absolute_url()).content.decode()


def test_only_those_who_belong_to_the_unit_see_it(office: Office, room: Room, client_of: ClientOf) -> None:
    picture = pictured_by(office.office_leader, room.zone.building, room)
    for person in (office.counsellor, office.colleague, office.safety_representative, office.leader):
        response = client_of(person).get(picture.get_absolute_url())
        assert response.status_code == 200, person.name
        assert "no-store" in response.headers["Cache-Control"]
    strangers = (
        office.county_director, office.directorate_member, office.administrator, office.auditor,
        make_office("Nav Storvik").office_leader,
    )  # fmt: skip
    for person in strangers:
        assert client_of(person).get(picture.get_absolute_url()).status_code == 404, person.name


def test_only_a_leader_puts_in_and_takes_out(office: Office, room: Room, client_of: ClientOf) -> None:
    picture = pictured_by(office.office_leader, room.zone.building, room)
    address = reverse("premises:picture_remove", args=[picture.id])
    assert client_of(office.counsellor).post(address).status_code == 403
    add = reverse("premises:building_picture", args=[room.zone.building_id])
    assert client_of(office.counsellor).get(add).status_code == 403
    client_of(office.office_leader).post(address)
    assert not Picture.objects.exists()


def test_what_is_no_picture_is_refused_with_the_reason(
    office: Office, room: Room, client_of: ClientOf
) -> None:
    file = SimpleUploadedFile("plan.pdf", b"%PDF-1.7", content_type="application/pdf")
    response = client_of(office.office_leader).post(
        reverse("premises:room_picture", args=[room.id]),
        {"id": new_id(), "picture": file, "shows": "Planen"},
    )
    assert response.status_code == 422
    page = response.content.decode()
    assert "Filen er ikke et bilde vi kan lese" in page
    assert "Planen" in page


def test_a_picture_is_of_a_room_in_its_building(office: Office, room: Room) -> None:
    other = building_by(office.office_leader, office.unit, name="Rådhuset")
    with acting_as(office.office_leader.id) as by, pytest.raises(ProgrammingError), transaction.atomic():
        Picture.objects.create(
            building=other,
            room=room,
            by_id=by.id,
            shows="x",
            kind="image/png",
            content=b"",
            width=1,
            height=1,
        )


def test_there_is_an_end_to_how_many(office: Office, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST", 1)
    pictured_by(office.office_leader, room.zone.building)
    with pytest.raises(NotPossible, match="Ta bort ett"):
        pictured_by(office.office_leader, room.zone.building)


def test_the_act_itself_refuses_others_than_leaders(office: Office, room: Room) -> None:
    with pytest.raises(NotAllowed):
        pictured_by(office.counsellor, room.zone.building)
