"""What people are to a unit as a whole: who leads it, who represents it, and what the one who asks is to it.

Assessments, measures and procedures belong to a unit; these are the people who decide and are consulted.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from tryggmote.organisation.models import Unit
from tryggmote.organisation.roles import LEADS, LEADS_DIRECTLY, Role


@dataclass(frozen=True)
class Standing:
    """What the one who asks is to a unit today; the same as the policies say (`access/functions.sql`)."""

    sees: bool
    leads: bool
    represents: bool
    oversees: bool


@dataclass(frozen=True)
class UnitPerson:
    """Somebody with a role for a unit. `employer_id`: on which line; None for everybody there."""

    person_id: int
    name: str
    role: Role
    employer_id: int | None


_STANDING = """
select %(unit)s = any (app.units_in_sight()), %(unit)s = any (app.units_led()),
       %(unit)s = any (app.units_represented()), %(unit)s = any (app.units_overseen())
"""


def standing_in(unit_id: int) -> Standing:
    """What the one who is asking is to the unit; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, {"unit": unit_id})
        return Standing(*cursor.fetchone())


def units_led() -> QuerySet[Unit]:
    """The units led by the one who asks, in Norwegian order."""
    led = RawSQL("id = any ((select app.units_led())::integer[])", [], output_field=BooleanField())
    return Unit.objects.filter(led, ended_on=None).order_by("sort_key")


_DECIDING = """
with held as (
  select r.person_id, p.name, r.role, r.employer_id, c.depth, p.sort_key
  from organisation_unitclosure c
  join organisation_roleassignment r on r.unit_id = c.ancestor_id
    and r.role = any (%(roles)s)
    and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)
  join organisation_person p on p.id = r.person_id and coalesce(p.ended_on >= app.today(), true)
  where c.descendant_id = %(unit)s and (c.depth = 0 or r.role = any (%(directly)s))
)
select person_id, name, role, employer_id from held
where depth = (select min(depth) from held)
order by sort_key, person_id
"""


_RESPONSIBLE = """
with employer as (
  select distinct w.employer_id as id
  from organisation_unitclosure c
  join organisation_workforce w on w.unit_id = c.descendant_id
  join organisation_placement p on p.workforce_id = w.id
    and p.starts_on <= app.today() and coalesce(p.ends_on >= app.today(), true)
  where c.ancestor_id = %(unit)s
), held as (
  select r.person_id, p.name, r.role, r.employer_id, c.depth, p.sort_key
  from organisation_unitclosure c
  join organisation_roleassignment r on r.unit_id = c.ancestor_id
    and r.role = any (%(roles)s)
    and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)
  join organisation_person p on p.id = r.person_id and coalesce(p.ended_on >= app.today(), true)
  where c.descendant_id = %(unit)s
), nearest as (
  -- For each employer of the unit, those who lead its employees directly from the nearest place.
  select h.person_id, h.name, h.role, h.employer_id, h.sort_key, e.id as for_employer_id
  from employer e
  join held h on h.role = any (%(directly)s) and (h.employer_id is null or h.employer_id = e.id)
  where h.depth = (
    select min(x.depth) from held x
    where x.role = any (%(directly)s) and (x.employer_id is null or x.employer_id = e.id))
), of_all as (
  select person_id, role from nearest where employer_id is null
  group by person_id, role
  having count(distinct for_employer_id) = (select count(*) from employer)
), chosen as (
  select n.person_id, n.name, n.role, n.sort_key,
         case when o.person_id is null then n.for_employer_id end as employer_id
  from nearest n left join of_all o on o.person_id = n.person_id and o.role = n.role
  union
  -- Where nobody leads directly, a director does.
  select person_id, name, role, sort_key, employer_id from held
  where not exists (select 1 from nearest) and depth = (select min(depth) from held)
)
select person_id, name, role, employer_id from chosen order by sort_key, person_id
"""


def leaders_of(unit_id: int) -> list[UnitPerson]:
    """Those with employer responsibility for the unit: for each employer there, the nearest direct leaders.

    `employer_id` is None for one who leads everybody there, else the employer they lead for. A director
    answers for a unit that nobody leads directly.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _RESPONSIBLE,
            {"unit": unit_id, "roles": _values(LEADS), "directly": _values(LEADS_DIRECTLY)},
        )
        return _people(cursor.fetchall())


def deciders_of(unit_id: int) -> list[UnitPerson]:
    """The nearest of those who lead the unit from day to day, and so are shown what waits in it.

    A director does that for their own unit only: empty where there are only directors above.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _DECIDING, {"unit": unit_id, "roles": _values(LEADS), "directly": _values(LEADS_DIRECTLY)}
        )
        return _people(cursor.fetchall())


# Directors reach the units below in which their employer has employees; the directorate reaches all below it.
_LEADERS_ABOVE = """
with above as (
  select r.person_id, c.depth
  from organisation_unitclosure c
  join organisation_roleassignment r on r.unit_id = c.ancestor_id
    and r.role = any (%(roles)s)
    and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)
  join organisation_person p on p.id = r.person_id and coalesce(p.ended_on >= app.today(), true)
  where c.descendant_id = %(unit)s and not (r.person_id = any (%(passed)s))
    and (c.depth = 0 or r.role = 'directorate' or exists (
      select 1 from organisation_workforce w
      where w.unit_id = %(unit)s and (r.employer_id is null or r.employer_id = w.employer_id)))
)
select distinct person_id from above where depth = (select min(depth) from above) order by person_id
"""


def leaders_above(unit_id: int, *, passed: Collection[int]) -> list[int]:
    """The leaders of the unit, or of the nearest one above it on either line, who are not in `passed`."""
    with connection.cursor() as cursor:
        cursor.execute(_LEADERS_ABOVE, {"unit": unit_id, "roles": _values(LEADS), "passed": list(passed)})
        return [row[0] for row in cursor.fetchall()]


def units_decided_by_me() -> RawSQL:
    """The units of which the one who asks is among `deciders_of`, for a filter (`unit_id__in`)."""
    return RawSQL(
        """
        select c.descendant_id
        from organisation_roleassignment mine
        join organisation_unitclosure c on c.ancestor_id = mine.unit_id
        where mine.person_id = app.me() and mine.role = any (%s)
          and mine.starts_on <= app.today() and coalesce(mine.ends_on >= app.today(), true)
          and (c.depth = 0 or mine.role = any (%s))
          and not exists (
            select 1
            from organisation_unitclosure nearer
            join organisation_roleassignment r on r.unit_id = nearer.ancestor_id and r.role = any (%s)
              and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)
              and (nearer.depth = 0 or r.role = any (%s))
            join organisation_person p on p.id = r.person_id and coalesce(p.ended_on >= app.today(), true)
            where nearer.descendant_id = c.descendant_id and nearer.depth < c.depth)
        """,
        [_values(LEADS), _values(LEADS_DIRECTLY)] * 2,
    )


# The safety areas of those who work in the unit or below it; of an empty unit, those around it. Above the
# offices chief representatives stand for everybody on their line.
_REPRESENTATIVES = """
with unit as (
  select id, kind in ('directorate', 'county', 'municipality') as is_above
  from organisation_unit where id = %(unit)s
), placed as (
  select distinct p.safety_area_id as id
  from organisation_unitclosure c
  join organisation_workforce w on w.unit_id = c.descendant_id
  join organisation_placement p on p.workforce_id = w.id and p.safety_area_id is not null
    and p.starts_on <= app.today() and coalesce(p.ends_on >= app.today(), true)
  where c.ancestor_id = %(unit)s
), area as (
  select a.id, a.unit_id, a.employer_id from organisation_safetyarea a
  where not (select is_above from unit) and (
    a.id in (select id from placed)
    or (not exists (select 1 from placed) and exists (
      select 1 from organisation_unitclosure c
      where c.descendant_id = %(unit)s and c.ancestor_id = a.unit_id)))
), held as (
  select r.person_id, r.role, coalesce(area.employer_id, r.employer_id) as employer_id, area.id as area_id
  from area
  join organisation_unitclosure c on c.descendant_id = area.unit_id
  join organisation_roleassignment r on r.unit_id = c.ancestor_id
    and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)
    and (r.employer_id is null or area.employer_id is null or r.employer_id = area.employer_id)
  where (r.role = 'safety_representative' and (r.safety_area_id = area.id or r.safety_area_id is null))
     or r.role = 'chief_safety_representative'
), chosen as (
  select held.person_id, held.role, held.employer_id from held
  where held.role = 'safety_representative' or not exists (
    select 1 from held own where own.area_id = held.area_id and own.role = 'safety_representative')
  union
  select r.person_id, r.role, r.employer_id
  from organisation_roleassignment r, unit
  where unit.is_above and r.unit_id = unit.id and r.role = 'chief_safety_representative'
    and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)
)
select distinct on (p.sort_key, chosen.person_id) chosen.person_id, p.name, chosen.role, chosen.employer_id
from chosen
join organisation_person p on p.id = chosen.person_id and coalesce(p.ended_on >= app.today(), true)
order by p.sort_key, chosen.person_id, chosen.role desc
"""


def representatives_of(unit_id: int) -> list[UnitPerson]:
    """The safety representatives of both lines for those who work in the unit (AML § 6-1), by name."""
    with connection.cursor() as cursor:
        cursor.execute(_REPRESENTATIVES, {"unit": unit_id})
        return _people(cursor.fetchall())


_OTHERS = """
select distinct on (p.sort_key, r.person_id) r.person_id, p.name, r.role, r.employer_id
from organisation_unitclosure c
join organisation_roleassignment r on r.unit_id = c.ancestor_id and r.role = any (%(roles)s)
  and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)
join organisation_person p on p.id = r.person_id and coalesce(p.ended_on >= app.today(), true)
where c.descendant_id = %(unit)s
order by p.sort_key, r.person_id
"""


def holders_of(unit_id: int, roles: Iterable[Role]) -> list[UnitPerson]:
    """Those who hold one of the roles in the unit or above it, by name, each once."""
    with connection.cursor() as cursor:
        cursor.execute(_OTHERS, {"unit": unit_id, "roles": _values(roles)})
        return _people(cursor.fetchall())


def _values(roles: Iterable[Role]) -> list[str]:
    return [role.value for role in roles]


def _people(rows: Iterable[tuple[int, str, str, int | None]]) -> list[UnitPerson]:
    return [
        UnitPerson(person_id, name, Role(role), employer_id) for person_id, name, role, employer_id in rows
    ]
