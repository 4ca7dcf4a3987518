"""The sections of a dossier: whoever knows what something is made from says how it is read.

A capability above `dossier` registers its own section in `AppConfig.ready()`; for those below, `dossier` does
(`apps.py`, `sections/`). The dossier itself knows no tables but its own.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.functional import Promise

from tryggmote.organisation.models import Unit, UnitClosure
from tryggmote.ui.dates import oslo_midnight

Words = str | Promise


@dataclass(frozen=True)
class Scope:
    """What a dossier is about: a unit with all below it (`unit_ids`), from `since` to and with `until`."""

    unit: Unit
    unit_ids: tuple[int, ...]
    since: date
    until: date

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """The first moment of the period in Oslo, and the first after it."""
        return oslo_midnight(self.since), oslo_midnight(self.until + timedelta(days=1))


@dataclass(frozen=True)
class Table:
    """Rows under headings. `title` tells it from other tables of the section; "" where it is the only one."""

    head: list[str]
    rows: list[list[str]]
    title: str = ""

    def without(self, heading: str) -> "Table":
        """The same without a column, where it says the same in each row."""
        if heading not in self.head or len({row[self.head.index(heading)] for row in self.rows}) > 1:
            return self
        at = self.head.index(heading)
        rows = [row[:at] + row[at + 1 :] for row in self.rows]
        return Table(self.head[:at] + self.head[at + 1 :], rows, self.title)


@dataclass(frozen=True)
class Told:
    """What a section says: sentences, then tables."""

    says: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)


@dataclass(frozen=True)
class Section:
    """One section: where it stands, and how it is read, in a number of queries that no row adds to."""

    code: str
    title: Words
    order: int
    read: Callable[[Scope], Told]


_sections: dict[str, Section] = {}


def register(*sections: Section) -> None:
    """Put sections in every dossier; registering the same code again replaces it."""
    _sections.update({section.code: section for section in sections})


def sections() -> list[Section]:
    """All sections in order."""
    return sorted(_sections.values(), key=lambda section: section.order)


def scope_of(unit: Unit, since: date, until: date) -> Scope:
    """The unit with all units below it, in the period; one query."""
    below = UnitClosure.objects.filter(ancestor=unit).values_list("descendant_id", flat=True)
    return Scope(unit, tuple(below), since, until)
