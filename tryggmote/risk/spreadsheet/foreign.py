"""Reading somebody else's workbook: which sheet, which line has the headings, which column is what (2.1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.organisation.importing.problems import BadFile
from tryggmote.organisation.importing.workbooks import Numbered
from tryggmote.risk.matrix import Matrix
from tryggmote.risk.spreadsheet.cells import LONG_TEXTS, PROPOSED, Found, Reader, is_empty, text_of
from tryggmote.risk.spreadsheet.columns import SCENARIOS, Text
from tryggmote.risk.spreadsheet.guessing import guess_field, looks_like_headings
from tryggmote.risk.spreadsheet.levels import words_of
from tryggmote.risk.spreadsheet.rows import Rows, ScenarioRow

LINES_TO_CHOOSE_FROM = 30
MOST_COLUMNS = 60
SAMPLES = 3

# Risk after measures is not among them: it needs measures that are planned here.
_OURS = (
    "hazard", "situation", "causes", "consequences", "existing", "forms", "current_likelihood",
    "current_consequence", "inherent_likelihood", "inherent_consequence",
)  # fmt: skip
FIELDS: Mapping[str, Text] = {c.key: c.title for c in SCENARIOS.columns if c.key in _OURS} | {
    PROPOSED: gettext_lazy("Foreslåtte tiltak")
}
"""What a column of theirs can be."""
SAID_BY_SEVERAL = {*LONG_TEXTS, PROPOSED}


@dataclass(frozen=True)
class TheirColumn:
    """A column of theirs: its heading, what stands first in it, and what it probably is ("" when unknown)."""

    place: int
    title: str
    samples: Sequence[str]
    guess: str


@dataclass(frozen=True)
class Table:
    """A sheet with the line of its headings chosen. `heading_line` counts as the spreadsheet does."""

    sheet: str
    heading_line: int
    columns: Sequence[TheirColumn]
    lines: Numbered


def best_guess(sheets: Mapping[str, Numbered]) -> tuple[str, int]:
    """The sheet and the line that look most like a risk assessment with its headings."""
    candidates = [
        (name, line, cells) for name, rows in sheets.items() for line, cells in rows[:LINES_TO_CHOOSE_FROM]
    ]
    # The first of those that look equally good; a line with something in it before an empty one.
    name, line, _cells = max(
        candidates,
        key=lambda found: (looks_like_headings(found[2]), not all(map(is_empty, found[2]))),
        default=(next(iter(sheets), ""), 1, []),
    )
    return name, line


def table_of(sheets: Mapping[str, Numbered], sheet: str, heading_line: int, matrix: Matrix) -> Table:
    """The sheet below its headings."""
    rows = dict(sheets[sheet])
    headings = rows.get(heading_line, [])
    lines = [(line, cells) for line, cells in sheets[sheet] if line > heading_line]
    levels = words_of(matrix)
    columns: list[TheirColumn] = []
    for place in range(min(MOST_COLUMNS, max(map(len, rows.values()), default=0))):
        values = [cells[place] for _line, cells in lines if not is_empty(cells[place])]
        title = text_of(headings[place]) if place < len(headings) else ""
        if not title and not values:
            continue
        taken = {column.guess for column in columns}
        columns.append(
            TheirColumn(
                place=place,
                title=title or _("Kolonne %(letter)s") % {"letter": column_letter(place)},
                samples=[text_of(value)[:60] for value in values[:SAMPLES]],
                guess=_unless_taken(guess_field(title, values, levels), taken),
            )
        )
    return Table(sheet, heading_line, columns, lines)


def _unless_taken(guess: str, taken: set[str]) -> str:
    """Each field once: of two columns that look alike the second often is "after measures"."""
    return "" if guess in taken and guess not in SAID_BY_SEVERAL else guess


def column_letter(place: int) -> str:
    """ "A" for the first column, "AA" for the 27th."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def rows_of(table: Table, fields: Mapping[int, str], forms: Sequence[str], matrix: Matrix) -> Rows:
    """The scenarios of a foreign sheet. `fields`: what each column is, by its place; `forms`: unless said.

    Raises BadFile with every cell that cannot be understood.
    """
    chosen = [(column, fields[column.place]) for column in table.columns if fields.get(column.place)]
    titles = {field: column.title for column, field in reversed(chosen)}
    reader = Reader(table.sheet, words_of(matrix), titles, forms)
    scenarios = [
        ScenarioRow(line, reader.scenario(line, found))
        for line, cells in table.lines
        if (found := _found(cells, [(c.place, c.title, field) for c, field in chosen]))
    ]
    if reader.problems:
        raise BadFile(reader.problems)
    return Rows(sheet=table.sheet, scenarios=scenarios, titles=titles)


def _found(cells: Sequence[Any], chosen: Sequence[tuple[int, str, str]]) -> dict[str, list[Found]]:
    found: dict[str, list[Found]] = {}
    for place, title, field in chosen:
        if place < len(cells) and not is_empty(cells[place]):
            found.setdefault(field, []).append((title, cells[place]))
    return found
