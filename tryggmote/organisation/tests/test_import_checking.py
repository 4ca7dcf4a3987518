"""Everything that can be wrong with a file is found, and said where it stands."""

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tryggmote.organisation.importing.cells import Unreadable, value_of
from tryggmote.organisation.importing.checking import Known, check
from tryggmote.organisation.importing.columns import PEOPLE, SHEETS, Kind
from tryggmote.organisation.importing.problems import BadFile, Problem
from tryggmote.organisation.importing.reading import read_path, read_workbook
from tryggmote.organisation.importing.workbooks import LARGEST_UNFOLDED
from tryggmote.organisation.tests.files import Tables, csv_folder, office, pages, workbook

EMPTY = Known(units={}, areas=frozenset(), people=frozenset())


def problems_of(tables: Tables, known: Known = EMPTY) -> list[Problem]:
    with pytest.raises(BadFile) as caught:
        check(pages(tables), known)
    return caught.value.problems


def change(sheet: str, line: int, **cells: Any) -> Callable[[Tables], None]:
    """Line numbers as in the spreadsheet: the first row below the heading is line 2."""
    return lambda tables: tables[sheet][line - 2].update(cells)


def add(sheet: str, **cells: Any) -> Callable[[Tables], None]:
    return lambda tables: tables[sheet].append(cells)


@pytest.mark.parametrize(
    ("spoil", "sheet", "line", "column", "reason"),
    [
        (change("units", 6, code=""), "enheter", 6, "kode", "Mangler"),
        (change("units", 6, kind="Slott"), "enheter", 6, "type", "Ukjent verdi «Slott»"),
        (change("units", 6, code="x" * 41), "enheter", 6, "kode", "inntil 40 tegn"),
        (change("units", 6, parents="F1 F9"), "enheter", 6, "overordnet", "«F9» finnes ikke i enheter"),
        (change("units", 6, meeting_forms="mottak, sauna"), "enheter", 6, "møteformer", "sauna"),
        (change("units", 6, meeting_forms="Utenfor jobb"), "enheter", 6, "møteformer", "Utenfor jobb"),
        (change("units", 6, parents="0451"), "enheter", 6, "overordnet", "0451 → 0451"),
        (change("units", 2, parents="0451"), "enheter", 2, "overordnet", "ring"),
        (add("units", code="F1", name="Igjen", kind="Fylke"), "enheter", 7, "kode", "linje 3"),
        (change("areas", 2, unit="F9"), "verneområder", 2, "enhet", "F9"),
        (change("people", 3, id=""), "personer", 3, "ansattnummer", "Mangler"),
        (change("people", 3, name=" "), "personer", 3, "navn", "Mangler"),
        (change("people", 3, id="12057012345"), "personer", 3, "ansattnummer", "fødselsnummer"),
        (change("people", 3, email="karl"), "personer", 3, "e-post", "e-postadresse"),
        (change("people", 3, language="dansk"), "personer", 3, "språk", "dansk"),
        (change("people", 3, employer="F1"), "personer", 3, "arbeidsgiver", "direktorat eller en kommune"),
        (change("people", 3, employer=""), "personer", 3, "arbeidsgiver", "må ha en arbeidsgiver"),
        (change("people", 3, unit="0999"), "personer", 3, "enhet", "0999"),
        (change("people", 3, daily_leader="X"), "personer", 3, "daglig leder", "«X» finnes ikke i personer"),
        (change("people", 3, formal_leader="K1"), "personer", 3, "formell leder", "sin egen leder"),
        (change("people", 4, safety_area="V9"), "personer", 4, "verneområde", "V9"),
        (change("people", 4, meets_clients="kanskje"), "personer", 4, "møter brukere", "ja eller nei"),
        (change("people", 4, starts_on="31.02.2026"), "personer", 4, "fra", "2026-01-31"),
        (change("people", 4, ends_on="2023-12-31"), "personer", 4, "til", "før første dag"),
        (add("people", id="S1", unit="0451"), "personer", 6, "ansattnummer", "linje 2"),
        (add("people", id="S1", unit="F1", name="En annen"), "personer", 6, "navn", "linje 2"),
        (add("people", id="S1"), "personer", 6, "enhet", "annen enhet"),
        (change("roles", 2, role="konge"), "roller", 2, "rolle", "konge"),
        (change("roles", 2, person="S9"), "roller", 2, "ansattnummer", "S9"),
        (change("roles", 3, person="S1", employer="NAV"), "roller", 3, "ansattnummer", "linje 2"),
    ],
)
def test_each_mistake_is_told_with_sheet_line_column_and_reason(
    spoil: Callable[[Tables], None], sheet: str, line: int, column: str, reason: str
) -> None:
    tables = office()
    spoil(tables)
    told = problems_of(tables)
    assert any((p.sheet, p.line, p.column) == (sheet, line, column) and reason in p.reason for p in told), (
        told
    )


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file() -> None:
    tables = office()
    change("roles", 2, role="konge")(tables)
    change("people", 5, starts_on="i fjor")(tables)
    change("people", 3, email="karl")(tables)
    change("units", 6, kind="Slott")(tables)
    assert [(p.sheet, p.line) for p in problems_of(tables)] == [
        ("enheter", 6),
        ("personer", 3),
        ("personer", 5),
        ("roller", 2),
    ]


def test_a_long_ring_is_told_once_with_the_way_round() -> None:
    ring = [
        {"code": f"R{n}", "name": f"R{n}", "kind": "team", "parents": f"R{(n + 1) % 2000}"}
        for n in range(2000)
    ]
    (problem,) = problems_of({"units": ring})
    assert problem.reason.startswith("Enhetene går i ring: R0 → R1 →")


def test_an_empty_sheet_is_a_mistake_and_a_sheet_left_out_is_not() -> None:
    assert problems_of({"people": []})[0].reason.startswith("Arket er tomt")
    known = Known(units={"0451": "office", "NAV": "directorate"}, areas=frozenset({"V1"}), people=frozenset())
    people = [row for row in office()["people"] if row["employer"] == "NAV"]
    people[1]["daily_leader"] = "S1"
    assert check(pages({"people": people}), known)["people"].rows[0].line == 2


def test_an_unknown_or_missing_heading_is_told(tmp_path: Path) -> None:
    (tmp_path / "enheter.csv").write_text("kode;navn;farge\n1;Én;blå\n", encoding="utf-8")
    with pytest.raises(BadFile) as caught:
        read_path(tmp_path)
    assert [(p.line, p.column) for p in caught.value.problems] == [(1, "farge"), (1, "type")]


def test_lines_are_numbered_as_the_spreadsheet_does_with_blank_ones_and_long_cells(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text('id,name\n\n1,"Kari\nEksempel"\n\n2,Ola\n', encoding="utf-8")
    assert [line.number for line in read_path(tmp_path)["people"].lines] == [3, 6]
    csv_folder(tmp_path, office())
    assert read_path(tmp_path)["units"].lines[0].number == 2
    assert read_workbook(workbook(office()), "fil.xlsx")["units"].lines[0].number == 2


def test_a_damaged_workbook_is_told_in_words() -> None:
    memory = BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook><sheets>")
    with pytest.raises(BadFile, match="skadet"):
        read_workbook(memory.getvalue(), "fil.xlsx")


def test_a_small_file_that_unfolds_into_a_mountain_is_refused() -> None:
    memory = BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (LARGEST_UNFOLDED + 1))
    with pytest.raises(BadFile, match="for stort"):
        read_workbook(memory.getvalue(), "fil.xlsx")


def test_headings_and_choices_may_be_written_in_both_languages_and_any_case() -> None:
    for sheet in SHEETS:
        for column in sheet.columns:
            for name in column.names:
                assert sheet.column_called(f" {name.upper()} ") is column
            if column.example and column.kind is not Kind.TEXT:
                value_of(column, column.example)
    with pytest.raises(Unreadable):
        value_of(PEOPLE.columns[0], "x" * 61)


def test_a_sheet_with_a_cell_in_its_far_corner_is_refused_before_room_is_made_for_all_cells() -> None:
    memory = BytesIO()
    with xlsxwriter.Workbook(memory) as book:
        page = book.add_worksheet("units")
        page.write(0, 0, "code")
        page.write(1_048_575, 16_383, "x")
    with pytest.raises(BadFile, match="for stort"):
        read_workbook(memory.getvalue(), "fil.xlsx")


def repacked(change: Callable[[str, bytes], bytes], *, more: dict[str, bytes] | None = None) -> bytes:
    """A sound workbook with its parts changed."""
    memory = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook(office()))) as sound, zipfile.ZipFile(memory, "w") as archive:
        for name in sound.namelist():
            archive.writestr(name, change(name, sound.read(name)))
        for name, content in (more or {}).items():
            archive.writestr(name, content)
    return memory.getvalue()


@pytest.mark.parametrize(
    "row", ['<row r="1048576"><c><v>1</v></c></row>', '<x:row r="999999999"><x:c/></x:row>']
)
def test_cells_that_do_not_say_where_they_are_cannot_hide_a_far_corner(row: str) -> None:
    wide = "<row>" + "<c><v>1</v></c>" * 16_000 + "</row>"

    def with_far_row(name: str, content: bytes) -> bytes:
        is_sheet = name.startswith("xl/worksheets/")
        return content.replace(b"</sheetData>", f"{wide}{row}</sheetData>".encode()) if is_sheet else content

    with pytest.raises(BadFile, match="for stort"):
        read_workbook(repacked(with_far_row), "fil.xlsx")


@pytest.mark.parametrize("part", ["content.xml", "xl/workbook.bin"])
def test_other_kinds_of_spreadsheet_are_not_read_under_a_false_name(part: str) -> None:
    with pytest.raises(BadFile, match="ikke et regneark"):
        read_workbook(repacked(lambda _name, content: content, more={part: b"<x/>"}), "fil.xlsx")


def test_a_sound_sheet_whose_cells_do_not_say_where_they_are_is_read() -> None:
    def without_places(_name: str, content: bytes) -> bytes:
        return re.sub(rb'<(c|row) r="\w+"', rb"<\1", content)

    # The sheet of areas has no empty cells between full ones.
    found = read_workbook(repacked(without_places), "fil.xlsx")["areas"]
    assert found == read_workbook(workbook(office()), "fil.xlsx")["areas"]
