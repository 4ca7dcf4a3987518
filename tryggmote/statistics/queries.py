"""What is read for a page of figures: the units around one, and their counts. One query each."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from tryggmote.organisation.models import UnitKind
from tryggmote.statistics.models import Span
from tryggmote.statistics.rules import Cell, Tree

ABOVE_OFFICES = (UnitKind.DIRECTORATE, UnitKind.COUNTY, UnitKind.MUNICIPALITY)

LARGEST_ID = 2**63 - 1
"""An address may hold any number; the database knows none above this."""


@dataclass(frozen=True)
class Seen:
    """A unit whose figures one may ask for. `reads_all`: may read every incident there."""

    id: int
    name: str
    kind: str
    reads_all: bool

    @property
    def is_above_offices(self) -> bool:
        return self.kind in ABOVE_OFFICES


@dataclass(frozen=True)
class Around:
    """A unit with the way down to it and what lies below each unit on that way."""

    tree: Tree
    units: dict[int, Seen]

    @property
    def unit(self) -> Seen:
        """The one the page is about."""
        return self.units[self.tree.path[-1]]

    @property
    def below(self) -> list[Seen]:
        """What lies just below it, by name."""
        return [self.units[unit_id] for unit_id in self.tree.children.get(self.unit.id, ())]

    def tree_of(self, units: Collection[int]) -> Tree:
        """The part of the tree that these units make."""

        def kept(found: Iterable[int]) -> list[int]:
            return [unit_id for unit_id in found if unit_id in units]

        return Tree(kept(self.tree.path), {of: kept(below) for of, below in self.tree.children.items()})


def around(unit_id: int) -> Around | None:
    """The unit and those around it; None for one whose figures one may not ask for."""
    if unit_id > LARGEST_ID:
        return None
    path: list[int] = []
    children: dict[int, list[int]] = defaultdict(list)
    units: dict[int, Seen] = {}
    with connection.cursor() as cursor:
        cursor.execute("select * from app.tree_of_figures(%s)", [unit_id])
        for found, parent, depth, kind, name, reads_all in cursor.fetchall():
            units[found] = Seen(found, name, kind, reads_all)
            if depth is not None:
                path.append(found)
            else:
                children[parent].append(found)
    return Around(Tree(path, dict(children)), units) if path else None


def uppermost() -> int | None:
    """The unit that lies highest of those whose figures one sees; None for one who sees none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select u.id from organisation_unit u "
            "where u.id = any ((select app.units_with_figures())::bigint[]) "
            "order by array_position(%s, u.kind::text), u.sort_key, u.id limit 1",
            [[str(kind) for kind in UnitKind]],
        )
        row = cursor.fetchone()
    return row[0] if row else None


@dataclass(frozen=True)
class Number:
    """What was counted, and the part of it that the reader may not read in full."""

    all: Cell
    others: Cell

    def __add__(self, other: "Number") -> "Number":
        return Number(self.all + other.all, self.others + other.others)


NONE = Number(Cell(), Cell())


class Numbers:
    """Counts by unit, first day, measure and code; nothing counted is none."""

    def __init__(self, rows: Iterable[tuple[int, date, str, str, int, int, int, int]]) -> None:
        self._numbers: dict[tuple[int, date, str], dict[str, Number]] = defaultdict(dict)
        for unit_id, first, measure, code, n, people, own_n, own_people in rows:
            number = Number(Cell(n, people), Cell(n - own_n, people - own_people))
            self._numbers[unit_id, first, measure][code] = number

    def of(self, unit_id: int, first: date, measure: str) -> Number:
        """All of a measure."""
        return self.codes(unit_id, first, measure).get("", NONE)

    def codes(self, unit_id: int, first: date, measure: str) -> dict[str, Number]:
        """A measure by its codes."""
        return self._numbers.get((unit_id, first, measure), {})

    def first_of(self, unit_id: int, measures: Collection[str]) -> date | None:
        """The first day of the earliest span in which one of these was counted; None when none was."""
        days = (first for unit, first, measure in self._numbers if unit == unit_id and measure in measures)
        return min(days, default=None)


def numbers(
    units: Sequence[int], span: Span, measures: Sequence[str], from_on: date, until_on: date
) -> Numbers:
    """The counts of these spans; units out of sight have none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from app.figures(%s, %s, %s, %s, %s)",
            [list(units), span.value, list(measures), from_on, until_on],
        )
        return Numbers(
            (unit, first, measure, code, *map(int, counts))
            for unit, first, measure, code, *counts in cursor.fetchall()
        )
