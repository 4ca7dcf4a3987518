"""Bad lists, others' codes, strange clocks and forged ids against the register of equipment (3.5)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.ids import new_id
from tryggmote.controls.models import Measure
from tryggmote.equipment.models import Item, ItemTest
from tryggmote.equipment.tests.factories import button_in, item_by
from tryggmote.equipment.tests.test_importing import HEADINGS, sent, workbook
from tryggmote.organisation.models import Person, RoleAssignment
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.premises.tests.factories import a_good_room

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def item(office: Office) -> Item:
    return item_by(office.office_leader, office.unit)


def line(**changes: Any) -> list[Any]:
    """A line of a list, in the order of its headings."""
    given = {"Navn": "Alarm", "Type": "Bærbar alarm", "Sted": "Skapet"} | changes
    return [given.get(heading, "") for heading in (*HEADINGS, "Tatt i bruk")]


def status_of(client: Client, office: Office, *lines: list[Any]) -> int:
    return sent(client, office, workbook(*lines, headings=[*HEADINGS, "Tatt i bruk"])).status_code


@pytest.mark.parametrize(
    "changes",
    [
        {"Navn": "x" * 30_000},
        {"Rom": "_x0000_"},
        {"Type": "'; drop table equipment_item; --"},
        {"Måneder mellom tester": 1e308},
        {"Måneder mellom tester": -3},
        {"Tatt i bruk": "31.12.9999"},
        {"Tatt i bruk": "01.01.2300"},
        {"Tatt i bruk": "29.02.2027"},
        {"Tatt i bruk": "01.01.1900"},
    ],
    ids=str,
)
def test_a_line_that_cannot_be_is_said_and_nothing_is_taken_in(
    office: Office, client_of: ClientOf, changes: dict[str, Any]
) -> None:
    assert status_of(client_of(office.office_leader), office, line(), line(**changes)) == 422


def test_twenty_thousand_lines_are_refused_with_the_number_to_send(
    office: Office, client_of: ClientOf
) -> None:
    lines = [line(Navn=f"Alarm {number}") for number in range(20_000)]
    page = sent(client_of(office.office_leader), office, workbook(*lines))
    assert page.status_code == 422
    assert "høyst 5000 om gangen" in page.content.decode()


def test_the_code_of_another_unit_opens_nothing_scanned_typed_or_in_a_round(
    office: Office, client_of: ClientOf
) -> None:
    other = make_office("Nav Storvik")
    theirs = item_by(other.office_leader, other.unit)
    client = client_of(office.counsellor)
    test = {"id": new_id(), "outcome": "passed"}
    assert client.get(theirs.test_url).status_code == client.post(theirs.test_url, test).status_code == 404
    typed = client.post(reverse("equipment:test_any"), test | {"label": theirs.code})
    assert "Fant ikke noe utstyr med denne koden" in typed.content.decode()
    in_a_round = {"id": new_id(), f"p_{theirs.code}": "on", f"r_{theirs.code}": ""}
    assert client.post(reverse("equipment:round"), in_a_round).status_code == 422
    assert not ItemTest.objects.exists()


def test_what_a_phone_sends_twice_is_one_test_and_what_is_found_twice_is_one_measure(
    office: Office, client_of: ClientOf
) -> None:
    item = button_in(office.office_leader, a_good_room(office.office_leader, office.unit))
    two_hours_ago = timezone.localtime() - timedelta(hours=2)
    kept = {"id": new_id(), "outcome": "dead", "at": two_hours_ago.strftime("%Y-%m-%dT%H:%M")}
    for form in (kept, kept, kept | {"id": new_id()}):
        assert client_of(office.counsellor).post(item.test_url, form).status_code == 302
    assert (ItemTest.objects.count(), Measure.objects.count()) == (2, 1)
    # Somebody else's id is nobody's to use.
    assert client_of(office.colleague).post(item.test_url, kept).status_code == 409
    assert ItemTest.objects.count() == 2


@pytest.mark.parametrize(
    "at",
    ["", "x", "9999-12-31T23:59", "0001-01-01T00:00", "2028-02-30T10:00", "2026-11-26T10:00+99:00"],
)
def test_a_clock_that_cannot_be_right_dates_no_test(
    office: Office, item: Item, client_of: ClientOf, at: str
) -> None:
    before = timezone.now()
    client_of(office.counsellor).post(item.test_url, {"id": new_id(), "outcome": "passed", "at": at})
    assert before <= ItemTest.objects.get().at <= timezone.now()


def test_who_lost_the_role_between_page_and_post_changes_nothing(
    office: Office, item: Item, client_of: ClientOf
) -> None:
    client = client_of(office.office_leader)
    yesterday = timezone.localdate() - timedelta(days=1)
    RoleAssignment.objects.filter(person=office.office_leader).update(ends_on=yesterday)
    form = {"id": new_id(), "type": "other", "name": "Nytt navn", "place": "X", "in_use_from": "2026-01-15"}
    for name, args in (
        ("item_new", []),
        ("item_change", [item.id]),
        ("item_out", [item.id]),
        ("spreadsheet", []),
    ):
        assert client.post(reverse(f"equipment:{name}", args=args), form).status_code == 403
    item.refresh_from_db()
    assert (item.name, item.ended_on) == ("Alarm 7", None)


def test_huge_and_broken_input_is_said_field_by_field(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.office_leader)
    form = {
        "id": new_id(), "type": "portable_alarm", "name": "A" * 100_000, "place": "Ska\x00pet",
        "interval_months": "9" * 5000, "in_use_from": "9999-12-31",
    }  # fmt: skip
    said = client.post(reverse("equipment:item_new"), form).context["form"].errors
    assert said.keys() == {"name", "place", "interval_months", "in_use_from"}


def test_addresses_nobody_would_write_show_the_register(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.counsellor)
    for query in ({"q": "\x00"}, {"q": "%"}, {"enhet": "9" * 20, "page": "-1"}, {"type": "x" * 5000}):
        assert client.get(reverse("equipment:items"), query).status_code == 200
    assert client.get(reverse("equipment:round"), {"sted": "x", "enhet": "9" * 20}).status_code == 200
    leader = client_of(office.office_leader)
    assert leader.get(reverse("equipment:item_new"), {"rom": "\x00"}).status_code == 200
