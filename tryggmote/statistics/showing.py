"""What of the counts around a unit its reader is shown: `rules.py` applied to half-years and months (pure).

Numbers are shown by half-year. What happens often is shown by month where many work, above offices; that is
known before anything is counted, so it tells nothing. Such a half-year is the sum of its months, and is
shown when they all are; otherwise it would tell the month that is hidden.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from tryggmote.statistics import periods
from tryggmote.statistics.queries import Around, Number, Numbers
from tryggmote.statistics.rules import Cell, Series, is_settled, units_shown

MADE_OF = {"checks": ("checks_high", "checks_other"), "measures": ("measures_on_time", "measures_late")}
"""Measures that are a sum, by what they are the sum of."""
SPLITS = {"checks_high": "checks"}
"""Measures that split another: shown only where that one is, and what is left of it with them."""
WHAT_IS_USED_DAILY = ("incidents", *MADE_OF["checks"])
"""Where none of these has been counted yet, nobody was counting: no number is not the number zero."""
BY_MONTH = frozenset({"incidents", "checks", "training"})
MANY_EMPLOYEES = 400
"""With these, fewer than five a month is next to impossible for what happens often."""
STATES = frozenset({"measures_open", "measures_overdue"})
"""How many there were on the last day of a half-year: not a sum of what happened in it."""
ABOUT_THINGS = STATES | {"measures", "measures_late", "measures_evaluated", "employees"}
"""Nobody can be recognised in these; they are shown as they are."""


@dataclass(frozen=True)
class Shown:
    """A number as its reader sees it. `n`: None when it is not shown, because it is `waiting` or made of
    few.
    """

    n: int | None
    waiting: bool = False

    @property
    def is_few(self) -> bool:
        return self.n is None and not self.waiting


class Figures:
    """The numbers of the units around one, each shown or not. `halves`, `months`: what was counted."""

    def __init__(self, around: Around, halves: Numbers, months: Numbers, today: date) -> None:
        self.around, self._halves, self._months, self._today = around, halves, months, today
        self._half_units: dict[tuple[str, date], set[int]] = {}
        self._month_units: dict[tuple[str, date], set[int]] = {}

    def half(self, unit_id: int, measure: str, half: date) -> Shown:
        """A unit's number of a half-year; one that has not begun has none yet."""
        if half > self._today:
            return Shown(None, waiting=True)
        return self._shown(
            unit_id, measure, self._halves, half, self._is_settled(periods.end_of_half(half)), self._in_half
        )

    def year(self, unit_id: int, measure: str, year: int) -> Shown:
        """A unit's number of a year: of the halves that have begun, when each of them is shown. How things
        stood is that of the last.
        """
        halves = [self.half(unit_id, measure, h) for h in periods.halves_of(year) if h <= self._today]
        return total(halves[-1:] if measure in STATES else halves)

    def month(self, unit_id: int, measure: str, month: date) -> Shown:
        """A unit's number of a month; where it is shown by half-year alone, to those who may read all of
        it.
        """
        return self._shown(
            unit_id,
            measure,
            self._months,
            month,
            self._is_settled(periods.end_of_month(month)),
            self._in_month,
        )

    def codes(self, unit_id: int, measure: str, half: date) -> dict[str, int]:
        """A measure of a half-year by its codes, as it was counted."""
        return {code: number.all.n for code, number in self._halves.codes(unit_id, half, measure).items()}

    def employees(self, unit_id: int, months: Collection[date]) -> float:
        """How many met clients, on average over those of the months that have begun."""
        begun = [month for month in months if month <= self._today]
        counted = [self._months.of(unit_id, month, "employees").all.n for month in begun]
        return sum(counted) / len(counted) if counted else 0.0

    def is_counted(self, unit_id: int, month: date) -> bool:
        """Whether somebody worked there, and all of the month was counted: the first one seldom is."""
        began = self._months.first_of(unit_id, WHAT_IS_USED_DAILY)
        return began is not None and began < month and self.employees(unit_id, [month]) > 0

    def is_own(self, unit_id: int, measure: str, half: date) -> bool:
        """Whether the reader may read all that a half-year's number is made of."""
        return self._is_own(unit_id, _number(self._halves, unit_id, measure, half))

    def _is_settled(self, last_day: date) -> bool:
        return is_settled(last_day, self._today)

    def _shown(
        self,
        unit_id: int,
        measure: str,
        source: Numbers,
        first: date,
        is_settled: bool,
        units_in: Callable[[str, date], set[int]],
    ) -> Shown:
        found = _number(source, unit_id, measure, first)
        if measure in ABOUT_THINGS or self._is_own(unit_id, found):
            return Shown(found.all.n)
        if not is_settled:
            return Shown(None, waiting=True)
        return Shown(found.all.n if unit_id in units_in(measure, first) else None)

    def _is_own(self, unit_id: int, found: Number) -> bool:
        return self.around.units[unit_id].reads_all and found.others.n == 0

    def _in_half(self, measure: str, half: date) -> set[int]:
        """The units whose half-year is shown to whoever may not read it in full."""
        if (measure, half) not in self._half_units:
            among = self._in_half(SPLITS[measure], half) if measure in SPLITS else None
            numbers = self._others(self._halves, measure, half)
            self._half_units[measure, half] = units_shown(
                self.around.tree, numbers, among, self._told_by_month(measure, half, numbers)
            )
        return self._half_units[measure, half]

    def _told_by_month(self, measure: str, half: date, numbers: dict[int, Series]) -> dict[int, Series]:
        """How much of the half-year each unit that is shown by month has told. Its people are all taken as
        told.
        """
        months = periods.months_of(half)
        return {
            unit_id: [
                Cell(
                    sum(
                        self._others(self._months, measure, month)[unit_id][0].n
                        for month in months
                        if unit_id in self._in_month(measure, month)
                    ),
                    numbers[unit_id][0].people,
                )
            ]
            for unit_id in self._units_by_month(measure, half)
        }

    def _in_month(self, measure: str, month: date) -> set[int]:
        """The units whose month is shown to whoever may not read it in full."""
        if (measure, month) not in self._month_units:
            units = self._units_by_month(measure, periods.half_of(month))
            tree = self.around.tree_of(units)
            self._month_units[measure, month] = (
                units_shown(tree, self._others(self._months, measure, month)) if tree.path else set()
            )
        return self._month_units[measure, month]

    def _units_by_month(self, measure: str, half: date) -> set[int]:
        """The units above offices where many worked when the half-year began, and above them as well."""
        if measure not in BY_MONTH:
            return set()
        tree, units = self.around.tree, self.around.units
        many = {
            unit_id
            for unit_id, unit in units.items()
            if unit.is_above_offices and self._months.of(unit_id, half, "employees").all.n >= MANY_EMPLOYEES
        }
        found: set[int] = set()
        for unit_id in tree.units:
            if unit_id in many and (unit_id == tree.path[0] or tree.parents.get(unit_id) in found):
                found.add(unit_id)
        return found

    def _others(self, source: Numbers, measure: str, first: date) -> dict[int, Series]:
        parts = MADE_OF[SPLITS[measure]] if measure in SPLITS else (measure,)
        return {
            unit_id: [_number(source, unit_id, part, first).others for part in parts]
            for unit_id in self.around.units
        }


def total(parts: Iterable[Shown]) -> Shown:
    """The sum of what is shown; not shown when a part is not."""
    found = list(parts)
    if any(part.is_few for part in found):
        return Shown(None)
    if not found or any(part.waiting for part in found):
        return Shown(None, waiting=True)
    return Shown(sum(part.n or 0 for part in found))


def _number(source: Numbers, unit_id: int, measure: str, first: date) -> Number:
    found = source.of(unit_id, first, MADE_OF.get(measure, (measure,))[0])
    for part in MADE_OF.get(measure, ())[1:]:
        found += source.of(unit_id, first, part)
    return found
