"""From a workbook to items for the register. Every line that cannot be understood is said, with its place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tryggmote.equipment.importing.columns import sheet
from tryggmote.equipment.rule_sets import type_of
from tryggmote.equipment.services import ItemDetails
from tryggmote.organisation.importing.cells import Unreadable, value_of
from tryggmote.organisation.importing.columns import plain
from tryggmote.organisation.importing.problems import BadFile, Problem
from tryggmote.organisation.importing.reading import Line, Page, page_of
from tryggmote.organisation.importing.workbooks import workbook_sheets
from tryggmote.premises.models import Room, Zone

MOST_LINES = 5_000
_CONCEIVABLE = (date(1990, 1, 1), date(2190, 1, 1))


@dataclass(frozen=True)
class Row:
    """One line of the file, understood. `where`: the place as the file says it."""

    line: int
    details: ItemDetails
    where: str

    @property
    def type_name(self) -> str:
        """Its type, in words."""
        type_ = type_of(self.details.type)
        return str(type_.name) if type_ else ""


@dataclass
class Places:
    """The zones and rooms of the unit, by what people call them."""

    zones: Iterable[Zone]
    rooms: Iterable[Room]
    _by_name: dict[tuple[str, str], list[tuple[str, UUID]]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for zone in self.zones:
            self._by_name.setdefault(("zone", plain(zone.name)), []).append(
                (plain(zone.building.name), zone.id)
            )
        for room in self.rooms:
            building = plain(room.zone.building.name)
            self._by_name.setdefault(("room", plain(room.name)), []).append((building, room.id))

    def find(self, kind: str, name: str, building: str) -> UUID:
        """The room or zone of this name. Raises Unreadable when there is none, or more than one."""
        found = [
            place
            for house, place in self._by_name.get((kind, plain(name)), [])
            if not building or house == plain(building)
        ]
        if not found:
            raise Unreadable(
                _("Finnes ikke under «Lokaler». Registrer det der først, eller bruk kolonnen «sted».")
            )
        if len(found) > 1:
            raise Unreadable(_("Det er flere som heter dette. Fyll ut kolonnen «bygg»."))
        return found[0]


def rows_of(content: bytes, name: str, places: Places, today: date) -> list[Row]:
    """The items of a workbook. Raises BadFile with everything that is wrong, in the order of the file."""
    title, page = _page(content, name)
    if not page.lines:
        raise BadFile([Problem(title, 0, "", _("Arket er tomt."))])
    if len(page.lines) > MOST_LINES:
        reason = _("Arket har %(count)d linjer. Ta inn høyst %(most)d om gangen.")
        raise BadFile([Problem(title, 0, "", reason % {"count": len(page.lines), "most": MOST_LINES})])
    problems: list[Problem] = []
    rows = [_row(title, line, places, today, problems) for line in page.lines]
    understood = [row for row in rows if row]
    problems += _said_twice(title, understood)
    if problems:
        raise BadFile(sorted(problems, key=lambda problem: problem.line))
    return understood


def _page(content: bytes, name: str) -> tuple[str, Page]:
    """The sheet called as ours, else the first one."""
    sheets = list(workbook_sheets(content, name))
    if not sheets:
        raise BadFile([Problem(name, 0, "", _("Regnearket har ingen ark."))])
    ours = (found for found in sheets if plain(found[0]) in map(plain, sheet().names))
    title, numbered = next(ours, sheets[0])
    problems: list[Problem] = []
    page = page_of(sheet(), numbered, problems)
    if problems:
        raise BadFile(problems)
    return title, page


def _row(title: str, line: Line, places: Places, today: date, problems: list[Problem]) -> Row | None:
    """The line as an item, or None; what is wrong is added to `problems`."""
    before = len(problems)
    values: dict[str, Any] = {}
    for column in sheet().columns:
        if column.key not in line.cells:
            if column.is_required:
                problems.append(Problem(title, line.number, column.title, _("Mangler.")))
            continue
        try:
            values[column.key] = _value(column.key, value_of(column, line.cells[column.key]))
        except Unreadable as error:
            problems.append(Problem(title, line.number, column.title, str(error)))
    found = {}
    for kind in ("room", "zone"):
        if values.get(kind) and not (kind == "zone" and values.get("room")):
            try:
                found[kind] = places.find(kind, values[kind], values.get("building", ""))
            except Unreadable as error:
                problems.append(Problem(title, line.number, _title(kind), str(error)))
    if not values.keys() & {"room", "zone", "place"}:
        problems.append(
            Problem(title, line.number, _title("room"), _("Skriv et rom, en sone eller et sted."))
        )
    return None if len(problems) > before else _understood(line.number, values, found, today)


def _understood(line: int, values: Mapping[str, Any], found: Mapping[str, UUID], today: date) -> Row:
    type_ = type_of(values["type"])
    assert type_ is not None, "a choice of the column is a type"
    details = ItemDetails(
        type=type_.code,
        name=values["name"],
        interval_months=values.get("interval", type_.interval_months),
        in_use_from=values.get("in_use_from", today),
        room_id=found.get("room"),
        zone_id=found.get("zone"),
        place=values.get("place", ""),
        supplier=values.get("supplier", ""),
        serial=values.get("serial", ""),
    )
    where = ", ".join(filter(None, (values.get("room") or values.get("zone"), details.place)))
    return Row(line, details, where)


def _value(key: str, value: Any) -> Any:
    if key == "interval":
        if not (str(value).isdecimal() and len(str(value)) < 4 and 1 <= int(value) <= 60):
            raise Unreadable(_("Skriv et tall fra 1 til 60."))
        return int(value)
    if key == "in_use_from" and not _CONCEIVABLE[0] <= value <= _CONCEIVABLE[1]:
        raise Unreadable(_("Årstallet kan ikke stemme."))
    return value


def _title(key: str) -> str:
    return next(column.title for column in sheet().columns if column.key == key)


def _said_twice(title: str, rows: Iterable[Row]) -> Iterable[Problem]:
    """Two lines with the same serial number are one thing written twice."""
    first: dict[str, int] = {}
    for row in rows:
        serial = plain(row.details.serial)
        if serial and serial in first:
            reason = _("Står allerede på linje %(line)d.") % {"line": first[serial]}
            yield Problem(title, row.line, _title("serial"), reason)
        elif serial:
            first[serial] = row.line
