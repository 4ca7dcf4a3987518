"""The difference in words: how many of each, and the first ones by name."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.organisation.importing.difference import Change, Difference, TableDifference
from tryggmote.organisation.importing.tables import (
    AREAS,
    LINKS,
    PEOPLE,
    ROLES,
    UNITS,
    Key,
    Present,
    Table,
    Wishes,
)
from tryggmote.organisation.roles import Role

SHOWN = 10
FIELDS: dict[str, str | Promise] = {
    "name": gettext_lazy("navn"),
    "kind": gettext_lazy("type"),
    "email": gettext_lazy("e-post"),
    "phone": gettext_lazy("telefon"),
    "unit": gettext_lazy("enhet"),
    "employer": gettext_lazy("arbeidsgiver"),
    "formal_leader": gettext_lazy("formell leder"),
    "daily_leader": gettext_lazy("daglig leder"),
    "safety_area": gettext_lazy("verneområde"),
    "title": gettext_lazy("stilling"),
    "meets_clients": gettext_lazy("møter brukere"),
    "is_primary": gettext_lazy("hovedarbeidssted"),
    "starts_on": gettext_lazy("første dag"),
    "ends_on": gettext_lazy("siste dag"),
    "ended_on": gettext_lazy("siste dag"),
}


@dataclass(frozen=True)
class Group:
    """One kind of change in one table. `first`: the first in words; `more`: how many are not listed."""

    name: str
    count: int
    first: list[str]

    @property
    def more(self) -> int:
        return self.count - len(self.first)


@dataclass(frozen=True)
class TableSummary:
    """What becomes of one table, without the kinds of change that do not occur."""

    label: str
    groups: list[Group]


def summary(found: Difference, present: Present, wishes: Wishes) -> list[TableSummary]:
    """The tables that change, each with its groups of changes."""
    words = _Words(present, wishes)
    return [TableSummary(str(t.table.label), words.groups(t)) for t in found.tables if t.size]


class _Words:
    """Knows what units and people are called, in the file or else in the database."""

    def __init__(self, present: Present, wishes: Wishes) -> None:
        self.names = {
            table.name: {row.key[0]: row.values["name"] for row in present[table.name]}
            | {wish.key[0]: wish.values["name"] for wish in wishes.get(table.name, [])}
            for table in (UNITS, AREAS, PEOPLE)
        }

    def groups(self, found: TableDifference) -> list[Group]:
        table = found.table
        gone = _("Tas bort") if table is LINKS else _("Avsluttes")
        groups = [
            Group(_("Nye"), len(found.added), [self.row(table, wish.key) for wish in found.added[:SHOWN]]),
            self._changes(table, _("Endres"), found.changed),
            self._changes(table, _("Åpnes igjen"), found.reopened),
            Group(
                gone, len(found.ended), [self.row(table, change.row.key) for change in found.ended[:SHOWN]]
            ),
        ]
        return [group for group in groups if group.count]

    def row(self, table: Table, key: Key) -> str:
        """One row by name: "Kari Eksempel – Nav Lillevik"."""
        if table in (UNITS, AREAS, PEOPLE):
            return f"{self._name(table, key[0])} ({key[0]})"
        if table is LINKS:
            return _("%(child)s under %(parent)s") % {
                "child": self._name(UNITS, key[0]),
                "parent": self._name(UNITS, key[1]),
            }
        person = self._name(PEOPLE, key[0])
        if table is ROLES:
            return f"{person} – {Role(str(key[1])).label}, {self._name(UNITS, key[2])}"
        return f"{person} – {' / '.join(self._name(UNITS, code) for code in key[1:])}"

    def _changes(self, table: Table, name: str, changes: list[Change]) -> Group:
        return Group(name, len(changes), [self._change(table, change) for change in changes[:SHOWN]])

    def _change(self, table: Table, change: Change) -> str:
        parts = (
            f"{FIELDS[name]} {self._value(name, change.row.values[name])} → {self._value(name, value)}"
            for name, value in change.values.items()
        )
        return f"{self.row(table, change.row.key)}: {', '.join(parts)}"

    def _value(self, name: str, value: Any) -> str:
        if value is None or value == "":
            return _("(tom)")
        if isinstance(value, bool):
            return _("ja") if value else _("nei")
        if name in ("starts_on", "ends_on", "ended_on"):
            return date_format(value, "SHORT_DATE_FORMAT")
        if name in ("formal_leader", "daily_leader"):
            return self._name(PEOPLE, value)
        if name in ("unit", "employer"):
            return self._name(UNITS, value)
        return self._name(AREAS, value) if name == "safety_area" else str(value)

    def _name(self, table: Table, code: str | None) -> str:
        return self.names[table.name].get(code) or str(code)


def tables_that_end_too_much(found: Iterable[TableDifference]) -> str:
    """For the warning: "Personer: 9 av 20"."""
    return ", ".join(
        _("%(table)s: %(ended)d av %(live)d")
        % {"table": table.table.label, "ended": len(table.ended), "live": table.live}
        for table in found
    )
