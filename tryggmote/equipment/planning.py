"""The year ahead, made from intervals (3.5): what is due in each month, and how much of it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.db.models.functions import TruncMonth

from tryggmote.controls.models import Measure
from tryggmote.equipment import queries
from tryggmote.equipment.rule_sets import ItemType, type_of
from tryggmote.equipment.rules import due_months, months_from

MOST_MEASURES = 100


@dataclass(frozen=True)
class Month:
    """One month: how many of each type are due, the largest first. `first`: its first day."""

    first: date
    types: list[tuple[ItemType, int]]

    @property
    def count(self) -> int:
        """All that is due."""
        return sum(count for _type, count in self.types)


def year_plan(unit_id: int, today: date) -> list[Month]:
    """The coming twelve months of a unit's register; one query, however many items there are."""
    rows = (
        queries.items(unit_id=unit_id)
        .order_by()
        .annotate(month=TruncMonth("due_on"))
        .values_list("type", "interval_months", "month")
        .annotate(count=Count("id"))
    )
    due: Mapping[date, Counter[str]] = {month: Counter() for month in months_from(today)}
    for code, interval, due_in, count in rows:
        for month in due_months(due_in, interval, today):
            due[month][code] += count
    return [Month(month, _known(counted)) for month, counted in due.items()]


def measures_of(unit_id: int) -> list[tuple[Measure, date]]:
    """The measures of a unit that are tested too, with when each is due, the first first; one query."""
    found = queries.measures_in_force().filter(unit_id=unit_id, interval_months__isnull=False)
    due = [(measure, day) for measure in found[:MOST_MEASURES] if (day := queries.measure_due_on(measure))]
    return sorted(due, key=lambda pair: pair[1])


def _known(counted: Counter[str]) -> list[tuple[ItemType, int]]:
    return [(type_, count) for code, count in counted.most_common() if (type_ := type_of(code))]
