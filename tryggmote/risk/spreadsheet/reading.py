"""Reading our own workbook back, whatever language it was made in and however its columns were moved."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.utils.translation import gettext as _

from tryggmote.organisation.importing.problems import BadFile
from tryggmote.organisation.importing.workbooks import Numbered
from tryggmote.risk.libraries import FACTOR_NUMBERS
from tryggmote.risk.matrix import Matrix
from tryggmote.risk.models import STARTER_LIMIT
from tryggmote.risk.spreadsheet.cells import Found, Line, Reader, is_empty, text_of
from tryggmote.risk.spreadsheet.columns import ABOUT, AS_EXPORTED, FACTORS, KEY, SCENARIOS, Sheet
from tryggmote.risk.spreadsheet.levels import words_of
from tryggmote.risk.spreadsheet.rows import FactorRow, Rows, ScenarioRow, fingerprint

LOOKED_THROUGH = 5
"""Lines at the top in which the mark is looked for: somebody may have put a title above it."""
_FACTORS = {str(number): number for number in FACTOR_NUMBERS}

Sheets = Mapping[str, Numbered]
Cells = Mapping[str, Found]
"""By column key, those that are not empty, each with its heading."""


@dataclass(frozen=True)
class Part:
    """One of our sheets as it was found. `titles`: the headings by column key."""

    name: str = ""
    titles: dict[str, str] = field(default_factory=dict)
    lines: Sequence[tuple[int, Cells]] = ()


def is_our_own(sheets: Sheets) -> bool:
    """Whether any sheet carries our mark."""
    return any(_part(sheets, sheet).name for sheet in (FACTORS, SCENARIOS))


def rows_of(sheets: Sheets, matrix: Matrix) -> Rows:
    """All that our own workbook says. Raises BadFile with every cell that cannot be understood."""
    about, factors, scenarios = (_part(sheets, sheet) for sheet in (ABOUT, FACTORS, SCENARIOS))
    of_factors = Reader(factors.name, {}, factors.titles)
    of_scenarios = Reader(scenarios.name, words_of(matrix), scenarios.titles)
    rows = Rows(
        sheet=scenarios.name,
        assessment_id=_assessment_id(about),
        factors_sheet=factors.name,
        factors=list(_factors(factors, of_factors)),
        scenarios=_without_copied_keys([_scenario(n, cells, of_scenarios) for n, cells in scenarios.lines]),
        titles=scenarios.titles,
    )
    if problems := of_factors.problems + of_scenarios.problems:
        raise BadFile(problems)
    return rows


def _part(sheets: Sheets, sheet: Sheet) -> Part:
    for name, rows in sheets.items():
        for place, (_number, cells) in enumerate(rows[:LOOKED_THROUGH]):
            if sheet.mark in cells:
                keys = [KEY if cell == sheet.mark else str(cell) for cell in cells]
                headings = rows[place + 1][1] if len(rows) > place + 1 else []
                titles = {key: text_of(heading) or key for key, heading in zip(keys, headings, strict=False)}
                lines = [(n, _cells(keys, titles, values)) for n, values in rows[place + 2 :]]
                return Part(name, titles, [(n, found) for n, found in lines if _says_something(sheet, found)])
    return Part()


def _cells(keys: Sequence[str], titles: Mapping[str, str], values: Sequence[object]) -> Cells:
    return {
        key: (titles.get(key, key), value)
        for key, value in zip(keys, values, strict=False)
        if key and not is_empty(value)
    }


def _says_something(sheet: Sheet, cells: Cells) -> bool:
    """Whether anything stands where people write. A factor's line says something also when it is blank."""
    return any(column.key in cells for column in sheet.columns if not column.is_hidden) or (
        sheet is FACTORS and KEY in cells
    )


def _assessment_id(about: Part) -> UUID | None:
    named = {text_of(cells[KEY][1]): cells for _number, cells in about.lines if KEY in cells}
    told = named.get("assessment_id", {}).get("value")
    return _uuid(told[1]) if told else None


def _factors(part: Part, reader: Reader) -> Iterator[FactorRow]:
    for number, cells in part.lines:
        factor = _FACTORS.get(_said(cells, KEY))
        if factor is not None:
            text = reader.text(number, cells["text"]) if "text" in cells else ""
            yield FactorRow(number, factor, text, _said(cells, AS_EXPORTED))
        elif "text" in cells:
            reader.report(number, part.titles[KEY], _("Linjen hører ikke til noen av de åtte faktorene."))


def _scenario(number: int, cells: Cells, reader: Reader) -> ScenarioRow:
    line: Line = {key: (found,) for key, found in cells.items()}
    ids = map(_uuid, _said(cells, "measure_ids").split())
    return ScenarioRow(
        line=number,
        content=reader.scenario(number, line),
        key=_uuid(_said(cells, KEY)),
        as_exported=_said(cells, AS_EXPORTED),
        starter=_said(cells, "starter")[:STARTER_LIMIT],
        measure_ids=tuple(measure_id for measure_id in ids if measure_id),
    )


def _without_copied_keys(rows: Sequence[ScenarioRow]) -> list[ScenarioRow]:
    """A line that was copied brought its hidden key along.

    The one that is as it left us keeps the key, else the first; the others are new.
    """
    keepers: dict[UUID, ScenarioRow] = {}
    for row in rows:
        if row.key and (row.key not in keepers or _is_as_exported(row) > _is_as_exported(keepers[row.key])):
            keepers[row.key] = row
    return [
        row if row.key is None or keepers[row.key] is row else replace(row, key=None, as_exported="")
        for row in rows
    ]


def _is_as_exported(row: ScenarioRow) -> bool:
    return fingerprint(row.content) == row.as_exported


def _said(cells: Cells, key: str) -> str:
    return text_of(cells[key][1]) if key in cells else ""


def _uuid(value: object) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None
