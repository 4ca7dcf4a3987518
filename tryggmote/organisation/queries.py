"""Reading who is who."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from tryggmote.access.context import PlacementInfo
from tryggmote.organisation.models import Person, Placement, UnitClosure
from tryggmote.organisation.roles import LEADS_DIRECTLY, OVERSEES, Role


@dataclass(frozen=True)
class Leaders:
    """The nearest leaders of a person; they may be one, two or none."""

    daily_id: int | None
    formal_id: int | None

    @property
    def ids(self) -> list[int]:
        """Each leader once, the daily one first."""
        return list(dict.fromkeys(i for i in (self.daily_id, self.formal_id) if i is not None))


def current(day: date) -> Q:
    """Rows with `starts_on`/`ends_on` that hold on `day`."""
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))


def names(ids: list[int]) -> dict[int, str]:
    """Names by person id; one query."""
    return dict(Person.objects.filter(id__in=ids).values_list("id", "name"))


_PLACEMENT = """
select w.unit_id, u.name, w.id, w.employer_id, p.safety_area_id, p.meets_clients, u.meeting_forms
from organisation_placement p
join organisation_workforce w on w.id = p.workforce_id
join organisation_unit u on u.id = w.unit_id
where p.person_id = %s and p.starts_on <= app.today() and coalesce(p.ends_on >= app.today(), true)
order by p.is_primary desc, p.id limit 1
"""


def placement_of(person_id: int) -> PlacementInfo | None:
    """Where somebody works today (their first placement), or None."""
    with connection.cursor() as cursor:
        cursor.execute(_PLACEMENT, [person_id])
        row = cursor.fetchone()
    if row is None:
        return None
    unit_id, unit_name, workforce_id, employer_id, area_id, meets_clients, forms = row
    return PlacementInfo(unit_id, unit_name, workforce_id, employer_id, area_id, meets_clients, tuple(forms))


# Of several workplaces the one asked for counts, else the first. Nobody who has left is anybody's leader.
_LEADERS = """
with nearest as (
  select
    (select p.daily_leader_id from organisation_placement p
     where p.person_id = %(person)s
       and p.starts_on <= app.today() and coalesce(p.ends_on >= app.today(), true)
     order by (p.workforce_id = %(workforce)s) is true desc, p.is_primary desc, p.id limit 1) as daily,
    (select e.formal_leader_id from organisation_employment e
     where e.person_id = %(person)s
       and e.starts_on <= app.today() and coalesce(e.ends_on >= app.today(), true)
     order by e.id limit 1) as formal
), here as (
  select id from organisation_person, nearest
  where id in (daily, formal) and coalesce(ended_on >= app.today(), true)
)
select (select id from here where id = daily), (select id from here where id = formal) from nearest
"""


def nearest_leaders(person_id: int, *, workforce_id: int | None = None) -> Leaders:
    """The daily leader of a person, at the workplace where something happened, and the formal one; today."""
    with connection.cursor() as cursor:
        cursor.execute(_LEADERS, {"person": person_id, "workforce": workforce_id})
        return Leaders(*cursor.fetchone())


_LEADERS_ABOVE = """
select r.person_id
from organisation_workforce place
join organisation_unitclosure c on c.descendant_id = place.unit_id
join organisation_roleassignment r on r.unit_id = c.ancestor_id
  and r.role = any (%(roles)s)
  and (r.employer_id is null or r.employer_id = place.employer_id)
  and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)
join organisation_person holder on holder.id = r.person_id and coalesce(holder.ended_on >= app.today(), true)
where place.id = %(workforce)s and not (r.person_id = any (%(passed)s))
order by c.depth, r.id
"""
_LEADER_ABOVE = f"{_LEADERS_ABOVE} limit 1"


def leader_above(
    *, workforce_id: int, passed: Collection[int], roles: tuple[Role, ...] = (*LEADS_DIRECTLY, *OVERSEES)
) -> int | None:
    """The leader of the unit or of the nearest one above it, on the employer's line, who is not in `passed`.

    Asked of the workplace and not of the person: only leaders above it may read what happened there.
    `passed`: those who have been asked already, and those who may not decide in their own case. `roles`:
    which leaders come into question; directors are shown less than those who lead directly.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _LEADER_ABOVE,
            {"workforce": workforce_id, "passed": list(passed), "roles": [role.value for role in roles]},
        )
        row = cursor.fetchone()
    return row[0] if row else None


def directors_of(workforce_id: int) -> list[int]:
    """The county's and the municipality's directors above these employees, on the employer's line."""
    roles = [Role.COUNTY_DIRECTOR.value, Role.MUNICIPAL_DIRECTOR.value]
    with connection.cursor() as cursor:
        cursor.execute(_LEADERS_ABOVE, {"workforce": workforce_id, "passed": [], "roles": roles})
        return list(dict.fromkeys(row[0] for row in cursor.fetchall()))


# The nearest of each other employer's in the same office: in the unit itself, else in the office above it,
# else anywhere in the office.
_OTHER_EMPLOYERS = """
with place as (
  select id, unit_id, employer_id from organisation_workforce where id = %(workforce)s
), office as (
  select c.ancestor_id as id
  from place
  join organisation_unitclosure c on c.descendant_id = place.unit_id
  join organisation_unit u on u.id = c.ancestor_id and u.kind not in ('directorate', 'county', 'municipality')
  order by c.depth desc
  limit 1
)
select distinct on (other.employer_id) other.id
from place
cross join office
join organisation_unitclosure c on c.ancestor_id = office.id
join organisation_workforce other
  on other.unit_id = c.descendant_id and other.employer_id <> place.employer_id
where exists (
  select 1 from organisation_placement pl
  where pl.workforce_id = other.id and pl.starts_on <= app.today()
    and coalesce(pl.ends_on >= app.today(), true)
)
order by other.employer_id, (other.unit_id = place.unit_id) desc, c.depth, other.id
"""


def other_employers_workforces(workforce_id: int) -> list[int]:
    """One workforce of each other employer in the office in which these employees work (AML § 2-2)."""
    with connection.cursor() as cursor:
        cursor.execute(_OTHER_EMPLOYERS, {"workforce": workforce_id})
        return [row[0] for row in cursor.fetchall()]


_NEAREST_AREA = """
select a.id
from organisation_unitclosure c
join organisation_safetyarea a on a.unit_id = c.ancestor_id
  and (a.employer_id is null or a.employer_id = %(employer)s)
where c.descendant_id = %(unit)s
order by c.depth, a.id
limit 1
"""


def safety_area_of(placement: PlacementInfo) -> int | None:
    """The safety area somebody belongs to: their own, else the nearest one of their unit or above it."""
    if placement.safety_area_id is not None:
        return placement.safety_area_id
    with connection.cursor() as cursor:
        cursor.execute(_NEAREST_AREA, {"unit": placement.unit_id, "employer": placement.employer_id})
        row = cursor.fetchone()
    return row[0] if row else None


_REPRESENTATIVES = """
with area as (select id, unit_id, employer_id from organisation_safetyarea where id = %(area)s),
held as (
  select r.person_id, r.role, c.depth
  from area
  join organisation_unitclosure c on c.descendant_id = area.unit_id
  join organisation_roleassignment r on r.unit_id = c.ancestor_id
    and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)
    and (r.employer_id is null or area.employer_id is null or r.employer_id = area.employer_id)
  join organisation_person holder on holder.id = r.person_id
    and coalesce(holder.ended_on >= app.today(), true)
  where not (r.person_id = any (%(passed)s))
    and ((r.role = 'safety_representative' and (r.safety_area_id = area.id or r.safety_area_id is null))
         or r.role = 'chief_safety_representative')
)
select distinct person_id from held
where role = 'safety_representative'
   or not exists (select 1 from held where role = 'safety_representative')
"""


def safety_representatives_of(area_id: int | None, *, passed: Sequence[int] = ()) -> list[int]:
    """The safety representatives of an area; where there is none, the chief ones of the line (AML § 6-1).

    `passed`: those in whose own case it is.
    """
    if area_id is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_REPRESENTATIVES, {"area": area_id, "passed": list(passed)})
        return sorted(row[0] for row in cursor.fetchall())


def colleagues(unit_id: int, day: date) -> QuerySet[Person]:
    """Those who work in the unit or below it on `day`, in Norwegian order."""
    placed = Placement.objects.filter(current(day), workforce__unit_id__in=_below(unit_id)).values(
        "person_id"
    )
    return Person.objects.filter(id__in=placed, ended_on=None).order_by("sort_key")


def _below(unit_id: int) -> QuerySet[UnitClosure, Any]:
    return UnitClosure.objects.filter(ancestor_id=unit_id).values("descendant_id")
