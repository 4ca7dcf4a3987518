-- Figures. Nobody reads the counts themselves: who may see how a unit stands asks for its numbers, and is told what
-- is theirs to read in full of each, so that pages can hide the rest (`rules.py`, ADR 0055). The job counts through
-- functions of the owner, and reads nothing.

select app.protect('statistics_count');

-- The units whose numbers one may see: those whose status one sees; and above offices those at and below a unit one
-- holds a role in. A municipality only for those who see no county, and one alone: its offices are in a county too,
-- and two sums of the same offices would tell what neither does.
create or replace function app.units_with_figures() returns integer[]
language sql stable security definer set search_path = public, pg_temp as $$
  with above as materialized (
    select u.id, u.kind from organisation_unit u
    where u.kind in ('directorate', 'county', 'municipality') and u.merged_into_id is null
      and ((select app.sees_all_units()) or u.id in (
        select c.descendant_id from organisation_roleassignment r
        join organisation_unitclosure c on c.ancestor_id = r.unit_id
        where r.person_id = app.me() and r.role not in ('administrator', 'guard')
          and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)))
  )
  select (select app.units_measured()) || coalesce(array_agg(above.id::integer), '{}') from above
  where above.kind <> 'municipality'
    or (not exists (select 1 from above line where line.kind <> 'municipality')
        and (select count(*) from above line where line.kind = 'municipality') = 1)
$$;

-- The way down to a unit through those whose numbers one sees, and what lies just below each of them.
create or replace function app.tree_of_figures(unit bigint)
returns table (unit_id bigint, parent_id bigint, depth integer, kind text, name text, reads_all boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  with seen as materialized (
    select id from unnest((select app.units_with_figures())) id
  ), path as materialized (
    select c.ancestor_id as id, c.depth::integer from organisation_unitclosure c join seen on seen.id = c.ancestor_id
    where c.descendant_id = unit and unit in (select id from seen)
  ), found as (
    select path.id, null::bigint as parent_id, path.depth from path
    union all
    select link.child_id, path.id, null from path
    join organisation_unitparent link on link.parent_id = path.id join seen on seen.id = link.child_id
  )
  select found.id, found.parent_id, found.depth, u.kind, u.name, app.reads_every_incident(found.id)
  from found join organisation_unit u on u.id = found.id
  order by found.depth desc nulls last, u.sort_key, u.id
$$;

-- The numbers of these units and what lies below them, with how much of each the one who asks may read in full: what
-- concerns the employees they lead or the safety areas they represent, and calls for help in the units they lead.
-- Planned anew for the units and measures that are asked for: as an SQL function it got a plan for any of them, on
-- PostgreSQL 15 always and on 18 from the third page of a connection, which takes several times as long.
create or replace function app.figures(asked_units bigint[], asked_span text, measures text[], from_on date, until_on date)
returns table (unit_id bigint, starts_on date, measure text, code text, n bigint, people bigint,
               own_n bigint, own_people bigint)
language plpgsql stable security definer set search_path = public, pg_temp
set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
begin
  return query
  with own as (select (select app.led()) as led, (select app.areas()) as areas, (select app.units_led()) as led_units)
  select c.ancestor_id::bigint, k.starts_on, k.measure::text, k.code::text, sum(k.n)::bigint, sum(k.people)::bigint,
    coalesce(sum(k.n) filter (where whose.is_own), 0)::bigint,
    coalesce(sum(k.people) filter (where whose.is_own), 0)::bigint
  from statistics_count k
  join organisation_unitclosure c on c.descendant_id = k.unit_id
  cross join own
  cross join lateral (
    select coalesce(k.workforce_id = any (own.led), false) or coalesce(k.safety_area_id = any (own.areas), false)
        or (k.workforce_id is null and k.unit_id = any (own.led_units)) as is_own) whose
  where k.span = asked_span and k.measure = any (measures) and k.starts_on between from_on and until_on
    and c.ancestor_id = any (asked_units) and c.ancestor_id = any ((select app.units_with_figures())::bigint[])
  group by 1, 2, 3, 4;
end
$$;
revoke execute on function app.units_with_figures(), app.tree_of_figures(bigint),
  app.figures(bigint[], text, text[], date, date) from public;
grant execute on function app.units_with_figures(), app.tree_of_figures(bigint),
  app.figures(bigint[], text, text[], date, date) to tryggmote_app, tryggmote_wide, tryggmote_all;
