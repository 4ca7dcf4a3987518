"""The pages of reviews and changes as people meet them (3.1)."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from tryggmote.access.ids import new_id
from tryggmote.controls.models import Measure
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.premises.models import Room
from tryggmote.premises.tests.factories import a_good_room, building_by, room_by
from tryggmote.reviews import checklists
from tryggmote.reviews.models import Change, Finding, FindingPicture, Part, Review
from tryggmote.reviews.tests.factories import begun_by, change_by, done_by, found_by, walked_by
from tryggmote.risk.models import Hazard

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def room(office: Office) -> Room:
    return a_good_room(office.office_leader, office.unit)


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def in_order(place: str, **changed: str) -> dict[str, str]:
    """What the form sends when everything is in order, but for `changed`."""
    points = checklists.current().points_at(place)
    return {"id": str(new_id()), **{f"p_{point.code}": "ok" for point in points}, **changed}


def a_file() -> SimpleUploadedFile:
    written = io.BytesIO()
    Image.new("RGB", (8, 6), "teal").save(written, format="JPEG")
    return SimpleUploadedFile("saks.jpg", written.getvalue(), content_type="image/jpeg")


def test_a_review_from_the_list_to_both_signatures(office: Office, room: Room, client_of: ClientOf) -> None:
    leader, representative = client_of(office.office_leader), client_of(office.safety_representative)
    assert "Ingen vernerunder ennå" in read(leader, reverse("reviews:home"))
    begun = {"id": new_id(), "building": room.zone.building_id, "occasion": "yearly"}
    address = leader.post(reverse("reviews:begin"), begun).headers["Location"]
    review = Review.objects.get()
    assert "2 steder gjenstår" in read(representative, address)
    onwards = representative.post(
        reverse("reviews:walk_building", args=[review.id]), in_order("building")
    ).headers["Location"]
    assert onwards == reverse("reviews:walk_room", args=[review.id, room.id])
    assert representative.post(onwards, in_order("meeting_room")).headers["Location"] == address
    for client in (representative, leader):
        client.post(reverse("reviews:sign", args=[review.id]), {"id": new_id(), "words": "Bra gått."})
    page = read(client_of(office.counsellor), address)
    assert "Signert av leder og verneombud" in page
    assert "Bra gått." in page


def test_what_is_not_in_order_comes_with_a_photograph_and_leads_to_its_hazard(
    office: Office, room: Room, client_of: ClientOf
) -> None:
    review = begun_by(office.safety_representative, room.zone.building)
    client = client_of(office.safety_representative)
    sent = in_order("meeting_room", p_objects="not_ok", w_objects="Saks på bordet.")
    client.post(reverse("reviews:walk_room", args=[review.id, room.id]), sent | {"f_objects": a_file()})
    page = read(client, review.get_absolute_url())
    assert "Saks på bordet." in page
    assert Hazard.objects.get().get_absolute_url() in page
    picture = FindingPicture.objects.get()
    assert picture.get_absolute_url() in page
    assert client_of(office.counsellor).get(picture.get_absolute_url()).status_code == 200
    assert client_of(office.county_director).get(picture.get_absolute_url()).status_code == 404
    hazard = read(client_of(office.office_leader), Hazard.objects.get().get_absolute_url())
    assert f"{review.get_absolute_url()}#funn-{Finding.objects.get().id}" in hazard


def test_a_leader_plans_the_measure_in_the_room(office: Office, room: Room, client_of: ClientOf) -> None:
    review = begun_by(office.office_leader, room.zone.building)
    client = client_of(office.office_leader)
    due = timezone.localdate() + timedelta(days=9)
    sent = in_order(
        "meeting_room", p_alarm="not_ok", b_alarm="measure", t_alarm="Sett opp knapp", d_alarm=due.isoformat()
    )
    client.post(reverse("reviews:walk_room", args=[review.id, room.id]), sent)
    assert "Tiltak: Sett opp knapp" in read(client, review.get_absolute_url())
    assert review.get_absolute_url() in read(client, Measure.objects.get().get_absolute_url())


def test_a_day_that_has_been_is_said_at_the_field_and_nothing_is_lost(
    office: Office, room: Room, client_of: ClientOf
) -> None:
    review = begun_by(office.office_leader, room.zone.building)
    sent = in_order("meeting_room", p_alarm="not_ok", w_alarm="Står bak døra.", d_alarm="2020-01-01")
    response = client_of(office.office_leader).post(
        reverse("reviews:walk_room", args=[review.id, room.id]), sent
    )
    assert response.status_code == 422
    page = response.content.decode()
    assert "Dagen har vært" in page
    assert "Står bak døra." in page
    assert not Part.objects.exists()


def test_one_sends_what_one_has_seen_and_comes_back(office: Office, room: Room, client_of: ClientOf) -> None:
    review = begun_by(office.office_leader, room.zone.building)
    address = reverse("reviews:walk_room", args=[review.id, room.id])
    client = client_of(office.office_leader)
    client.post(address, {"id": new_id(), "p_alarm": "ok", "words": "Går tilbake."})
    assert "1 av" in read(client, review.get_absolute_url())
    form = client.get(address).context["form"]
    assert form["p_alarm"].value() == "ok"
    assert form["words"].value() == "Går tilbake."


def test_a_counsellor_reads_but_is_told_who_walks(office: Office, room: Room, client_of: ClientOf) -> None:
    review = begun_by(office.office_leader, room.zone.building)
    client = client_of(office.counsellor)
    assert reverse("reviews:walk_building", args=[review.id]) not in read(client, review.get_absolute_url())
    for name, args in (("walk_building", [review.id]), ("begin", [])):
        response = client.get(reverse(f"reviews:{name}", args=args))
        assert response.status_code == 403
        assert "verneombud" in response.content.decode()


def test_the_rebuilt_reception_is_not_closed_without_review(
    office: Office, room: Room, client_of: ClientOf
) -> None:
    client = client_of(office.office_leader)
    sent = {
        "id": new_id(), "kind": "rebuilding", "what": "Ny skranke.", "rooms": [str(room.id)],
        "in_use_on": (timezone.localdate() + timedelta(days=5)).isoformat(),
    }  # fmt: skip
    address = client.post(reverse("changes:register", args=[room.zone.building_id]), sent).headers["Location"]
    change = Change.objects.get()
    close = reverse("changes:close", args=[change.id])
    refused = client.post(close, {"id": new_id()})
    assert refused.status_code == 409
    assert "signert vernerunden" in refused.content.decode()
    client.post(reverse("changes:review", args=[change.id]), {"id": new_id()})
    review = Review.objects.get()
    assert review.change == change
    walked_by(office.office_leader, review)
    for person in (office.office_leader, office.safety_representative):
        client_of(person).post(reverse("reviews:sign", args=[review.id]), {"id": new_id()})
    assert "Endringen kan lukkes" in read(client, address)
    client.post(close, {"id": new_id()})
    assert "Lukket etter vernerunde" in read(client, address)


def test_a_change_in_use_unreviewed_says_so(office: Office, room: Room, client_of: ClientOf) -> None:
    change = change_by(office.office_leader, room.zone.building, in_use_on=timezone.localdate())
    client = client_of(office.counsellor)
    assert "uten vernerunde. Gå den nå." in read(client, change.get_absolute_url())
    assert "I bruk uten vernerunde" in read(client, reverse("changes:changes"))


def test_a_leader_with_one_building_comes_straight_to_the_change(
    office: Office, room: Room, client_of: ClientOf
) -> None:
    client = client_of(office.office_leader)
    assert client.get(reverse("changes:new")).status_code == 302
    building_by(office.office_leader, office.unit, name="Rådhuset")
    assert "Rådhuset" in read(client, reverse("changes:new"))


def test_the_building_tells_of_its_review_and_asks_about_what_is_new(
    office: Office, room: Room, client_of: ClientOf
) -> None:
    client, building = client_of(office.office_leader), room.zone.building
    assert "Aldri gått" in read(client, building.get_absolute_url())
    done_by(office.office_leader, office.safety_representative, building)
    assert "Sist gått" in read(client, building.get_absolute_url())
    room_by(office.office_leader, room.zone, "Rom 2")
    assert "Noen rom er nye siden sist" in read(client, building.get_absolute_url())
    change_by(office.office_leader, building)
    assert "Noen rom er nye siden sist" not in read(client, building.get_absolute_url())
    temporary = building_by(office.office_leader, office.unit, name="Brakka", is_temporary=True)
    assert "Midlertidige lokaler skal være gått" in read(client, temporary.get_absolute_url())


def test_the_phone_keeps_the_review_one_is_in_the_middle_of(
    office: Office, room: Room, client_of: ClientOf
) -> None:
    review = begun_by(office.office_leader, room.zone.building)
    client = client_of(office.office_leader)
    pages = client.get("/uten-nett/mine/").json()["pages"]
    wanted = {
        reverse("reviews:home"), review.get_absolute_url(),
        reverse("reviews:walk_building", args=[review.id]),
        reverse("reviews:walk_room", args=[review.id, room.id]),
    }  # fmt: skip
    assert wanted <= set(pages)
    assert reverse("premises:room_note", args=[room.id]) in read(client, review.get_absolute_url())
    for page in wanted:
        main = read(client, page).split('<main class="tm-page"')[1].split("</main>")[0]
        assert main.count('method="post"') == main.count("data-resend"), page
    assert (
        review.get_absolute_url() not in client_of(office.counsellor).get("/uten-nett/mine/").json()["pages"]
    )


def test_a_review_of_many_rooms_asks_the_database_as_often_as_one_of_few(
    office: Office, room: Room, client_of: ClientOf, django_assert_max_num_queries: Callable
) -> None:
    Room.objects.bulk_create(Room(zone=room.zone, name=f"R{n}", kind="meeting_room") for n in range(40))
    review = begun_by(office.office_leader, room.zone.building)
    for other in Room.objects.filter(name__in=("R1", "R2", "R3")):
        found_by(office.office_leader, review, other, "objects")
    client = client_of(office.office_leader)
    client.get("/")
    with django_assert_max_num_queries(22):
        client.get(review.get_absolute_url())
    with django_assert_max_num_queries(18):
        client.get(reverse("reviews:walk_room", args=[review.id, room.id]))


def test_the_lists_ask_a_handful_of_times_however_long_they_are(
    office: Office, room: Room, client_of: ClientOf, django_assert_max_num_queries: Callable
) -> None:
    for number in range(6):
        building = building_by(office.office_leader, office.unit, name=f"Bygg {number}")
        begun_by(office.office_leader, building)
        change_by(office.office_leader, building)
    client = client_of(office.office_leader)
    client.get("/")
    for name in ("reviews:home", "changes:changes"):
        with django_assert_max_num_queries(14):
            client.get(reverse(name))


def test_another_office_finds_nothing(office: Office, room: Room, client_of: ClientOf) -> None:
    review = begun_by(office.office_leader, room.zone.building)
    change = change_by(office.office_leader, room.zone.building)
    other = client_of(make_office("Nav Storvik").office_leader)
    assert other.get(review.get_absolute_url()).status_code == 404
    assert other.get(change.get_absolute_url()).status_code == 404
    assert other.post(reverse("changes:close", args=[change.id]), {"id": new_id()}).status_code == 404
