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

-- Each person with those who lead them, by the day or formally (`app.team()`).
create view duty_part_team as
select p.daily_leader_id as person_id, p.person_id as led_id
from organisation_placement p
where p.daily_leader_id is not null and p.starts_on <= app.today() and coalesce(p.ends_on >= app.today(), true)
union all
select e.formal_leader_id, e.person_id
from organisation_employment e
where e.formal_leader_id is not null and e.starts_on <= app.today() and coalesce(e.ends_on >= app.today(), true);

-- The employees of each employer in each unit with those who lead them directly (`app.led()`).
create view duty_part_led_workforce as
select held.person_id, below.workforce_id
from organisation_roleassignment held
join organisation_workforcereach below
  on below.unit_id = held.unit_id and (held.employer_id is null or held.employer_id = below.employer_id)
where held.role in ('leader', 'office_leader')
  and held.starts_on <= app.today() and coalesce(held.ends_on >= app.today(), true);

-- The same with those who see them from above, as a director on either line (`SignedInPerson.oversees`).
create view duty_part_overseen_workforce as
select held.person_id, below.workforce_id
from organisation_roleassignment held
join organisation_workforcereach below
  on below.unit_id = held.unit_id and (held.employer_id is null or held.employer_id = below.employer_id)
where held.role in ('county_director', 'municipal_director')
  and held.starts_on <= app.today() and coalesce(held.ends_on >= app.today(), true)
union all
select held.person_id, w.id
from organisation_roleassignment held
cross join organisation_workforce w
where held.role = 'directorate' and held.starts_on <= app.today() and coalesce(held.ends_on >= app.today(), true);

-- Each unit with those who lead it (`app.units_led()`).
create view duty_part_led as
select w.unit_id, l.person_id
from duty_part_led_workforce l
join organisation_workforce w on w.id = l.workforce_id
union
select held.unit_id, held.person_id
from organisation_roleassignment held
where held.role in ('leader', 'office_leader', 'county_director', 'municipal_director', 'directorate')
  and held.starts_on <= app.today() and coalesce(held.ends_on >= app.today(), true);

-- Each safety area and where it lies, with those who represent it (`app.areas()`).
create view duty_part_represented_area as
select a.id as area_id, a.unit_id, held.person_id
from organisation_roleassignment held
join organisation_safetyarea a on a.id = held.safety_area_id
where held.role = 'safety_representative'
  and held.starts_on <= app.today() and coalesce(held.ends_on >= app.today(), true)
union
select a.id as area_id, a.unit_id, held.person_id
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
