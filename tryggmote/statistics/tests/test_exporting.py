"""The file holds what the page shows and nothing more, says what its words mean, and runs nothing."""

import csv
from collections.abc import Callable
from datetime import date
from io import BytesIO, StringIO
from random import Random

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from tryggmote.organisation.models import Person
from tryggmote.statistics.counting import count_figures
from tryggmote.statistics.tests.county import LAST_YEAR, County, live, make_county

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def county() -> County:
    made = make_county()
    made.offices[0].name = "=HYPERLINK(1)"
    made.offices[0].save()
    live(made, Random(7), first=date(LAST_YEAR, 1, 1), last=date(LAST_YEAR, 12, 31), cases=60)
    count_figures()
    return made


def shown_as(number: int | None) -> str:
    return "skjult" if number is None else str(number)


def test_both_files_hold_the_numbers_of_the_page_and_hide_what_it_hides(
    client_of: ClientOf, county: County
) -> None:
    client, address = client_of(county.director), f"/tall/{county.county.id}/"
    page = client.get(address, {"year": LAST_YEAR}).context["page"]
    text = client.get(f"{address}fil/", {"year": LAST_YEAR, "file": "csv"}).content.decode("utf-8-sig")
    lines = {(t, row, column): value for t, row, column, value in csv.reader(StringIO(text), delimiter=";")}
    book = CalamineWorkbook.from_filelike(
        BytesIO(client.get(f"{address}fil/", {"year": LAST_YEAR, "file": "xlsx"}).content)
    )
    years = {row[0]: row[3] for row in book.get_sheet_by_name("Året").to_python()}
    for row in page.rows:
        name = str(row.measure.name)
        assert lines["Året", name, "Året"] == shown_as(row.year.n)
        assert years[name] == ("skjult" if row.year.n is None else row.year.n)
    hidden = [row for row in page.below if row.year.n is None]
    assert hidden
    for row in page.below:
        name = row.unit.name if not row.unit.name.startswith("=") else f"'{row.unit.name}"
        assert lines["Enhetene under", name, "Året"] == shown_as(row.year.n)
    assert {"Når på dagen og i uken" in name for name in book.sheet_names} == {True, False}


def test_a_unit_is_text_whatever_it_is_called(client_of: ClientOf, county: County) -> None:
    address = f"/tall/{county.county.id}/fil/"
    text = client_of(county.director).get(address, {"file": "csv"}).content.decode("utf-8-sig")
    assert ";'=HYPERLINK(1);" in text
    assert ";=HYPERLINK" not in text
    book = client_of(county.director).get(address, {"file": "xlsx"}).content
    rows = CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_name("Enhetene under").to_python()
    assert "=HYPERLINK(1)" in [row[0] for row in rows]


def test_the_file_says_what_its_words_mean(client_of: ClientOf, county: County) -> None:
    answer = client_of(county.director).get(f"/tall/{county.county.id}/fil/", {"year": LAST_YEAR})
    assert answer["Content-Disposition"] == f'attachment; filename="tall-{county.county.id}-{LAST_YEAR}.xlsx"'
    sheet = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_name("Hva tallene teller")
    said = {row[0]: row[1] for row in sheet.to_python()}
    assert said["Utgave"] == "2026-2"
    assert "øvelser" in said["Hjelp tilkalt"].lower()
    assert "fem personer" in said["skjult"]


def test_nobody_gets_a_file_of_a_unit_out_of_sight(client_of: ClientOf, county: County) -> None:
    employee = county.placements[county.offices[0].id][0].person
    assert client_of(employee).get(f"/tall/{county.county.id}/fil/").status_code == 404
