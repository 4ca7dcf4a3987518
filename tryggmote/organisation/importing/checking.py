"""Whether the file makes sense: every cell, every reference, no rings. All that is wrong is found."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from tryggmote.organisation.importing.cells import Unreadable, value_of
from tryggmote.organisation.importing.columns import AREAS, PEOPLE, ROLES, SHEETS, UNITS, Sheet
from tryggmote.organisation.importing.problems import BadFile, Problem
from tryggmote.organisation.importing.reading import Page, Pages
from tryggmote.organisation.models import UnitKind

EMPLOYERS = {UnitKind.DIRECTORATE.value, UnitKind.MUNICIPALITY.value}
# What a person has once; the same on each of their lines, or left empty after the first.
ONCE_A_PERSON = ("name", "email", "phone", "language", "employer", "formal_leader")
REFERENCES = {
    UNITS: {"parents": UNITS},
    AREAS: {"unit": UNITS, "employer": UNITS},
    PEOPLE: {
        "employer": UNITS,
        "unit": UNITS,
        "formal_leader": PEOPLE,
        "daily_leader": PEOPLE,
        "safety_area": AREAS,
    },
    ROLES: {"person": PEOPLE, "unit": UNITS, "employer": UNITS, "safety_area": AREAS},
}
UNIQUE = {
    UNITS: ("code",),
    AREAS: ("code",),
    PEOPLE: ("id", "unit"),
    ROLES: ("person", "role", "unit", "employer", "safety_area"),
}
FORGOTTEN_WHEN_EMPTY = (UNITS, PEOPLE)
BIRTH_NUMBER_LENGTH = 11


@dataclass(frozen=True)
class Known:
    """What the database has already, for references to a sheet that the file leaves out. Units with kind."""

    units: dict[str, str]
    areas: frozenset[str]
    people: frozenset[str]


@dataclass(frozen=True)
class Row:
    """One line with its values understood."""

    line: int
    values: dict[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.values.get(column)


@dataclass(frozen=True)
class CheckedSheet:
    """`columns`: those the file has, by key."""

    columns: frozenset[str]
    rows: list[Row]


def check(pages: Pages, known: Known) -> dict[str, CheckedSheet]:
    """Rows by sheet key, all of them sound. Raises BadFile with every problem, in the order of the file."""
    problems: list[Problem] = []
    checked = {
        sheet.key: _read_cells(sheet, pages[sheet.key], problems) for sheet in SHEETS if sheet.key in pages
    }
    kinds = _kinds(checked, known)
    names = {
        UNITS: set(kinds),
        AREAS: _named(checked, AREAS, "code", known.areas),
        PEOPLE: _named(checked, PEOPLE, "id", known.people),
    }
    for sheet in SHEETS:
        if sheet.key in checked:
            rows = checked[sheet.key].rows
            problems += _empty(sheet, pages[sheet.key])
            problems += _said_twice(sheet, rows)
            problems += _unknown_references(sheet, rows, names)
            problems += _no_employers(sheet, rows, kinds)
            problems += _backward_dates(sheet, rows)
    problems += _rings(checked)
    problems += _strange_people(checked)
    if problems:
        order = {sheet.title: number for number, sheet in enumerate(SHEETS)}
        raise BadFile(sorted(set(problems), key=lambda p: (order[p.sheet], p.line, p.column, p.reason)))
    return checked


def _read_cells(sheet: Sheet, page: Page, problems: list[Problem]) -> CheckedSheet:
    rows = []
    for line in page.lines:
        values = {}
        for column in sheet.columns:
            if column.key in line.cells:
                try:
                    values[column.key] = value_of(column, line.cells[column.key])
                except Unreadable as error:
                    problems.append(Problem(sheet.title, line.number, column.title, str(error)))
            elif column.is_required and not (sheet is PEOPLE and column.key == "name"):
                problems.append(Problem(sheet.title, line.number, column.title, _("Mangler.")))
        rows.append(Row(line.number, values))
    return CheckedSheet(page.columns, rows)


def _kinds(checked: dict[str, CheckedSheet], known: Known) -> dict[str, str]:
    if UNITS.key not in checked:
        return known.units
    return {row["code"]: row["kind"] or "" for row in checked[UNITS.key].rows if row["code"]}


def _named(
    checked: dict[str, CheckedSheet], sheet: Sheet, column: str, known: frozenset[str]
) -> set[str] | frozenset[str]:
    return {row[column] for row in checked[sheet.key].rows} if sheet.key in checked else known


def _problem(sheet: Sheet, row: Row, column: str, reason: str) -> Problem:
    title = next(c.title for c in sheet.columns if c.key == column)
    return Problem(sheet.title, row.line, title, reason)


def _empty(sheet: Sheet, page: Page) -> Iterator[Problem]:
    if sheet in FORGOTTEN_WHEN_EMPTY and not page.lines:
        yield Problem(sheet.title, 0, "", _("Arket er tomt. Ta det bort hvis det ikke skal endre noe."))


def _said_twice(sheet: Sheet, rows: list[Row]) -> Iterator[Problem]:
    columns = UNIQUE[sheet]
    first: dict[tuple[Any, ...], int] = {}
    for row in rows:
        key = tuple(row[column] for column in columns)
        if key[0] is None:
            continue
        if key in first:
            reason = _("Står allerede på linje %(line)d.") % {"line": first[key]}
            yield _problem(sheet, row, columns[0], reason)
        first.setdefault(key, row.line)


def _unknown_references(
    sheet: Sheet, rows: list[Row], names: dict[Sheet, set[str] | frozenset[str]]
) -> Iterator[Problem]:
    for row in rows:
        for column, target in REFERENCES[sheet].items():
            value = row[column]
            for name in value if isinstance(value, tuple) else (value,):
                if name is not None and name not in names[target]:
                    reason = _("«%(name)s» finnes ikke i %(sheet)s.") % {"name": name, "sheet": target.title}
                    yield _problem(sheet, row, column, reason)


def _no_employers(sheet: Sheet, rows: list[Row], kinds: dict[str, str]) -> Iterator[Problem]:
    for row in rows:
        kind = kinds.get(row["employer"] or "", "")
        if kind and kind not in EMPLOYERS:
            reason = _("Arbeidsgiveren må være et direktorat eller en kommune.")
            yield _problem(sheet, row, "employer", reason)


def _backward_dates(sheet: Sheet, rows: list[Row]) -> Iterator[Problem]:
    for row in rows:
        starts: date | None = row["starts_on"]
        if starts and row["ends_on"] and row["ends_on"] < starts:
            yield _problem(sheet, row, "ends_on", _("Siste dag er før første dag."))


def _rings(checked: dict[str, CheckedSheet]) -> Iterator[Problem]:
    """One problem for each ring of units, on the line of a unit in it."""
    if UNITS.key not in checked:
        return
    rows = {row["code"]: row for row in checked[UNITS.key].rows if row["code"]}
    done: set[str] = set()
    for start in rows:
        # Walks up with its own stack: a file can be deeper than Python's.
        path: list[str] = []
        ways = [iter((start,))]
        while ways:
            code = next(ways[-1], None)
            if code is None:
                ways.pop()
                if path:
                    done.add(path.pop())
            elif code in path:
                ring = " → ".join([*path[path.index(code) :], code])
                reason = _("Enhetene går i ring: %(ring)s.") % {"ring": ring}
                yield _problem(UNITS, rows[code], "parents", reason)
            elif code in rows and code not in done:
                path.append(code)
                ways.append(iter(rows[code]["parents"] or ()))


def _strange_people(checked: dict[str, CheckedSheet]) -> Iterator[Problem]:
    if PEOPLE.key not in checked:
        return
    first: dict[str, Row] = {}
    rows = checked[PEOPLE.key].rows
    placed = Counter(row["id"] for row in rows if row["unit"])
    for row in rows:
        number = row["id"]
        if number is None:
            continue
        if number.isdecimal() and len(number) == BIRTH_NUMBER_LENGTH:
            yield _problem(PEOPLE, row, "id", _("Ligner et fødselsnummer. Bruk ansattnummeret."))
        known = first.setdefault(number, row)
        yield from _one_person(row, known)
        if known is not row and not (row["unit"] and placed[number] > 1):
            yield _problem(PEOPLE, row, "unit", _("En ny linje for samme person må ha en annen enhet."))


def _one_person(row: Row, first: Row) -> Iterator[Problem]:
    """`first` is the person's first line, which may be this one."""
    if row is first and not row["name"]:
        yield _problem(PEOPLE, row, "name", _("Mangler."))
    for column in ONCE_A_PERSON:
        if row[column] is not None and row[column] != first[column]:
            reason = _("Noe annet enn på linje %(line)d om samme person.") % {"line": first.line}
            yield _problem(PEOPLE, row, column, reason)
    if row["unit"] and not first["employer"]:
        yield _problem(PEOPLE, row, "employer", _("En som har en enhet, må ha en arbeidsgiver."))
    for column in ("formal_leader", "daily_leader"):
        if row[column] == row["id"]:
            yield _problem(PEOPLE, row, column, _("Ingen kan være sin egen leder."))
