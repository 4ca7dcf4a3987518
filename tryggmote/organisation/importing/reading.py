"""From a workbook or a folder of CSV files to rows of plain values, with the line each stands on."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from tryggmote.organisation.importing.columns import SHEETS, Sheet, sheet_called
from tryggmote.organisation.importing.problems import BadFile, Problem
from tryggmote.organisation.importing.workbooks import Numbered, workbook_sheets


@dataclass(frozen=True)
class Line:
    """One line of a sheet: cells by column key, empty ones left out."""

    number: int
    cells: dict[str, Any]


@dataclass(frozen=True)
class Page:
    """What a sheet holds. `columns`: keys of those it has."""

    columns: frozenset[str]
    lines: list[Line]


Pages = dict[str, Page]


def read_path(path: Path) -> Pages:
    """Lines by sheet key from a workbook or a folder; sheets that are not there are left out.

    Raises BadFile when nothing can be read, a heading is unknown or a required column is missing.
    """
    if path.is_dir():
        return _pages(_csv_files(path), str(path))
    if not path.exists():
        raise BadFile([Problem(str(path), 0, "", _("Filen finnes ikke."))])
    return read_workbook(path.read_bytes(), path.name)


def read_workbook(content: bytes, name: str) -> Pages:
    """Lines by sheet key from the bytes of an XLSX file. Raises BadFile."""
    return _pages(workbook_sheets(content, name), name)


def _pages(named: Iterable[tuple[str, Numbered]], source: str) -> Pages:
    pages: Pages = {}
    problems: list[Problem] = []
    for name, rows in named:
        sheet = sheet_called(name)
        if sheet is None:
            continue
        if sheet.key in pages:
            problems.append(Problem(name, 0, "", _("Arket finnes to ganger.")))
        pages[sheet.key] = page_of(sheet, rows, problems)
    if not pages:
        known = {"known": ", ".join(sheet.title for sheet in SHEETS)}
        problems.append(Problem(source, 0, "", _("Fant ingen ark eller filer som heter %(known)s.") % known))
    if problems:
        raise BadFile(problems)
    return pages


def page_of(sheet: Sheet, rows: Numbered, problems: list[Problem]) -> Page:
    """The lines of one sheet by its columns; what is wrong with its headings is added to `problems`."""
    numbered = iter(rows)
    _first, headings = next(numbered, (1, []))
    columns = [sheet.column_called(str(heading)) for heading in headings]
    problems += _wrong_headings(sheet, headings)
    lines = []
    for number, values in numbered:
        named = zip(columns, values, strict=False)
        cells = {column.key: value for column, value in named if column and not _is_empty(value)}
        if cells:
            lines.append(Line(number, cells))
    return Page(frozenset(column.key for column in columns if column), lines)


def _wrong_headings(sheet: Sheet, headings: list[Any]) -> list[Problem]:
    written = [str(heading).strip() for heading in headings]
    found = [sheet.column_called(heading) for heading in written]
    problems = [
        Problem(sheet.title, 1, heading, _("Kolonnen er ukjent. Se malen for navnene."))
        for heading, column in zip(written, found, strict=True)
        if heading and column is None
    ]
    problems += [
        Problem(sheet.title, 1, column.title, _("Kolonnen står to ganger."))
        for column in sheet.columns
        if found.count(column) > 1
    ]
    return problems + [
        Problem(sheet.title, 1, column.title, _("Kolonnen mangler."))
        for column in sheet.columns
        if column.is_required and column not in found
    ]


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _csv_files(folder: Path) -> Iterator[tuple[str, Numbered]]:
    for path in sorted(folder.glob("*.csv")):
        yield path.stem, csv_rows(path.read_bytes(), path.name)


def csv_rows(content: bytes, name: str) -> Numbered:
    """The rows of a CSV file in UTF-8, with comma or semicolon. Raises BadFile."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile([Problem(name, 0, "", _("Filen er ikke i tegnsettet UTF-8."))]) from error
    heading = text.partition("\n")[0]
    delimiter = ";" if heading.count(";") > heading.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: Numbered = []
    begins = 1
    try:
        for row in reader:
            rows.append((begins, row))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise BadFile([Problem(name, 0, "", _("Filen er skadet og kan ikke leses."))]) from error
    return rows
