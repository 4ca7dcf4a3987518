-- The common ground of every policy: who is asking, what they hold, and how a table is protected.
-- Applied after every migration, in one transaction with all policies, as the owner.

create schema if not exists app;
grant usage on schema app to tryggmote_app, tryggmote_wide, tryggmote_all, tryggmote_job;
grant usage on schema public to tryggmote_app, tryggmote_wide, tryggmote_all, tryggmote_job;

create or replace function app.today() returns date
language sql stable parallel safe
return (now() at time zone 'Europe/Oslo')::date;

-- Who is asking. Strict: raises when nobody has signed in to this transaction.
create or replace function app.me() returns integer
language sql stable parallel safe
return current_setting('app.person_id')::integer;

-- Workforces (the employees of one employer in one unit) that one leads directly.
create or replace function app.led() returns integer[]
language sql stable parallel safe
return current_setting('app.led')::integer[];

-- People one leads, daily or formally.
create or replace function app.team() returns integer[]
language sql stable parallel safe
return current_setting('app.team')::integer[];

-- Safety areas one represents.
create or replace function app.areas() returns integer[]
language sql stable parallel safe
return current_setting('app.areas')::integer[];

-- Workforces one sees from above, as a director on either line.
create or replace function app.overseen() returns integer[]
language sql stable parallel safe
return current_setting('app.overseen')::integer[];

-- Units one works in, leads or represents, up to the office.
create or replace function app.member_units() returns integer[]
language sql stable parallel safe
return current_setting('app.member_units')::integer[];

-- Whether one holds a role today, anywhere.
create or replace function app.has_role(role text) returns boolean
language sql stable parallel safe
return role = any(current_setting('app.roles')::text[]);

-- The three below are for what belongs to a unit as a whole: assessments, measures, procedures, information. They
-- are asked once a query, as `(select app.units_in_sight())`, and work out units from what one holds.

-- Units whose documents one may read: those one works in or holds a role in with all above them; and everything
-- below a unit one holds a role in. Administrators keep people and guards keep watch: those roles show no content.
create or replace function app.units_in_sight() returns integer[]
language sql stable security definer set search_path = public, pg_temp as $$
  with role as materialized (
    select r.unit_id
    from organisation_roleassignment r
    where r.person_id = app.me() and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)
      and r.role not in ('administrator', 'guard')
  ), workplace as (
    select w.unit_id
    from organisation_placement pl join organisation_workforce w on w.id = pl.workforce_id
    where pl.person_id = app.me() and pl.starts_on <= app.today() and coalesce(pl.ends_on >= app.today(), true)
  )
  select coalesce(array_agg(distinct seen.id), '{}') from (
    select c.ancestor_id as id
    from (select unit_id from role union select unit_id from workplace) held
    join organisation_unitclosure c on c.descendant_id = held.unit_id
    union all
    select c.descendant_id from role join organisation_unitclosure c on c.ancestor_id = role.unit_id
  ) seen
$$;

-- Units one leads: those whose employees one leads directly, and for a director the unit they are director of.
create or replace function app.units_led() returns integer[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct led.id), '{}') from (
    select w.unit_id as id from organisation_workforce w where w.id = any (app.led())
    union all
    select r.unit_id
    from organisation_roleassignment r
    where r.person_id = app.me() and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)
      and r.role in ('leader', 'office_leader', 'county_director', 'municipal_director', 'directorate')
  ) led
$$;

-- Units one sees from above, as a director on either line.
create or replace function app.units_overseen() returns integer[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct overseen.id), '{}') from (
    select w.unit_id as id from organisation_workforce w where w.id = any (app.overseen())
    union all
    select c.descendant_id
    from organisation_roleassignment r join organisation_unitclosure c on c.ancestor_id = r.unit_id
    where r.person_id = app.me() and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)
      and r.role = 'directorate'
  ) overseen
$$;

-- Units one represents as safety representative: those of one's safety areas, what lies below them, and the
-- units above them up to the office; a chief one also the unit they are elected in.
create or replace function app.units_represented() returns integer[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct represented.id), '{}') from (
    select c.descendant_id as id
    from organisation_safetyarea a join organisation_unitclosure c on c.ancestor_id = a.unit_id
    where a.id = any (app.areas())
    union all
    select u.id
    from organisation_safetyarea a
    join organisation_unitclosure c on c.descendant_id = a.unit_id
    join organisation_unit u on u.id = c.ancestor_id and u.kind not in ('directorate', 'county', 'municipality')
    where a.id = any (app.areas())
    union all
    select r.unit_id
    from organisation_roleassignment r
    where r.person_id = app.me() and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)
      and r.role in ('safety_representative', 'chief_safety_representative')
  ) represented
$$;

-- Whether every unit lies in sight: the directorate's database role (`app.login`).
create or replace function app.sees_all_units() returns boolean
language sql stable parallel safe
return app.has_role('directorate');

-- Everything a person holds today, or null for somebody who does not work here (any more).
-- Lists of keys are PostgreSQL's own text of an array: the settings take it as it is, and a director's
-- hundreds of keys need not become JSON numbers. In PL/pgSQL because that keeps the plan between calls.
-- Leaders see their own units and everything below; directors see from above; a safety representative
-- without a named area represents every area of the unit, a chief one every area below it on their line.
-- The directorate oversees every unit: a list of all of them would say nothing, so its list is empty.
create or replace function app.context_of(asking integer) returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (
with role as materialized (
  select ra.role, ra.unit_id, ra.employer_id, ra.safety_area_id
  from organisation_roleassignment ra
  where ra.person_id = asking and ra.starts_on <= app.today() and coalesce(ra.ends_on >= app.today(), true)
), placement as materialized (
  select pl.workforce_id, pl.safety_area_id, pl.meets_clients, pl.is_primary, pl.id,
         w.unit_id, w.employer_id, u.name as unit_name, u.meeting_forms
  from organisation_placement pl
  join organisation_workforce w on w.id = pl.workforce_id
  join organisation_unit u on u.id = w.unit_id
  where pl.person_id = asking and pl.starts_on <= app.today() and coalesce(pl.ends_on >= app.today(), true)
), area as (
  select r.safety_area_id as id from role r
  where r.role = 'safety_representative' and r.safety_area_id is not null
  union
  select a.id
  from role r
  join organisation_unitclosure c on c.ancestor_id = r.unit_id
  join organisation_safetyarea a
    on a.unit_id = c.descendant_id
    and (r.employer_id is null or a.employer_id is null or r.employer_id = a.employer_id)
  where (r.role = 'safety_representative' and r.safety_area_id is null)
     or r.role = 'chief_safety_representative'
), team as (
  select pl.person_id as id from organisation_placement pl
  where pl.daily_leader_id = asking and pl.starts_on <= app.today() and coalesce(pl.ends_on >= app.today(), true)
  union
  select e.person_id from organisation_employment e
  where e.formal_leader_id = asking and e.starts_on <= app.today() and coalesce(e.ends_on >= app.today(), true)
), unit as (
  select distinct u.id, u.name, u.sort_key
  from (select unit_id from placement union select unit_id from role) held
  join organisation_unitclosure c on c.descendant_id = held.unit_id
  join organisation_unit u on u.id = c.ancestor_id
  where c.depth = 0 or u.kind not in ('directorate', 'county', 'municipality')
)
select jsonb_build_object(
  'id', p.id, 'name', p.name, 'language', p.language, 'theme', p.theme,
  'roles', (select coalesce(array_agg(distinct role.role), '{}')::text from role),
  'placements', (
    select coalesce(jsonb_agg(jsonb_build_object(
      'unit_id', unit_id, 'unit_name', unit_name, 'workforce_id', workforce_id, 'employer_id', employer_id,
      'safety_area_id', safety_area_id, 'meets_clients', meets_clients, 'meeting_forms', meeting_forms
    ) order by is_primary desc, id), '[]') from placement),
  'units', (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name) order by sort_key), '[]') from unit),
  -- Somebody with two roles over the same employees has their keys twice: nothing is counted by them, and to
  -- sort a county's takes longer than to find them.
  'led', array(
    select below.workforce_id
    from role r
    join organisation_workforcereach below
      on below.unit_id = r.unit_id and (r.employer_id is null or r.employer_id = below.employer_id)
    where r.role in ('leader', 'office_leader'))::text,
  'overseen', array(
    select below.workforce_id
    from role r
    join organisation_workforcereach below
      on below.unit_id = r.unit_id and (r.employer_id is null or r.employer_id = below.employer_id)
    where r.role in ('county_director', 'municipal_director'))::text,
  'areas', (select coalesce(array_agg(id), '{}')::text from area),
  'team', (select coalesce(array_agg(id), '{}')::text from team)
)
from organisation_person p
where p.id = asking and coalesce(p.ended_on >= app.today(), true)
  );
end
$$;

-- Signs a person in to this transaction and returns what they hold; null when nobody of that id works here.
-- The role follows from how much they hold: planning with more than about 60 keys wants another
-- formulation of the same policy (tryggmote_wide); the directorate sees every unit (tryggmote_all).
create or replace function app.login(asking integer) returns jsonb
language plpgsql volatile as $$
declare
  held jsonb := app.context_of(asking);
begin
  if held is null then
    return null;
  end if;
  perform set_config('app.person_id', asking::text, true),
          set_config('app.roles', held->>'roles', true),
          set_config('app.led', held->>'led', true),
          set_config('app.team', held->>'team', true),
          set_config('app.areas', held->>'areas', true),
          set_config('app.overseen', held->>'overseen', true),
          set_config('app.member_units', translate(
            jsonb_path_query_array(held, '$.units[*].id')::text, '[]', '{}'), true);
  perform set_config('role', case
    when app.has_role('directorate') then 'tryggmote_all'
    when cardinality(app.led()) + cardinality(app.team())
       + cardinality(app.areas()) + cardinality(app.overseen()) > 60 then 'tryggmote_wide'
    else 'tryggmote_app' end, true);
  return held;
end
$$;

-- A system job: has policies of its own and is nobody.
create or replace function app.login_job() returns void
language plpgsql volatile as $$
begin
  perform set_config('role', 'tryggmote_job', true);
end
$$;

-- The id, if that person works here today. Used before anybody is signed in.
create or replace function app.working_person(candidate integer) returns integer
language sql stable security definer set search_path = public, pg_temp as $$
  select p.id from organisation_person p
  where p.id = candidate and coalesce(p.ended_on >= app.today(), true)
$$;

-- Puts a table behind policies, for its owner too, who migrates and so gets one that lets everything through.
create or replace function app.protect(protected regclass) returns void
language plpgsql as $$
begin
  execute format('alter table %s enable row level security', protected);
  execute format('alter table %s force row level security', protected);
  execute format('create policy owner_migrates on %s to tryggmote_owner using (true) with check (true)', protected);
end
$$;

-- Writes one line of history for each changed row. The digest covers the row, not the history line,
-- so personal text can be erased later without breaking the chain.
create or replace function app.record_history() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  before jsonb := case when tg_op = 'INSERT' then '{}' else to_jsonb(old) end;
  after jsonb := case when tg_op = 'DELETE' then '{}' else to_jsonb(new) end;
begin
  insert into access_historyentry (person_id, table_name, row_id, act, changed, digest)
  values (
    nullif(current_setting('app.person_id', true), '')::integer,
    tg_table_name,
    coalesce(after->>'id', before->>'id', ''),
    lower(tg_op),
    case when tg_op = 'UPDATE' then (
      select jsonb_agg(key) from jsonb_each(after) changed(key, value) where before->key is distinct from value
    ) end,
    sha256(convert_to(after::text, 'UTF8'))
  );
  return null;
end
$$;

create or replace function app.keep_history(kept regclass) returns void
language plpgsql as $$
begin
  execute format('create or replace trigger keep_history after insert or update or delete on %s '
                 'for each row execute function app.record_history()', kept);
end
$$;

-- For acts from which a period is counted: whoever writes one cannot date it ahead, so that what it proves lasts longer.
create or replace function app.happens_now() returns trigger
language plpgsql as $$
begin
  new.at := clock_timestamp();
  return new;
end
$$;

-- History is never changed, not even by the owner.
create or replace function app.refuse_change() returns trigger
language plpgsql as $$
begin
  raise exception 'The history can only grow.';
end
$$;

revoke execute on function app.protect(regclass), app.keep_history(regclass), app.record_history(),
  app.refuse_change(), app.happens_now(), app.context_of(integer), app.working_person(integer) from public;
grant execute on function app.context_of(integer), app.working_person(integer)
  to tryggmote_app, tryggmote_wide, tryggmote_all, tryggmote_job;
