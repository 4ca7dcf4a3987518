-- Whom a call for help is told to, ring by ring (requirements 3.2-3.4). The acts that tell them: `policies_acts.sql`.

-- The office a unit belongs to: the highest above it that is not a county, a municipality or the directorate.
create or replace function app.office_of(unit integer) returns integer
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce((
    select u.id from organisation_unitclosure c join organisation_unit u on u.id = c.ancestor_id
    where c.descendant_id = unit and u.kind not in ('directorate', 'county', 'municipality')
    order by c.depth desc limit 1), unit)
$$;

-- Those at work in a unit: placed there or below, its guards, and whoever leads it or the units up to the office.
-- Of a county, a municipality or the directorate only those who work in the administration itself.
create or replace function app.people_at(place integer) returns setof bigint
language sql stable security definer set search_path = public, pg_temp as $$
  select pl.person_id
  from organisation_unitclosure below
  join organisation_workforce w on w.unit_id = below.descendant_id
  join organisation_placement pl on pl.workforce_id = w.id
  where below.ancestor_id = place and pl.starts_on <= app.today() and coalesce(pl.ends_on >= app.today(), true)
    and (below.depth = 0 or exists (
      select 1 from organisation_unit u
      where u.id = place and u.kind not in ('directorate', 'county', 'municipality')))
  union
  select r.person_id
  from organisation_unitclosure above
  join organisation_unit u on u.id = above.ancestor_id and u.kind not in ('directorate', 'county', 'municipality')
  join organisation_roleassignment r on r.unit_id = u.id and r.role in ('guard', 'leader', 'office_leader')
  where above.descendant_id = place and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)
$$;

-- Those a unit has chosen to be told first and who are on duty today: its own choice, else the nearest above it. Not
-- those who have left, who work elsewhere now, or who call themselves.
create or replace function app.responders_on_duty(caller integer, place integer) returns setof bigint
language sql stable security definer set search_path = public, pg_temp as $$
  select r.person_id from assistance_responder r
  join organisation_person p on p.id = r.person_id and coalesce(p.ended_on >= app.today(), true)
  where r.unit_id = (
      select c.ancestor_id from organisation_unitclosure c
      where c.descendant_id = place and exists (select 1 from assistance_responder x where x.unit_id = c.ancestor_id)
      order by c.depth limit 1)
    and extract(isodow from now() at time zone 'Europe/Oslo')::smallint = any (r.weekdays)
    and r.person_id <> caller and r.person_id in (select app.people_at(app.office_of(place)))
$$;

-- Whom a ring tells. 1: the chosen contact and the caller's leaders; else those on duty with the guards and all leaders;
-- else everybody in the unit. 2: everybody in the office. 3: the leaders on both lines, and the county's duty contact
-- (its security co-ordinator; where there is none, its director).
create or replace function app.people_of_ring(wanted integer, caller integer, place integer, contact integer)
returns setof bigint
language sql stable security definer set search_path = public, pg_temp as $$
  with leader as (
    select pl.daily_leader_id as id from organisation_placement pl
    where pl.person_id = caller and pl.starts_on <= app.today() and coalesce(pl.ends_on >= app.today(), true)
    union
    select e.formal_leader_id from organisation_employment e
    where e.person_id = caller and e.starts_on <= app.today() and coalesce(e.ends_on >= app.today(), true)
  ), above as (
    select r.person_id as id, r.role
    from organisation_unitclosure c
    join organisation_roleassignment r on r.unit_id = c.ancestor_id
    join organisation_person p on p.id = r.person_id and coalesce(p.ended_on >= app.today(), true)
    where c.descendant_id = place and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)
      and r.role in ('guard', 'leader', 'office_leader', 'county_security_coordinator', 'county_director')
  ), on_duty as (
    select app.responders_on_duty(caller, place) as id
  ), told as (
    select contact as id where wanted = 1 and contact is not null
    union
    select id from leader where wanted = 1
    union
    select id from on_duty where wanted = 1 and contact is null
    union
    select id from above where wanted = 1 and contact is null and role in ('guard', 'leader', 'office_leader')
    union
    select id from app.people_at(place) id where wanted = 1 and contact is null and not exists (select 1 from on_duty)
    union
    select id from app.people_at(app.office_of(place)) id where wanted = 2
    union
    select id from leader where wanted = 3
    union
    select id from above where wanted = 3 and (
      role in ('leader', 'office_leader', 'county_security_coordinator')
      or not exists (select 1 from above a where a.role = 'county_security_coordinator'))
  )
  select person.id from told join organisation_person person on person.id = told.id
  where person.id <> caller and coalesce(person.ended_on >= app.today(), true)
$$;

-- How many of those whom a call in the unit would reach first have a browser that may be woken. A number, not whose.
create or replace function app.count_wakeable(caller integer, place integer) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
  select count(distinct s.person_id) from assistance_pushsubscription s
  where s.person_id in (select app.people_of_ring(1, caller, place, null))
$$;

revoke execute on function app.people_at(integer), app.responders_on_duty(integer, integer),
  app.people_of_ring(integer, integer, integer, integer), app.count_wakeable(integer, integer) from public;
-- The unit's page and the alarm program say how many would be told.
grant execute on function app.people_of_ring(integer, integer, integer, integer)
  to tryggmote_app, tryggmote_wide, tryggmote_all, tryggmote_job;
grant execute on function app.count_wakeable(integer, integer) to tryggmote_app, tryggmote_wide, tryggmote_all;
