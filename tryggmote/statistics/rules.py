"""Which numbers may be shown to whom (the product's "who sees what"; ADR 0055). Pure: counts in, units out.

What somebody may not read in full they see only as numbers with five or more people and five or more cases
behind them. A number is shown in parts only when it is itself shown, every part that is shown is large
enough or zero, and what is left when those are taken away is too. So whatever can be added and subtracted
from what is shown is large enough as well. What the reader may read in full is taken away first: they could
do the same.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self, TypeVar

FEWEST = 5
"""People, and cases, behind a number before others see it; `learning`'s limit for the same is held equal
by a test.
"""
SETTLED_AFTER_DAYS = 14
"""Until then late corrections are counted; afterwards a number never changes, so two looks tell no more
than one.
"""

Key = TypeVar("Key", int, str)


@dataclass(frozen=True)
class Cell:
    """How many there were, and how many people are behind them."""

    n: int = 0
    people: int = 0

    def __add__(self, other: Self) -> "Cell":
        return Cell(self.n + other.n, self.people + other.people)

    def __sub__(self, other: Self) -> "Cell":
        return Cell(self.n - other.n, self.people - other.people)

    @property
    def is_few(self) -> bool:
        """Too few for others to see. None at all tells of nobody."""
        return self.n > 0 and min(self.n, self.people) < FEWEST


Series = Sequence[Cell]
"""Numbers that are shown together or not at all, such as what a number is the sum of."""


def is_shown_whole(series: Series) -> bool:
    """Whether every number of the series may be shown."""
    return not any(cell.is_few for cell in series)


def parts_shown(whole: Series, parts: Mapping[Key, Series], among: Collection[Key] | None = None) -> set[Key]:
    """Which parts of a number that is itself shown may be shown beside it, of those in `among` (None: all).

    Takes away the smallest until what is left of the whole is large enough or nothing.
    """
    candidates = parts.keys() if among is None else parts.keys() & set(among)
    shown = {key for key in candidates if is_shown_whole(parts[key])}
    smallest_first = sorted(
        (key for key in shown if _size(parts[key])), key=lambda key: (_size(parts[key]), key), reverse=True
    )
    while not is_shown_whole(_rest(whole, (parts[key] for key in shown))) and smallest_first:
        shown.discard(smallest_first.pop())
    return shown


def _size(series: Series) -> int:
    return sum(cell.n for cell in series)


def _rest(whole: Series, parts: Iterable[Series]) -> Series:
    rest = list(whole)
    for part in parts:
        rest = [left - cell for left, cell in zip(rest, part, strict=True)]
    return rest


@dataclass(frozen=True)
class Tree:
    """The units from the uppermost one sees down to one (`path`), and what lies just below each of them."""

    path: Sequence[int]
    children: Mapping[int, Sequence[int]]

    @property
    def parents(self) -> dict[int, int]:
        """The unit just above each of the others."""
        return {child: of for of, children in self.children.items() for child in children}

    @property
    def units(self) -> list[int]:
        """Every unit of the tree once, from above."""
        return list(dict.fromkeys([*self.path, *(child for of in self.children.values() for child in of)]))


def units_shown(
    tree: Tree,
    numbers: Mapping[int, Series],
    among: Collection[int] | None = None,
    already: Mapping[int, Series] | None = None,
) -> set[int]:
    """The units whose numbers of one period may be shown, of those in `among` (None: all).

    `numbers`: what is in each unit and below it, less what the reader may read in full. `already`: units
    whose number is shown in smaller periods, with as much of it as that tells; they are shown when it is
    all of it.
    """
    known = already or {}
    candidates = set(tree.units if among is None else among)

    def is_told(unit: int) -> bool:
        return [cell.n for cell in known[unit]] == [cell.n for cell in numbers[unit]]

    root = tree.path[0]
    if root in known:
        shown = {root} if is_told(root) else set()
    else:
        shown = {root} if root in candidates and is_shown_whole(numbers[root]) else set()
    for parent in tree.path:
        if parent not in shown:
            break
        below = tree.children.get(parent, ())
        shown |= {child for child in below if child in known and is_told(child)}
        left = _rest(numbers[parent], (known[child] for child in below if child in known))
        parts = {child: numbers[child] for child in below if child not in known}
        shown |= parts_shown(left, parts, candidates)
    return shown


def is_settled(last_day: date, today: date) -> bool:
    """Whether the numbers of a period that ends on `last_day` do not change any more."""
    return today > last_day + timedelta(days=SETTLED_AFTER_DAYS)
