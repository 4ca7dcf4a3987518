"""From checked rows to what the database should hold: one line about a person speaks of several tables."""

from datetime import date
from itertools import groupby
from typing import Any

from tryggmote.organisation.importing import columns, tables
from tryggmote.organisation.importing.checking import CheckedSheet, Row
from tryggmote.organisation.importing.tables import Wanted, Wishes

TEXTS = {"email": "", "phone": "", "title": ""}
MEETS_CLIENTS_UNLESS_SAID = True


def wishes_of(checked: dict[str, CheckedSheet]) -> Wishes:
    """What the file wants, by table name. Columns and sheets that it leaves out are not wished for."""
    wishes: Wishes = {}
    if units := checked.get(columns.UNITS.key):
        wishes[tables.UNITS.name] = [_unit(row) for row in units.rows]
        if "parents" in units.columns:
            wishes[tables.LINKS.name] = [
                Wanted((row["code"], parent), {}) for row in units.rows for parent in row["parents"] or ()
            ]
    if areas := checked.get(columns.AREAS.key):
        wishes[tables.AREAS.name] = [
            Wanted((row["code"],), {"name": row["name"], "unit": row["unit"], "employer": row["employer"]})
            for row in areas.rows
        ]
    if people := checked.get(columns.PEOPLE.key):
        wishes |= _people(people)
    if roles := checked.get(columns.ROLES.key):
        wishes[tables.ROLES.name] = [
            Wanted(tuple(row[name] for name in tables.ROLES.key), _span(row)) for row in roles.rows
        ]
    return wishes


def _unit(row: Row) -> Wanted:
    values = {"name": row["name"], "kind": row["kind"], "ended_on": row["ended_on"]}
    return Wanted((row["code"],), values, {"meeting_forms": list(row["meeting_forms"] or ())})


def _people(sheet: CheckedSheet) -> Wishes:
    by_number = sorted(sheet.rows, key=lambda row: (row["id"], row.line))
    people, employments, placements = [], [], []
    for _number, group in groupby(by_number, key=lambda row: row["id"]):
        lines = list(group)
        first, last_day = lines[0], _last_day(lines)
        people.append(_person(first, sheet.columns, last_day))
        if first["employer"]:
            employments.append(_employment(lines, sheet.columns, last_day))
        placed = [row for row in lines if row["unit"]]
        placements += [
            _placement(row, first["employer"], sheet.columns, is_primary=row is placed[0]) for row in placed
        ]
    wishes = {tables.PEOPLE.name: people}
    if "employer" in sheet.columns:
        wishes[tables.EMPLOYMENTS.name] = employments
        if "unit" in sheet.columns:
            wishes[tables.PLACEMENTS.name] = placements
    return wishes


def _last_day(lines: list[Row]) -> date | None:
    """A person's last day of all, or None as long as something goes on."""
    days = [row["ends_on"] for row in lines]
    return None if None in days else max(days)


def _person(row: Row, present: frozenset[str], last_day: date | None) -> Wanted:
    values = {"name": row["name"], "ended_on": last_day, **_said(row, present, "email", "phone")}
    return Wanted((row["id"],), values, {"language": row["language"]} if row["language"] else {})


def _employment(lines: list[Row], present: frozenset[str], last_day: date | None) -> Wanted:
    first = lines[0]
    starts = [row["starts_on"] for row in lines if row["starts_on"]]
    span = {"starts_on": min(starts, default=None), "ends_on": last_day}
    values = {**_said(first, present, "formal_leader"), **span}
    return Wanted((first["id"], first["employer"]), values)


def _placement(row: Row, employer: str, present: frozenset[str], *, is_primary: bool) -> Wanted:
    values = _said(row, present, "daily_leader", "safety_area", "title", "meets_clients")
    if values.get("meets_clients", False) is None:
        values["meets_clients"] = MEETS_CLIENTS_UNLESS_SAID
    return Wanted((row["id"], row["unit"], employer), {**values, "is_primary": is_primary, **_span(row)})


def _span(row: Row) -> dict[str, Any]:
    return {"starts_on": row["starts_on"], "ends_on": row["ends_on"]}


def _said(row: Row, present: frozenset[str], *names: str) -> dict[str, Any]:
    """Values of the columns that the file has; an empty cell means that there is none."""
    return {n: row[n] if row[n] is not None else TEXTS.get(n) for n in names if n in present}
