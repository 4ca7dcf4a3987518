"""What must change so that the database says what the file says. Plain values in and out.

Nothing is deleted except which unit lies under which. A person who is not in the file any more has their
last day today; what somebody who stays has lost holds no longer from today.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tryggmote.organisation.importing.tables import (
    AREAS,
    DATED,
    LINKS,
    PEOPLE,
    TABLES,
    UNITS,
    Held,
    Key,
    Present,
    Table,
    Wanted,
    Wishes,
)

# More than this share ended at once is more likely half a file than half an organisation.
LARGEST_SHARE_ENDED = 0.2


@dataclass(frozen=True)
class Change:
    """New values of a row, only those that differ."""

    row: Held
    values: Mapping[str, Any]


@dataclass
class TableDifference:
    """What becomes of one table. `live`: rows that held before, whatever the file says."""

    table: Table
    added: list[Wanted] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    ended: list[Change] = field(default_factory=list)
    reopened: list[Change] = field(default_factory=list)
    live: int = 0

    @property
    def size(self) -> int:
        """How many rows are written."""
        return len(self.added) + len(self.changed) + len(self.ended) + len(self.reopened)

    @property
    def ends_too_many(self) -> bool:
        """Whether so much ends that somebody must say they mean it. Links are moved, not ended."""
        return self.table is not LINKS and len(self.ended) > LARGEST_SHARE_ENDED * self.live


@dataclass(frozen=True)
class Difference:
    """What becomes of each table, in the order in which it must be written."""

    tables: tuple[TableDifference, ...]

    @property
    def size(self) -> int:
        """How many rows are written; 0 when the file says nothing new."""
        return sum(table.size for table in self.tables)

    @property
    def ends_too_many(self) -> list[TableDifference]:
        """The tables in which so much ends that it looks like a mistake."""
        return [table for table in self.tables if table.ends_too_many]

    def of(self, table: Table) -> TableDifference:
        """What becomes of one table."""
        return next(found for found in self.tables if found.table is table)


def difference(present: Present, wishes: Wishes, today: date) -> Difference:
    """What to add, change, end and reopen. Tables that the file leaves out stay as they are."""
    leaving = _leaving(present, wishes, today)
    return Difference(tuple(_compare(table, present, wishes, leaving, today) for table in TABLES))


def reorganised(found: Difference, present: Present) -> set[str]:
    """Codes of the units that get or lose a unit below them, also by one of those closing or coming back."""
    links, units = found.of(LINKS), found.of(UNITS)
    moved = {wish.key[1] for wish in links.added} | {change.row.key[1] for change in links.ended}
    turned = {change.row.key[0] for change in (*units.ended, *units.reopened)}
    above = {row.key[1] for row in present[LINKS.name] if row.key[0] in turned}
    return {code for code in moved | above if code}


def _leaving(present: Present, wishes: Wishes, today: date) -> set[str | None]:
    """Employee numbers of those whom the file does not have any more."""
    if PEOPLE.name not in wishes:
        return set()
    wanted = {wish.key for wish in wishes[PEOPLE.name]}
    return {row.key[0] for row in present[PEOPLE.name] if row.key not in wanted}


def _compare(
    table: Table, present: Present, wishes: Wishes, leaving: set[str | None], today: date
) -> TableDifference:
    rows, wanted = present[table.name], wishes.get(table.name)
    found = TableDifference(table)
    if table in DATED:
        found.live = sum(_holds(row, "ends_on", today) for row in rows)
        staying = [row for row in rows if row.key[0] not in leaving and not _never_began(row)]
        found.ended = [
            Change(row, {"ends_on": today})
            for row in rows
            if row.key[0] in leaving and _goes_on_after(row, "ends_on", today)
        ]
        if wanted is not None:
            _compare_dated(found, staying, wanted, today)
    elif wanted is not None:
        if table is LINKS:
            # A unit that is closed stays where it was: what happened there still belongs to those above.
            kept = {wish.key[0] for wish in wishes[UNITS.name]}
            rows = [row for row in rows if row.key[0] in kept]
        _compare_lasting(found, rows, wanted, today)
    return found


def _compare_lasting(found: TableDifference, rows: list[Held], wanted: list[Wanted], today: date) -> None:
    by_key = {row.key: row for row in rows}
    can_end = found.table in (UNITS, PEOPLE)
    found.live = sum(_holds(row, "ended_on", today) for row in rows) if can_end else len(rows)
    for wish in wanted:
        row = by_key.pop(wish.key, None)
        if row is None:
            found.added.append(wish)
        elif values := _differing(row, wish.values):
            is_back = "ended_on" in values and not _holds(row, "ended_on", today)
            (found.reopened if is_back else found.changed).append(Change(row, values))
    if can_end:
        left = [row for row in by_key.values() if _goes_on_after(row, "ended_on", today)]
        found.ended = [Change(row, {"ended_on": today}) for row in left]
    elif found.table is not AREAS:
        found.ended = [Change(row, {}) for row in by_key.values()]


def _compare_dated(found: TableDifference, rows: list[Held], wanted: list[Wanted], today: date) -> None:
    latest: dict[Key, Held] = {}
    # The period written last is the one the file speaks of: a file may move its days before an earlier one's.
    for row in sorted(rows, key=lambda row: row.id):
        latest[row.key] = row
    kept = set()
    for wish in wanted:
        before = latest.get(wish.key)
        if before is None or _begins_anew(before, wish, today):
            found.added.append(_beginning(wish, today))
            continue
        kept.add(before.id)
        values = _differing(before, _with_known_start(wish, before.values["starts_on"]))
        if values:
            is_back = "ends_on" in values and not _holds(before, "ends_on", today)
            (found.reopened if is_back else found.changed).append(Change(before, values))
    found.ended += [
        Change(row, {"ends_on": today - timedelta(days=1)})
        for row in rows
        if row.id not in kept and _holds(row, "ends_on", today)
    ]


def _begins_anew(row: Held, wish: Wanted, today: date) -> bool:
    """Whether what ended earlier starts again, leaving a gap that must stay visible."""
    ended, starts = row.values["ends_on"], wish.values["starts_on"]
    if ended is None or ended >= today or _ends_before(wish, today):
        return starts is not None and ended is not None and starts > ended
    return starts is None or starts > ended


def _ends_before(wish: Wanted, today: date) -> bool:
    return wish.values["ends_on"] is not None and wish.values["ends_on"] < today


def _beginning(wish: Wanted, today: date) -> Wanted:
    return Wanted(wish.key, _with_known_start(wish, today), wish.at_first)


def _with_known_start(wish: Wanted, known: date) -> Mapping[str, Any]:
    """The values with a first day: the file's, else `known`, but never after the last day."""
    starts = wish.values["starts_on"] or min(known, wish.values["ends_on"] or known)
    return {**wish.values, "starts_on": starts}


def _differing(row: Held, values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if row.values[name] != value}


def _holds(row: Held, end: str, today: date) -> bool:
    return row.values[end] is None or row.values[end] >= today


def _never_began(row: Held) -> bool:
    """What was planned and called off before its first day."""
    return row.values["ends_on"] is not None and row.values["ends_on"] < row.values["starts_on"]


def _goes_on_after(row: Held, end: str, today: date) -> bool:
    return row.values[end] is None or row.values[end] > today


def changes_of(found: TableDifference) -> Iterator[Change]:
    """All changes to rows that are there, those that end first, so that what follows has room."""
    yield from found.ended
    yield from found.changed
    yield from found.reopened
