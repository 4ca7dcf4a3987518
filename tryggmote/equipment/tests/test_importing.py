"""A list of equipment from a spreadsheet (3.5): shown first, taken in whole, and every bad line said."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tryggmote.access.ids import new_id
from tryggmote.equipment.models import ImportDraft, Item
from tryggmote.equipment.tests.factories import item_by
from tryggmote.organisation.importing.workbooks import workbook_sheets
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.premises.tests.factories import a_good_room, building_by, room_by, zone_by

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
HEADINGS = ["Navn", "Type", "Bygg", "Sone", "Rom", "Sted", "Serienummer", "Måneder mellom tester"]


@pytest.fixture
def office() -> Office:
    return make_office()


def workbook(*lines: list[Any], headings: list[str] = HEADINGS, sheet: str = "Liste") -> bytes:
    memory = BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet)
        for number, cells in enumerate([headings, *lines]):
            page.write_row(number, 0, cells)
    return memory.getvalue()


def sent(client: Client, office: Office, content: bytes) -> HttpResponse:
    file = SimpleUploadedFile("utstyr.xlsx", content)
    return client.post(
        reverse("equipment:spreadsheet"), {"id": new_id(), "unit": office.unit.id, "file": file}, follow=True
    )


def taken_in(client: Client) -> HttpResponse:
    return client.post(reverse("equipment:spreadsheet_preview", args=[ImportDraft.objects.get().id]))


def test_a_list_is_shown_then_taken_in_and_forgotten(office: Office, client_of: ClientOf) -> None:
    room = a_good_room(office.office_leader, office.unit, "Rom 3")
    client = client_of(office.office_leader)
    lines = [
        ["Knappen under pulten", "Fast alarmknapp", "", "", "rom 3", "", "AB-1", 6],
        ["Alarm 7", "berbar alarm", "", "", "", "Skapet", 4711, ""],
    ]
    page = sent(client, office, workbook(*lines)).content.decode()
    assert "Knappen under pulten" in page
    assert not Item.objects.exists()
    taken_in(client)
    button, alarm = Item.objects.order_by("-name")
    assert (button.room_id, button.interval_months, button.serial) == (room.id, 6, "AB-1")
    assert (alarm.type, alarm.place, alarm.interval_months, alarm.serial) == (
        "portable_alarm",
        "Skapet",
        1,
        "4711",
    )
    assert not ImportDraft.objects.exists()


def test_every_bad_line_is_said_and_nothing_is_taken_in(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.office_leader)
    lines = [
        ["Alarm 1", "Bærbar alarm", "", "", "", "Skapet", "1", ""],
        ["Alarm 2", "Romskip", "", "", "", "Skapet", "2", ""],
        ["", "Kamera", "", "", "", "Mottak", "3", ""],
        ["Knapp", "Fast alarmknapp", "", "", "Rom 99", "", "4", ""],
        ["Alarm 5", "Bærbar alarm", "", "", "", "Skapet", "1", "ofte"],
        ["Alarm 6", "Bærbar alarm", "", "", "", "", "6", 3],
        ["Alarm 7", "Bærbar alarm", "", "", "", "Skapet", "1", 3],
    ]
    answer = sent(client, office, workbook(*lines))
    assert answer.status_code == 422
    said = [(problem.line, problem.column) for problem in answer.context["problems"]]
    assert said == [
        (3, "type"), (4, "navn"), (5, "rom"), (6, "måneder mellom tester"), (7, "rom"), (8, "serienummer")
    ]  # fmt: skip
    assert taken_in(client).status_code == 422
    assert not Item.objects.exists()


def test_two_rooms_of_one_name_need_the_building(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.office_leader)
    rooms = [
        room_by(
            office.office_leader,
            zone_by(office.office_leader, building_by(office.office_leader, office.unit, name)),
        )
        for name in ("Storgata 4", "Havna 1")
    ]
    line = ["Knapp", "Fast alarmknapp", "", "", "Rom 3", "", "", ""]
    assert sent(client, office, workbook(line)).status_code == 422
    line[2] = "havna 1"
    sent(client, office, workbook(line))
    taken_in(client)
    assert Item.objects.get().room_id == rooms[1].id


def test_what_is_registered_stays_as_it_is_and_is_named(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.office_leader)
    known = item_by(office.office_leader, office.unit, serial="AB-1")
    lines = [
        ["Noe annet", "Kamera", "", "", "", "Mottak", "ab 1", ""],
        ["Ny", "Kamera", "", "", "", "Mottak", "AB-2", ""],
    ]
    page = sent(client, office, workbook(*lines))
    assert [row.line for row in page.context["known"]] == [2]
    taken_in(client)
    assert Item.objects.exclude(id=known.id).get().serial == "AB-2"


@pytest.mark.parametrize("content", [b"", b"no zip", workbook(headings=["Farge"]), workbook()])
def test_what_is_no_list_is_said(office: Office, client_of: ClientOf, content: bytes) -> None:
    assert sent(client_of(office.office_leader), office, content).status_code == 422
    assert not Item.objects.exists()


def test_the_template_can_be_sent_in(office: Office, client_of: ClientOf) -> None:
    a_good_room(office.office_leader, office.unit, "Rom 3")
    client = client_of(office.office_leader)
    template = client.get(reverse("equipment:spreadsheet_template")).content
    assert [name for name, _rows in workbook_sheets(template, "mal.xlsx")] == ["utstyr", "typer"]
    assert sent(client, office, template).status_code == 200
    taken_in(client)
    assert Item.objects.get().kind.code == "alarm_button"


def test_a_counsellor_takes_nothing_in(office: Office, client_of: ClientOf) -> None:
    assert sent(client_of(office.counsellor), office, workbook()).status_code == 403


def test_another_leader_finds_no_file(office: Office, client_of: ClientOf) -> None:
    sent(client_of(office.office_leader), office, workbook(["A", "Kamera", "", "", "", "Mottak", "", ""]))
    other = make_office("Nav Storvik")
    assert taken_in(client_of(other.office_leader)).status_code == 404


def test_a_thousand_lines_cost_no_more_questions_than_two(
    office: Office, client_of: ClientOf, django_assert_max_num_queries: Any
) -> None:
    client = client_of(office.office_leader)
    lines = [[f"Kamera {n}", "Kamera", "", "", "", "Mottak", f"K{n}", ""] for n in range(1000)]
    sent(client, office, workbook(*lines))
    with django_assert_max_num_queries(35):
        taken_in(client)
    assert Item.objects.count() == 1000
