"""The pages of equipment as people meet them (3.5)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.ids import new_id
from tryggmote.controls.models import Measure
from tryggmote.controls.tests.helpers import established_by, planned_by
from tryggmote.controls.vocabulary import MeasureKind
from tryggmote.equipment.models import Item, ItemTest, MeasureTest, Responsible
from tryggmote.equipment.rules import State
from tryggmote.equipment.tests.factories import after_test_by, button_in, item_by
from tryggmote.information.models import Reading
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.premises.tests.factories import a_good_room

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    return make_office()


def page_of(client: Client, name: str, *args: object, **query: object) -> str:
    response = client.get(reverse(f"equipment:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def answers(**changes: Any) -> dict[str, Any]:
    """A filled-in form for a new item."""
    given = {
        "id": new_id(), "type": "portable_alarm", "name": "Alarm 7", "where": "", "place": "Skapet",
        "interval_months": "", "in_use_from": "2026-01-15", "supplier": "", "serial": "",
    }  # fmt: skip
    return given | changes


def test_an_empty_list_offers_a_leader_the_first_step_and_tells_others_what_will_be_here(
    office: Office, client_of: ClientOf
) -> None:
    assert reverse("equipment:item_new") in page_of(client_of(office.office_leader), "items")
    assert reverse("equipment:item_new") not in page_of(client_of(office.counsellor), "items")


def test_a_leader_registers_an_item_in_a_room_with_the_interval_of_its_type(
    office: Office, client_of: ClientOf
) -> None:
    room = a_good_room(office.office_leader, office.unit)
    form = answers(type="alarm_button", where=f"room:{room.id}", place="")
    client_of(office.office_leader).post(reverse("equipment:item_new"), form)
    item = Item.objects.get()
    assert (item.room_id, item.unit_id, item.interval_months) == (room.id, office.unit.id, 3)
    assert item.where == room.name


def test_an_item_must_be_somewhere_and_the_field_says_so(office: Office, client_of: ClientOf) -> None:
    response = client_of(office.office_leader).post(reverse("equipment:item_new"), answers(place=""))
    assert response.status_code == 422
    assert "Velg et rom, eller skriv hvor det er." in response.content.decode()
    assert response.context["form"]["name"].value() == "Alarm 7"


def test_a_room_of_another_unit_is_not_offered(office: Office, client_of: ClientOf) -> None:
    other = make_office("Nav Storvik")
    room = a_good_room(other.office_leader, other.unit)
    response = client_of(office.office_leader).post(
        reverse("equipment:item_new"), answers(where=f"room:{room.id}")
    )
    assert response.status_code == 422
    assert not Item.objects.exists()


def test_an_item_is_changed_and_taken_out_and_its_tests_stay(office: Office, client_of: ClientOf) -> None:
    item = after_test_by(office.counsellor, item_by(office.office_leader, office.unit))
    client = client_of(office.office_leader)
    client.post(
        reverse("equipment:item_change", args=[item.id]),
        answers(name="Alarm 8", interval_months=12, in_use_from=item.in_use_from.isoformat()),
    )
    changed = Item.objects.get()
    assert (changed.name, changed.interval_months) == ("Alarm 8", 12)
    assert changed.due_on > item.due_on
    client.post(reverse("equipment:item_out", args=[item.id]))
    assert Item.objects.get().state is State.OUT
    assert "Alarm 8" not in page_of(client, "items")
    assert "Alarm 8" in page_of(client, "items", state="out")
    assert ItemTest.objects.count() == 1


def test_one_tap_after_a_scan_records_that_it_works(office: Office, client_of: ClientOf) -> None:
    item = item_by(office.office_leader, office.unit)
    client = client_of(office.counsellor)
    assert "Se at den er ladet" in page_of(client, "test", item.code.lower())
    response = client.post(item.test_url, {"id": new_id(), "outcome": "passed"})
    assert response.headers["Location"] == item.get_absolute_url()
    test = ItemTest.objects.get()
    assert (test.passed, test.by_id) == (True, office.counsellor.id)


def test_one_tap_says_what_is_wrong_and_the_page_says_what_follows(
    office: Office, client_of: ClientOf
) -> None:
    room = a_good_room(office.office_leader, office.unit)
    item = button_in(office.office_leader, room)
    client = client_of(office.counsellor)
    form = {"id": new_id(), "outcome": "unheard", "words": "Prøvd tre ganger."}
    page = client.post(item.test_url, form, follow=True).content.decode()
    for said in ("Lederen har fått et tiltak.", "Virker ikke", "Ingen fikk varselet", "Prøvd tre ganger."):
        assert said in page
    assert Measure.objects.get().get_absolute_url() in page
    room_page = client.get(room.get_absolute_url()).content.decode()
    assert "«Knappen under pulten» virker ikke." in room_page


def test_an_outcome_nobody_was_offered_is_asked_for_again(office: Office, client_of: ClientOf) -> None:
    item = item_by(office.office_leader, office.unit)
    response = client_of(office.counsellor).post(item.test_url, {"id": new_id(), "outcome": "great"})
    assert response.status_code == 422
    assert "Velg om det virket." in response.content.decode()


def test_a_code_that_was_typed_in_is_found_however_it_was_written(
    office: Office, client_of: ClientOf
) -> None:
    item = item_by(office.office_leader, office.unit)
    typed = f" {item.code_in_two.lower()} "
    client_of(office.counsellor).post(
        reverse("equipment:test_any"), {"id": new_id(), "label": typed, "outcome": "passed"}
    )
    assert ItemTest.objects.get().item_id == item.id


@pytest.mark.parametrize("typed", ["XXXX-XXXX", "\x00", "x" * 50, ""])
def test_a_code_nobody_has_is_said_at_the_field(office: Office, client_of: ClientOf, typed: str) -> None:
    response = client_of(office.counsellor).post(
        reverse("equipment:test_any"), {"id": new_id(), "label": typed, "outcome": "passed"}
    )
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"label"}


def test_a_code_of_another_office_is_as_one_nobody_has(office: Office, client_of: ClientOf) -> None:
    item = item_by(office.office_leader, office.unit)
    other = make_office("Nav Storvik")
    assert client_of(other.counsellor).get(item.test_url).status_code == 404


@pytest.mark.parametrize("at", ["2026-99-99T10:00", "9999-12-31T23:59", "0001-01-01T00:00", "now"])
def test_a_moment_that_cannot_be_is_now(office: Office, client_of: ClientOf, at: str) -> None:
    item = item_by(office.office_leader, office.unit)
    client_of(office.counsellor).post(item.test_url, {"id": new_id(), "outcome": "passed", "at": at})
    assert abs((ItemTest.objects.get().at - timezone.now()).total_seconds()) < 60


def test_a_round_records_what_was_ticked_and_what_was_wrong_and_leaves_the_rest(
    office: Office, client_of: ClientOf
) -> None:
    works, fails, left = (
        item_by(office.office_leader, office.unit, name=f"Alarm {number}") for number in range(3)
    )
    client = client_of(office.counsellor)
    assert "Alarm 2" in page_of(client, "round")
    form = {
        "id": new_id(), f"p_{works.code}": "on", f"r_{works.code}": "", f"r_{fails.code}": "power",
        f"r_{left.code}": "",
    }  # fmt: skip
    for _turn in range(2):
        client.post(reverse("equipment:round"), form)
    states = {item.name: item.state for item in Item.objects.all()}
    assert states == {"Alarm 0": State.TESTED, "Alarm 1": State.FAILING, "Alarm 2": State.NEVER}
    assert ItemTest.objects.count() == 2
    assert Measure.objects.count() == 1


def test_a_round_where_one_both_works_and_fails_is_asked_about(office: Office, client_of: ClientOf) -> None:
    item = item_by(office.office_leader, office.unit)
    form = {"id": new_id(), f"p_{item.code}": "on", f"r_{item.code}": "dead"}
    response = client_of(office.counsellor).post(reverse("equipment:round"), form)
    assert response.status_code == 422
    assert "kan ikke både virke og ikke virke" in response.content.decode()
    assert not ItemTest.objects.exists()


def test_a_round_with_names_nobody_made_records_nothing(office: Office, client_of: ClientOf) -> None:
    form = {"id": new_id(), "r_\x00": "dead", "r_XXXXXXXX": "dead"}
    assert client_of(office.counsellor).post(reverse("equipment:round"), form).status_code == 422


def test_whoever_opens_the_item_has_read_the_news_and_seen_the_notice(
    office: Office, client_of: ClientOf
) -> None:
    item = after_test_by(office.counsellor, item_by(office.office_leader, office.unit), "dead")
    client_of(office.colleague).get(item.get_absolute_url())
    assert Notice.objects.get(kind="equipment_failed", person=office.colleague).seen_at
    assert Reading.objects.filter(person=office.colleague).exists()


def test_a_round_is_of_one_zone_and_one_type(office: Office, client_of: ClientOf) -> None:
    room = a_good_room(office.office_leader, office.unit)
    button = button_in(office.office_leader, room)
    item_by(office.office_leader, office.unit)
    client = client_of(office.counsellor)
    page = client.get(reverse("equipment:round"), {"sted": room.zone_id, "type": "alarm_button"})
    assert [row.item for row in page.context["form"].rows] == [button]


def test_the_plan_leads_a_leader_to_who_tests(office: Office, client_of: ClientOf) -> None:
    item_by(office.office_leader, office.unit)
    client = client_of(office.office_leader)
    url = reverse("equipment:responsible", args=[office.unit.id])
    assert url in page_of(client, "plan")
    client.post(url, {"portable_alarm": office.counsellor.id})
    assert Responsible.objects.get().person_id == office.counsellor.id
    assert url not in page_of(client_of(office.counsellor), "plan")


def test_a_measure_with_an_interval_is_tested_on_its_page(office: Office, client_of: ClientOf) -> None:
    measure = planned_by(
        office.office_leader, office.unit, office.leader, kind=MeasureKind.EQUIPMENT, interval_months=6
    )
    established_by(office.leader, measure)
    client = client_of(office.counsellor)
    url = reverse("equipment:measure_test", args=[measure.id])
    item_by(office.office_leader, office.unit)
    assert url in page_of(client, "plan")
    client.post(url, {"id": new_id(), "outcome": "passed"})
    assert MeasureTest.objects.get().passed
    assert "Virket" in client.get(url).content.decode()


@pytest.mark.parametrize("page", ["item_new", "spreadsheet"])
def test_a_counsellor_who_follows_a_leaders_link_is_told_who_can(
    office: Office, client_of: ClientOf, page: str
) -> None:
    assert client_of(office.counsellor).get(reverse(f"equipment:{page}")).status_code == 403


@pytest.mark.parametrize("page", ["items", "round", "plan"])
def test_more_equipment_costs_no_more_questions(office: Office, client_of: ClientOf, page: str) -> None:
    room = a_good_room(office.office_leader, office.unit)
    client = client_of(office.counsellor)

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse(f"equipment:{page}"))
        return len(captured)

    button_in(office.office_leader, room, "Knapp 0")
    asked()
    few = asked()
    for number in range(1, 12):
        button_in(office.office_leader, room, f"Knapp {number}")
    assert asked() == few


def test_a_phone_keeps_the_tests_that_are_asked_for(office: Office, client_of: ClientOf) -> None:
    for number in range(20):
        item_by(office.office_leader, office.unit, name=f"Alarm {number}")
    client = client_of(office.counsellor)
    kept = client.get("/uten-nett/mine/").json()["pages"]
    assert reverse("equipment:test_any") in kept
    assert sum(address.startswith("/utstyr/t/") for address in kept) == 13
    for address in kept:
        if address.startswith("/utstyr/t/"):
            main = client.get(address).content.decode().split('<main class="tm-page"')[1].split("</main>")[0]
            assert main.count('method="post"') == main.count("data-resend") == 1


@pytest.mark.parametrize(("months", "is_said"), [(1, False), (12, True)])
def test_that_something_is_tested_more_rarely_than_is_usual_is_said_to_all(
    office: Office, client_of: ClientOf, months: int, is_said: bool
) -> None:
    """A unit decides its intervals, and nobody is to think that they are the usual ones."""
    item = item_by(office.office_leader, office.unit, interval_months=months)
    page = page_of(client_of(office.counsellor), "item", item.id)
    assert ("Vanlig for typen er hver måned." in page) is is_said
