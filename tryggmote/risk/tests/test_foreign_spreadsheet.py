"""Somebody else's workbook: what is guessed, what is chosen, and what cannot be understood (2.1)."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.access.ids import new_id
from tryggmote.organisation.importing.cells import Unreadable
from tryggmote.organisation.importing.problems import BadFile
from tryggmote.risk import libraries
from tryggmote.risk.rules import Score
from tryggmote.risk.spreadsheet import foreign
from tryggmote.risk.spreadsheet.cells import text_of
from tryggmote.risk.spreadsheet.levels import level_of, words_of
from tryggmote.risk.spreadsheet.merging import Now, merge
from tryggmote.risk.spreadsheet.rows import Rows, ScenarioContent
from tryggmote.risk.spreadsheet.taking_in import sheets_of

MATRIX = libraries.matrix()
TYPICAL = (
    ["Risikovurdering Nav Lillevik 2024"],
    [],
    ["Nr", "Uønsket hendelse", "Årsak", "Konsekvens", "S", "K", "Risiko", "Eksisterende tiltak", "Nye tiltak",
     "Ansvarlig", "Frist", "S etter", "K etter"],
    [1, "Bruker truer i mottak", "Lang ventetid", "Redsel", 4, 3, 12, "Vakt", "Nummersystem",
     "Olga", "1.3.", 2, 3],
    [2, "Kniv i samtale", "", "Død", 2.0, 5.0, 10, "", "", "", "", "", ""],
)  # fmt: skip


def workbook(*sheets: tuple[str, Sequence[Sequence[Any]]]) -> bytes:
    memory = BytesIO()
    with xlsxwriter.Workbook(
        memory, {"strings_to_formulas": False, "default_date_format": "yyyy-mm-dd"}
    ) as book:
        for name, rows in sheets:
            page = book.add_worksheet(name)
            for line, cells in enumerate(rows):
                page.write_row(line, 0, cells)
    return memory.getvalue()


def table(rows: Sequence[Sequence[Any]], *, line: int | None = None) -> foreign.Table:
    sheets = sheets_of(workbook(("Ark1", rows)), "a.xlsx")
    sheet, guessed = foreign.best_guess(sheets)
    return foreign.table_of(sheets, sheet, line or guessed, MATRIX)


def guesses(found: foreign.Table) -> dict[str, str]:
    return {column.title: column.guess for column in found.columns}


def read(found: foreign.Table, **fields: str) -> Rows:
    """By the heading of each column; without any, as guessed."""
    by_place = {c.place: fields.get(c.title, "") if fields else c.guess for c in found.columns}
    return foreign.rows_of(found, by_place, ["planned"], MATRIX)


def problems(found: foreign.Table, **fields: str) -> list[tuple[int, str, str]]:
    with pytest.raises(BadFile) as bad:
        read(found, **fields)
    return [(problem.line, problem.column, problem.reason) for problem in bad.value.problems]


def test_a_typical_sheet_is_understood_without_anybody_choosing() -> None:
    found = table(TYPICAL)
    assert found.heading_line == 3
    assert guesses(found) == {
        "Nr": "",
        "Uønsket hendelse": "hazard",
        "Årsak": "causes",
        "Konsekvens": "consequences",
        "S": "current_likelihood",
        "K": "current_consequence",
        "Risiko": "",
        "Eksisterende tiltak": "existing",
        "Nye tiltak": "proposed",
        "Ansvarlig": "",
        "Frist": "",
        "S etter": "",
        "K etter": "",
    }
    first, second = read(found).scenarios
    assert first.content == ScenarioContent(
        hazard="Bruker truer i mottak",
        causes="Lang ventetid",
        consequences="Redsel",
        existing="Vakt\nForeslått, ikke innført: Nummersystem",
        forms=("planned",),
        current=Score(4, 3),
    )
    assert (second.line, second.content.current) == (5, Score(2, 5))


@pytest.mark.parametrize(
    ("heading", "values", "field"),
    [
        ("Hva kan skje?", ["Trussel"], "hazard"),
        ("Kva kan hende?", ["Trugsmål"], "hazard"),
        ("Fare", ["Trussel"], "hazard"),
        ("Uønskt hending", ["Trugsmål"], "hazard"),
        ("Unwanted event", ["Threat"], "hazard"),
        ("Hazard", ["Threat"], "hazard"),
        ("Sannsynlighet (1-5)", [3, 4], "current_likelihood"),
        ("Sannsyn", ["Middels"], "current_likelihood"),
        ("P", [1], "current_likelihood"),
        ("Likelihood", ["Very likely", "Rare"], "current_likelihood"),
        ("Sannsynlighet uten tiltak", [5], "inherent_likelihood"),
        ("Sannsyn utan tiltak", [5], "inherent_likelihood"),
        ("Iboende konsekvens", [5], "inherent_consequence"),
        ("Konsekvens", [5, 3], "current_consequence"),
        ("Konsekvens", ["Noen blir redde og går hjem", "Skade"], "consequences"),
        ("Konsekvens etter tiltak", [2], ""),
        ("Restrisiko", [6, 8], ""),
        ("Årsaker til hendelsen", ["Kø"], "causes"),
        ("Orsak/utløysande faktor: årsak", ["Kø"], "causes"),
        ("Iverksatte tiltak", ["Vakt"], "existing"),
        ("Eksisterande tiltak", ["Vakt"], "existing"),
        ("Existing controls", ["Guard"], "existing"),
        ("Tiltak", ["Vakt"], "proposed"),
        ("Proposed measures", ["Guard"], "proposed"),
        ("Møteform", ["Telefon"], "forms"),
        ("Hvor og når", ["Mottak"], "situation"),
        ("Ansvarlig for tiltak", ["Olga"], ""),
        ("Frist for tiltak", ["1.3."], ""),
        ("Farge", ["Rød"], ""),
        ("", [], ""),
    ],
)
def test_headings_are_guessed_in_three_languages_with_the_help_of_what_stands_below(
    heading: str, values: list[Any], field: str
) -> None:
    found = table([[heading, "x"], *([value, "x"] for value in values)], line=1)
    assert found.columns[0].guess == field or (not heading and not values)


def test_the_sheet_and_line_that_look_most_like_a_risk_assessment_are_guessed() -> None:
    content = workbook(
        ("Forside", [["Nav Lillevik"], ["Dato", "2024"]]), ("Analyse", TYPICAL), ("Kopi", TYPICAL)
    )
    assert foreign.best_guess(sheets_of(content, "a.xlsx")) == ("Analyse", 3)


def test_a_workbook_nobody_can_guess_begins_at_the_first_line_with_something_in_it() -> None:
    assert foreign.best_guess(sheets_of(workbook(("A", [[], ["qwerty", "zxcv"]])), "a.xlsx")) == ("A", 2)
    empty = sheets_of(workbook(("A", [])), "a.xlsx")
    assert foreign.best_guess(empty) == ("A", 1)
    assert foreign.table_of(empty, "A", 1, MATRIX).columns == []


@pytest.mark.parametrize(
    ("cell", "level"),
    [
        (1, 1), (5.0, 5), ("3", 3), (" 4 ", 4), ("3,0", 3), ("2 - Sjelden", 2), ("4: ofte", 4),
        ("5 (høy)", 5), ("Ofte", 4), ("svært sjeldan", 1), ("Now and then", 3), ("Middels", 3),
        ("HØY", 4), ("svært høy", 5), ("Lite sannsynlig", 2), ("very unlikely", 1),
        ("", None), ("-", None), ("Ikke vurdert", None),
    ],
)  # fmt: skip
def test_a_likelihood_may_be_a_number_or_a_word(cell: Any, level: int | None) -> None:
    assert level_of(text_of(cell), words_of(MATRIX)["likelihood"]) == level


def test_words_of_our_own_matrix_count_before_those_usual_elsewhere() -> None:
    levels = words_of(MATRIX)["consequence"]
    assert [level_of(word, levels) for word in ("Alvorlig", "Svært alvorleg", "Fatal", "Liten")] == [
        3,
        4,
        5,
        2,
    ]


@pytest.mark.parametrize(
    "cell", [0, 6, 2.5, "9" * 5000, "kanskje", "10 - katastrofe", True, "1.3.2024", "3-4 ganger"]
)
def test_what_is_no_level_is_not_guessed_at(cell: Any) -> None:
    with pytest.raises(Unreadable, match="fra 1 til 5"):
        level_of(text_of(cell), words_of(MATRIX)["likelihood"])


def test_every_cell_that_cannot_be_understood_is_named_by_line_column_and_reason() -> None:
    found = table(
        [
            ["Hva kan skje?", "S", "K", "Møteform", "Årsak"],
            ["Trussel", 7, 3, "Telefon", ""],
            ["", 3, 3, "", "Ingen vet"],
            ["x" * 201, "", "", "Brevdue, video", "y" * 10_001],
            ["Trussel", 3, "", "", ""],
            ["", "", "", "", ""],
        ]
    )
    fields = {
        "Hva kan skje?": "hazard", "S": "current_likelihood", "K": "current_consequence", "Møteform": "forms",
        "Årsak": "causes",
    }  # fmt: skip
    assert problems(found, **fields) == [
        (2, "S", "«7» er ikke et nivå. Skriv et tall fra 1 til 5."),
        (3, "Hva kan skje?", "Mangler. Skriv hva som kan skje."),
        (4, "Årsak", "For langt: 10001 tegn, og det er plass til 10000."),
        (4, "Hva kan skje?", "For langt: 201 tegn, og det er plass til 200."),
        (4, "Møteform", "Ukjent møteform «Brevdue»."),
        (5, "K", "Skriv både hvor ofte og hvor ille, eller ingen av dem."),
    ]


def test_a_column_that_is_not_chosen_is_not_read() -> None:
    found = table([["Fare", "S"], ["Trussel", "mye"]])
    assert read(found, Fare="hazard").scenarios[0].content == ScenarioContent("Trussel", forms=("planned",))


def test_two_columns_of_the_same_are_put_together_with_their_headings() -> None:
    found = table([["Fare", "Årsak", "Utløsende faktor"], ["Trussel", "Kø", "Avslag"], ["Slag", "Kø", ""]])
    first, second = read(found, Fare="hazard", Årsak="causes", **{"Utløsende faktor": "causes"}).scenarios
    assert first.content.causes == "Årsak: Kø\nUtløsende faktor: Avslag"
    assert second.content.causes == "Kø"


def test_measures_that_are_only_proposed_count_towards_the_length_of_the_text_they_end_up_in() -> None:
    found = table([["Fare", "Dagens tiltak", "Tiltak"], ["Trussel", "x" * 6_000, "y" * 6_000]])
    assert [(line, column) for line, column, _reason in problems(found)] == [(2, "Tiltak")]


def test_columns_without_a_heading_go_by_their_letter() -> None:
    found = table([["Fare", "", ""], ["Trussel", "", "Noe"]])
    assert [column.title for column in found.columns] == ["Fare", "Kolonne C"]
    assert [foreign.column_letter(place) for place in (0, 25, 26, 51, 52, 701, 702)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip


def test_scores_that_contradict_each_other_are_told_by_line() -> None:
    found = table([["Fare", "S uten tiltak", "K uten tiltak", "S", "K"], ["Trussel", 2, 2, 4, 4]])
    plan = merge(read(found), Now(new_id(), {}, {}))
    assert [(p.line, p.column) for p in plan.problems] == [(2, "S")]
    assert "høyere enn uten tiltak" in plan.problems[0].reason


def test_the_same_line_twice_in_a_file_is_one_scenario() -> None:
    found = table([["Fare"], ["Trussel"], ["Trussel"]])
    plan = merge(read(found, Fare="hazard"), Now(new_id(), {}, {}))
    assert [item.fate for item in plan.scenarios] == ["added", "same"]


_cells = (
    st.text(max_size=20)
    | st.sampled_from(["Fare", "S", "K", "Årsak", "3", "Ofte", "Telefon", "#REF!", "", "x" * 300, "9" * 5000])
    | st.integers(-5, 10**20)
    | st.floats()
    | st.booleans()
    | st.dates()
    | st.datetimes()
    | st.timedeltas()
)


@given(
    rows=st.integers(1, 6).flatmap(
        lambda width: st.lists(st.lists(_cells, min_size=width, max_size=width), max_size=8)
    ),
    line=st.integers(0, 12),
    fields=st.lists(st.sampled_from(["", *foreign.FIELDS]), min_size=6, max_size=6),
)
def test_whatever_stands_in_a_sheet_is_read_or_told_and_never_breaks(
    rows: list[list[Any]], line: int, fields: list[str]
) -> None:
    sheets = {"Ark1": list(enumerate(rows, start=1))}
    foreign.best_guess(sheets)
    found = foreign.table_of(sheets, "Ark1", line, MATRIX)
    try:
        scenarios = foreign.rows_of(found, dict(enumerate(fields)), [], MATRIX)
    except BadFile:
        return
    assert all(row.content.hazard for row in scenarios.scenarios)
    assert merge(scenarios, Now(new_id(), {}, {})).seal
