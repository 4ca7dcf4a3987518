-- The units one can talk with about reporting: those one leads, represents, oversees or co-ordinates.
create or replace function app.units_to_talk_with() returns integer[]
language sql stable security definer set search_path = public, pg_temp
return app.units_led() || app.units_represented() || app.units_overseen() || app.units_coordinated();

-- Signs that less is reported than happens, for those who can talk with the unit about it: they lead, represent, oversee or
-- co-ordinate it. Only counts; to others than its leaders none that is few. Nobody is told who did not report.
--   calls, stops, outcomes: help called in earnest, a meeting stopped, or a check after which something happened, without a
--   report from that employee within a week; the last quarter of a year, a week ago or longer.
--   silence: nothing reported for half a year, where as many employees elsewhere would have had five reports (`usual`): by
--   chance alone that happens to fewer than one in a hundred.
create or replace function app.signs_of_silence()
returns table (unit_id bigint, name text, sign text, n bigint, usual numeric)
language sql stable security definer set search_path = public, pg_temp as $$
  with place as materialized (
    select u.id, u.name, u.id = any ((select app.units_led())::bigint[]) as is_led from organisation_unit u
    where u.kind in ('office', 'contact_centre', 'special') and u.id = any ((select app.units_measured())::bigint[])
      and u.id = any ((select app.units_to_talk_with())::bigint[])
  ), happened as (
    select 'calls' as sign, call.unit_id, call.caller_id as person_id, call.raised_at as at from assistance_call call
    where call.purpose = 'real' and call.outcome in ('real', 'not_needed') and call.incident_id is null
      and call.raised_at between now() - interval '90 days' and now() - interval '7 days'
    union all
    select 'stops', w.unit_id, r.reporter_id, r.created_at
    from encounters_riskreport r join organisation_workforce w on w.id = r.workforce_id
    where r.stopped_work and r.created_at between now() - interval '90 days' and now() - interval '7 days'
    union all
    select 'outcomes', w.unit_id, k.employee_id, k.outcome_at
    from encounters_check k join organisation_workforce w on w.id = k.workforce_id
    where k.outcome = 'something_happened'
      and k.outcome_at between now() - interval '90 days' and now() - interval '7 days'
  ), unreported as (
    select h.* from happened h
    where not exists (
      select 1 from incidents_incident i where i.reporter_id = h.person_id
        and i.created_at between h.at - interval '1 day' and h.at + interval '7 days')
      and not exists (
      select 1 from incidents_incident i where i.concerned_id = h.person_id
        and i.created_at between h.at - interval '1 day' and h.at + interval '7 days')
  ), month as (
    select generate_series(date_trunc('month', app.today()) - interval '6 months',
                           date_trunc('month', app.today()) - interval '1 month', interval '1 month')::date as first
  ), known as materialized (
    select c.ancestor_id as id, sum(k.n) filter (where k.measure in ('incidents', 'worries')) as reports,
      sum(k.n) filter (where k.measure = 'employees') / 6.0 as employees
    from statistics_count k
    join organisation_unitclosure c on c.descendant_id = k.unit_id
    join organisation_unit u on u.id = c.ancestor_id and u.kind in ('office', 'contact_centre', 'special')
    where k.span = 'month' and k.measure in ('incidents', 'worries', 'employees') and k.starts_on in (select first from month)
    group by 1
  )
  select place.id, place.name, u.sign, count(*), null::numeric
  from unreported u
  join organisation_unitclosure c on c.descendant_id = u.unit_id
  join place on place.id = c.ancestor_id
  group by place.id, place.name, u.sign, place.is_led
  having place.is_led or least(count(*), count(distinct u.person_id)) >= app.fewest_people_outside()
  union all
  select place.id, place.name, 'silence', 0, round(usual.n)
  from place
  join known on known.id = place.id
  cross join lateral (
    select known.employees * sum(k.reports) / nullif(sum(k.employees), 0) as n from known k) usual
  where coalesce(known.reports, 0) = 0 and usual.n >= 5
$$;
revoke execute on function app.signs_of_silence() from public;
grant execute on function app.signs_of_silence() to tryggmote_app, tryggmote_wide, tryggmote_all;
