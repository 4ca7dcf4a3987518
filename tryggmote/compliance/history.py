"""How units have stood: month by month, and what has changed from what to what."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from tryggmote.compliance.models import Standing
from tryggmote.compliance.rollup import Cell
from tryggmote.compliance.states import State
from tryggmote.ui.dates import OSLO, oslo_midnight

MONTHS = 12


@dataclass(frozen=True)
class Point:
    """How it stood at the end of a month, or stands now in the last."""

    month: date
    cell: Cell


# Each row counts from the first point at or after it began, until the first at or after it ended: so rows are
# read once, and not once for each month.
_CHANGES = """
with stands as (
  select s.state, s.from_at, s.until_at
  from unnest(%(units)s::bigint[]) in_scope (id)
  join compliance_standing s on s.unit_id = in_scope.id and s.rule = any (%(rules)s)
), moved as (
  select state, from_at as at, 1 as n from stands
  union all
  select state, until_at, -1 from stands where until_at is not null
)
select width_bucket(at, %(just_after)s::timestamptz[]), state, sum(n)::integer
from moved group by 1, 2
"""


def trend(units: Collection[int], rules: Collection[str], *, now: datetime | None = None) -> list[Point]:
    """How many stood how at the end of each of the last months and now; months without any are left out.

    One query, of the units in sight.
    """
    points = list(_ends_of_months(now or timezone.now()))
    just_after = [point + timedelta(microseconds=1) for point in points]
    with connection.cursor() as cursor:
        cursor.execute(_CHANGES, {"units": list(units), "rules": list(rules), "just_after": just_after})
        changes = {(at, state): number for at, state, number in cursor.fetchall()}
    counted = {
        state: list(accumulate(changes.get((at, state), 0) for at in range(len(points))))
        for state in (State.MET, State.PARTLY, State.MISSING, State.NOT_APPLICABLE)
    }
    found = [Cell(*numbers) for numbers in zip(*counted.values(), strict=True)]
    months = [(point.astimezone(OSLO) - timedelta(microseconds=1)).date().replace(day=1) for point in points]
    return [Point(month, cell) for month, cell in zip(months, found, strict=True) if cell.counted]


def _ends_of_months(now: datetime) -> Iterator[datetime]:
    this = now.astimezone(OSLO).date().replace(day=1)
    months = this.year * 12 + this.month - 1
    for month in range(months - MONTHS + 2, months + 1):
        yield oslo_midnight(date(month // 12, month % 12 + 1, 1))
    yield now


def changes(units: Collection[int], rules: Collection[str]) -> QuerySet[Standing]:
    """What has changed in these units, with what it was before, the latest first.

    That a rule or a threshold has got a new version is no change unless it says something else.
    """
    return (
        Standing.objects.filter(
            unit_id__in=RawSQL("select unnest(%s::bigint[])", [list(units)]),
            rule__in=rules,
            is_change=True,
        )
        .select_related("unit", "before")
        .order_by("-from_at", "unit__sort_key", "rule", "id")
    )
