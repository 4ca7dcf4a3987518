"""Units side by side, from what is kept: one question for a page, however many units lie under it.

A row is a unit, or a group of units: a county or a municipality. Of a group the offices, contact centres and
special units count; departments and teams are seen in their office.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import IntegerChoices
from django.utils.translation import gettext_lazy as _

from tryggmote.compliance.queries import measured_units
from tryggmote.compliance.states import State
from tryggmote.organisation.models import UnitClosure, UnitKind

GROUPS = (UnitKind.DIRECTORATE, UnitKind.COUNTY, UnitKind.MUNICIPALITY)
WORKPLACES = (UnitKind.OFFICE, UnitKind.CONTACT_CENTRE, UnitKind.SPECIAL)
PARTS = (UnitKind.DEPARTMENT, UnitKind.TEAM)
_COUNTED = (State.MET, State.PARTLY, State.MISSING)


class Size(IntegerChoices):
    """How many work in a unit and below it: the first number of each band, as `app.size_band` has them."""

    SMALL = 0, _("Inntil 15 ansatte")
    MIDDLE = 16, _("16–40 ansatte")
    LARGE = 41, _("Over 40 ansatte")


@dataclass(frozen=True)
class Scope:
    """Which units count. `under`: a unit they lie under, itself included; `kinds`: none for all."""

    under: int | None = None
    kinds: tuple[str, ...] = ()
    county: int | None = None
    form: str = ""
    size: Size | None = None
    name: str = ""


@dataclass(frozen=True)
class Cell:
    """How many units stand how on one requirement; `not_applicable` are left out of the share."""

    met: int = 0
    partly: int = 0
    missing: int = 0
    not_applicable: int = 0

    @property
    def counted(self) -> int:
        """The n of the share met: units that the requirement is for."""
        return self.met + self.partly + self.missing

    @property
    def share(self) -> float | None:
        """The share met, or None when the requirement is for none of them."""
        return self.met / self.counted if self.counted else None

    @property
    def state(self) -> State:
        """Of a single unit: how it stands."""
        for state, number in zip(_COUNTED, (self.met, self.partly, self.missing), strict=True):
            if number:
                return state
        return State.NOT_APPLICABLE if self.not_applicable else State.NOT_MEASURED

    @property
    def shade(self) -> str:
        """Of a group, from 0 (met by none) to 4 (met by all); "none" when the requirement is for none."""
        return "none" if self.share is None else str(int(4 * self.share))

    @property
    def is_calm(self) -> bool:
        """Whether nobody needs to do anything about it; not shown on a phone."""
        return not self.partly and not self.missing


@dataclass(frozen=True)
class Row:
    """A unit or a group of units. `units`: how many count in it."""

    id: int
    name: str
    kind: UnitKind
    units: int
    whole: Cell
    cells: dict[str, Cell]

    @property
    def is_group(self) -> bool:
        """Whether the row sums up others."""
        return self.kind in GROUPS


@dataclass(frozen=True)
class Picture:
    """A page of rows, how many there are on all pages, and all units of the scope together."""

    rows: list[Row]
    count: int
    total: dict[str, Cell] = field(default_factory=dict)


def units_in(scope: Scope) -> list[int]:
    """The ids of the units in sight that count in the scope; one query, and one more to narrow by size."""
    units = measured_units()
    for above in (scope.under, scope.county):
        if above is not None:
            below = UnitClosure.objects.filter(ancestor_id=above)
            units = units.filter(id__in=below.values("descendant_id"))
    if scope.kinds:
        units = units.filter(kind__in=scope.kinds)
    if scope.form:
        units = units.filter(meeting_forms__contains=[scope.form])
    if scope.name:
        units = units.filter(name__icontains=scope.name)
    ids = list(units.values_list("id", flat=True))
    return _of_size(ids, scope.size) if scope.size is not None else ids


def _of_size(ids: list[int], size: Size) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("select unit_id from app.unit_sizes(%s) where app.size_band(people) = %s", [ids, size])
        return [unit_id for (unit_id,) in cursor.fetchall()]


# Numbers of one cell, in the order of `Cell`.
_NUMBERS = """array[count(*) filter (where state = 'met'), count(*) filter (where state = 'partly'),
  count(*) filter (where state = 'missing'), count(*) filter (where state = 'not_applicable')]"""
# `by` sums up what is sorted by: one requirement, or all of them.
_PICTURE = """
with stands as materialized (
  select s.unit_id, s.rule, s.state from unnest(%(units)s::bigint[]) in_scope (id)
  join compliance_standing s on s.unit_id = in_scope.id and s.until_at is null
  where s.rule = any (%(rules)s)
), cell as materialized (
  select {row} as id, s.rule, {numbers} as n from stands s {grouping} group by 1, 2
), line as (
  select u.id, u.name, u.kind, u.sort_key, max(n[1] + n[2] + n[3] + n[4]) as units,
    array[sum(n[1]), sum(n[2]), sum(n[3]), sum(n[4])] as n,
    array[sum(n[1]) filter (where {by}), sum(n[2]) filter (where {by}), sum(n[3]) filter (where {by})] as by
  from cell c join organisation_unit u on u.id = c.id
  group by u.id
), page as (
  select line.*, count(*) over () as lines, row_number() over (order by {order}, sort_key, id) as at from line
  order by at limit %(limit)s offset %(offset)s
)
select p.id, p.name, p.kind, p.units::integer, p.lines, p.n::integer[],
  (select jsonb_object_agg(c.rule, c.n) from cell c where c.id = p.id),
  case when p.at = %(offset)s + 1 then (
    select jsonb_object_agg(t.rule, t.n) from (select rule, {numbers} as n from stands group by rule) t) end
from page p order by p.at
"""
_GROUPING = """
join organisation_unitclosure up on up.descendant_id = s.unit_id
join organisation_unit g on g.id = up.ancestor_id and g.kind = %(group)s
"""
_BY_SHARE = """by[1]::float / nullif(by[1] + by[2] + by[3], 0) {way} nulls last,
  (by[1] + by[2])::float / nullif(by[1] + by[2] + by[3], 0) {way} nulls last"""


@dataclass(frozen=True)
class Order:
    """What the rows stand by: the share met, over all requirements or of one rule; or the name.

    The weakest comes first, and the beginning of the alphabet, unless `is_turned`.
    """

    rule: str = ""
    by_name: bool = False
    is_turned: bool = False

    @property
    def sql(self) -> str:
        """For `order by`."""
        way = "desc" if self.is_turned else "asc"
        return f"sort_key {way}" if self.by_name else _BY_SHARE.format(way=way)


def picture(
    units: Collection[int],
    rules: Collection[str],
    order: Order,
    *,
    group: str = "",
    limit: int,
    offset: int = 0,
) -> Picture:
    """A page of these units, or of the groups of that kind which they lie under; one query."""
    question = _PICTURE.format(
        row="g.id" if group else "s.unit_id",
        grouping=_GROUPING if group else "",
        numbers=_NUMBERS,
        by="c.rule = %(by)s" if order.rule else "true",
        order=order.sql,
    )
    values: dict[str, Any] = {
        "units": list(units),
        "rules": list(rules),
        "group": group,
        "by": order.rule,
        "limit": limit,
        "offset": offset,
    }
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        found = cursor.fetchall()
    if not found:
        return Picture([], 0)
    rows = [
        Row(id_, name, UnitKind(kind), units, Cell(*whole), _cells(cells))
        for id_, name, kind, units, _lines, whole, cells, _total in found
    ]
    return Picture(rows, found[0][4], _cells(found[0][7]))


def _cells(found: str) -> dict[str, Cell]:
    return {rule: Cell(*numbers) for rule, numbers in json.loads(found).items()}
