-- Patterns. One about a person is seen by that person and by those who lead them, daily or formally; by nobody else.
-- One of a unit by those who lead or represent it and may read every incident it is made of. To others there and above it only figures are seen, never a place, and none about so
-- few people that somebody could be recognised. A wave is seen by those who lead, represent or co-ordinate the county.

select app.protect('learning_pattern');
grant select on learning_pattern to tryggmote_app, tryggmote_wide, tryggmote_all;
grant select, insert, delete on learning_pattern to tryggmote_job;

-- The units at and below which one is the county's security co-ordinator.
create or replace function app.units_coordinated() returns integer[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct c.descendant_id), '{}')
  from organisation_roleassignment r join organisation_unitclosure c on c.ancestor_id = r.unit_id
  where r.person_id = app.me() and r.role = 'county_security_coordinator'
    and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)
$$;

create policy own_or_led on learning_pattern for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (
    person_id = (select app.me())
    or person_id = any ((select app.team())::integer[])
    or (kind = 'setting' and app.reads_every_incident(unit_id)
        and (unit_id = any ((select app.units_led())::integer[])
             or unit_id = any ((select app.units_represented())::integer[])))
    or (kind in ('setting', 'wave') and aspect <> 'place' and people >= app.fewest_people_outside()
        and (unit_id = any ((select app.units_led())::integer[])
             or unit_id = any ((select app.units_represented())::integer[])
             or unit_id = any ((select app.units_overseen())::integer[])
             or unit_id = any ((select app.units_coordinated())::integer[]))));
create policy job_reads on learning_pattern for select to tryggmote_job using (true);
create policy job_sees on learning_pattern for insert to tryggmote_job with check (true);
create policy job_forgets on learning_pattern for delete to tryggmote_job using (true);

-- The person concerned sees which leader has looked.
create policy readers_of_pattern on access_readentry for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (kind = 'pattern' and exists (
    select 1 from learning_pattern p where p.id = object_id and p.person_id = (select app.me())));

-- The job counts without reading incidents: the functions below do, as the owner, and give only figures back. Every
-- report with the event it tells of, the office it happened in, and the units it counts in up to that office. Mere
-- worries are no events.
create or replace function app.events_since(since timestamptz)
returns table (event_id uuid, exposed_id bigint, concerned_id bigint, unit_id bigint, office_id bigint, form text,
               place text, triggers text[], happened_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(same.event_id, later.earlier_id, i.id), i.exposed_id, i.concerned_id, w.unit_id, office.id, i.form,
         case when i.form in ('reception', 'planned', 'group')
              then lower(btrim(regexp_replace(i.place, '\s+', ' ', 'g'))) else '' end,
         coalesce(described.triggers, '{}'), i.happened_at
  from incidents_incident i
  join organisation_workforce w on w.id = i.workforce_id
  left join incidents_laterreport later on later.incident_id = i.id
  left join incidents_sameevent same
    on same.incident_id = coalesce(later.earlier_id, i.id) and same.undone_at is null
  left join lateral (
    select array_remove(a.triggers, 'unknown')::text[] as triggers from incidents_classification a
    where a.incident_id = i.id order by a.at desc, a.id desc limit 1) described on true
  cross join lateral (
    select c.ancestor_id as id from organisation_unitclosure c
    join organisation_unit u on u.id = c.ancestor_id and u.kind not in ('directorate', 'county', 'municipality')
    where c.descendant_id = w.unit_id
    order by c.depth desc limit 1) office
  where i.happened_at >= since and i.happened_at <= now() and not (i.natures <@ array['worry']::varchar[])
$$;

create or replace function app.patterns_of_people(fewest integer, within_days integer)
returns table (person_id bigint, n bigint, units bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.exposed_id, count(distinct e.event_id), count(distinct e.office_id)
  from app.events_since(now() - make_interval(days => within_days)) e
  where e.exposed_id is not null
  group by e.exposed_id having count(distinct e.event_id) >= fewest
$$;

-- `aspect`: 'form', 'place' or 'trigger'. An office whose events all happened in one of its teams is left out: the team has them.
create or replace function app.patterns_of_settings(aspect text, fewest integer, within_days integer)
returns table (unit_id bigint, value text, n bigint, people bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  with counted as materialized (
    select c.ancestor_id as unit_id, common.value,
           count(distinct e.event_id) as n, count(distinct e.concerned_id) as people
    from app.events_since(now() - make_interval(days => within_days)) e
    join organisation_unitclosure c on c.descendant_id = e.unit_id
    join organisation_unitclosure up on up.ancestor_id = e.office_id and up.descendant_id = c.ancestor_id
    cross join lateral unnest(
      case aspect when 'form' then array[e.form] when 'place' then array[e.place] else e.triggers end
    ) common(value)
    where common.value <> ''
    group by 1, 2
    having count(distinct e.event_id) >= fewest
  )
  select a.unit_id, a.value, a.n, a.people from counted a
  where not exists (
    select 1 from counted b
    join organisation_unitclosure below on below.ancestor_id = a.unit_id and below.descendant_id = b.unit_id
    where below.depth > 0 and b.value = a.value and b.n = a.n)
$$;

-- The last `within_days` of each county beside the windows of the same length before them, as many as there are data
-- for; `usual` is their mean, `usual` + 3 × its square root the limit (a c-chart for counts).
create or replace function app.waves(within_days integer, history_days integer, fewest_windows integer)
returns table (unit_id bigint, n bigint, people bigint, units bigint, usual double precision, above double precision)
language sql stable security definer set search_path = public, pg_temp as $$
  with event as materialized (
    select county.id as unit_id, e.event_id, e.concerned_id, e.office_id,
           (app.today() - (e.happened_at at time zone 'Europe/Oslo')::date) / within_days as back
    from app.events_since(now() - make_interval(days => history_days + within_days)) e
    join organisation_unitclosure c on c.descendant_id = e.unit_id
    join organisation_unit county on county.id = c.ancestor_id and county.kind = 'county'
  ), county as (
    select event.unit_id, least(max(event.back), history_days / within_days) as windows
    from event group by event.unit_id
  ), counted as (
    select c.unit_id, c.windows,
           count(distinct e.event_id) filter (where e.back = 0) as n,
           count(distinct e.concerned_id) filter (where e.back = 0) as people,
           count(distinct e.office_id) filter (where e.back = 0) as units,
           count(distinct e.event_id) filter (where e.back between 1 and c.windows)::double precision
             / greatest(c.windows, 1) as usual
    from county c join event e on e.unit_id = c.unit_id
    where c.windows >= fewest_windows
    group by c.unit_id, c.windows
  )
  select counted.unit_id, counted.n, counted.people, counted.units, counted.usual,
         counted.usual + 3 * sqrt(counted.usual)
  from counted where counted.n > counted.usual + 3 * sqrt(counted.usual)
$$;
revoke execute on function app.events_since(timestamptz), app.patterns_of_people(integer, integer),
  app.patterns_of_settings(text, integer, integer), app.waves(integer, integer, integer) from public;
grant execute on function app.patterns_of_people(integer, integer), app.patterns_of_settings(text, integer, integer),
  app.waves(integer, integer, integer) to tryggmote_job;
