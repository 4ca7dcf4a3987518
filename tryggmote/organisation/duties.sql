-- What views of duties share: whom a unit's duties are laid on.

-- The end of a day in Oslo: by then what is due on it is to be done.
create or replace function app.end_of(day date) returns timestamptz
language sql immutable parallel safe
return (day + 1)::timestamp at time zone 'Europe/Oslo';

-- How much something due on a day presses: today (1), this week (2), later (3); `duties/registry.py` has the names.
create or replace function app.urgency_by(due date) returns smallint
language sql stable parallel safe
return (case when due <= app.today() then 1 when due <= app.today() + 7 then 2 else 3 end)::smallint;

-- Each unit that is in use with those who decide in it from day to day (`standing.deciders_of`).
create view duty_part_decided as
select c.descendant_id as unit_id, held.person_id
from organisation_roleassignment held
join organisation_unitclosure c on c.ancestor_id = held.unit_id
where held.role in ('leader', 'office_leader', 'county_director', 'municipal_director', 'directorate')
  and held.starts_on <= app.today() and coalesce(held.ends_on >= app.today(), true)
  and (c.depth = 0 or held.role in ('leader', 'office_leader'))
  and not exists (
    select 1
    from organisation_unitclosure nearer
    join organisation_roleassignment r on r.unit_id = nearer.ancestor_id
      and r.role in ('leader', 'office_leader', 'county_director', 'municipal_director', 'directorate')
      and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)
      and (nearer.depth = 0 or r.role in ('leader', 'office_leader'))
    join organisation_person p on p.id = r.person_id and coalesce(p.ended_on >= app.today(), true)
    where nearer.descendant_id = c.descendant_id and nearer.depth < c.depth)
group by c.descendant_id, held.person_id;

-- The people of one employer in each unit, with those who lead them daily (`app.led` for everybody).
create view duty_part_workforce_led as
select below.workforce_id, held.person_id
from organisation_roleassignment held
join organisation_workforcereach below on below.unit_id = held.unit_id
  and (held.employer_id is null or held.employer_id = below.employer_id)
where held.role in ('leader', 'office_leader')
  and held.starts_on <= app.today() and coalesce(held.ends_on >= app.today(), true)
group by below.workforce_id, held.person_id;

-- Each unit with those who lead it, daily, or as the director of the unit itself (`app.units_led` for everybody).
create view duty_part_led as
select w.unit_id, led.person_id
from duty_part_workforce_led led
join organisation_workforce w on w.id = led.workforce_id
union
select held.unit_id, held.person_id
from organisation_roleassignment held
where held.role in ('leader', 'office_leader', 'county_director', 'municipal_director', 'directorate')
  and held.starts_on <= app.today() and coalesce(held.ends_on >= app.today(), true);

-- Where each safety area lies, with those who represent it (`app.areas()`).
create view duty_part_represented_area as
select a.unit_id, held.person_id
from organisation_roleassignment held
join organisation_safetyarea a on a.id = held.safety_area_id
where held.role = 'safety_representative'
  and held.starts_on <= app.today() and coalesce(held.ends_on >= app.today(), true)
union
select a.unit_id, held.person_id
from organisation_roleassignment held
join organisation_unitclosure c on c.ancestor_id = held.unit_id
join organisation_safetyarea a on a.unit_id = c.descendant_id
  and (held.employer_id is null or a.employer_id is null or held.employer_id = a.employer_id)
where (held.role = 'chief_safety_representative' or held.role = 'safety_representative' and held.safety_area_id is null)
  and held.starts_on <= app.today() and coalesce(held.ends_on >= app.today(), true);

-- Each unit with those who represent it (`app.units_represented()`).
create view duty_part_represented as
select c.descendant_id as unit_id, area.person_id
from duty_part_represented_area area
join organisation_unitclosure c on c.ancestor_id = area.unit_id
union
select c.ancestor_id, area.person_id
from duty_part_represented_area area
join organisation_unitclosure c on c.descendant_id = area.unit_id
join organisation_unit u on u.id = c.ancestor_id and u.kind not in ('directorate', 'county', 'municipality')
union
select held.unit_id, held.person_id
from organisation_roleassignment held
where held.role in ('safety_representative', 'chief_safety_representative')
  and held.starts_on <= app.today() and coalesce(held.ends_on >= app.today(), true);
