-- The units one can talk with about reporting: those one leads, represents, oversees or co-ordinates.
create or replace function app.units_to_talk_with() returns integer[]
language sql stable security definer set search_path = public, pg_temp
return app.units_led() || app.units_represented() || app.units_overseen() || app.units_coordinated();

-- Signs that less is reported than happens, for those who can talk with the unit about it: they lead, represent, oversee or
-- co-ordinate it. Only counts. Nobody is told who did not report.
--   calls, stops, outcomes: help called in earnest, a meeting stopped, or a check after which something happened, without a
--   report from that employee within a week; until a week ago.
--   silence: nothing reported for half a year, where as many employees elsewhere would have had five reports (`usual`): by
--   chance alone that happens to fewer than one in a hundred.
-- Leaders of the unit are told how many (`n`), of the last quarter of a year and the last six whole months. Others are told
-- that there were five or more, by five people or more, in the last half-year that is settled (ADR 0055), and never how
-- many: so neither looking each day nor taking units from each other tells of one. `since`, `until`: their half-year. What
-- came of a check is told to leaders alone: checks are deleted after 30 days, so a number of them would change each day.
drop function if exists app.signs_of_silence();
create function app.signs_of_silence()
returns table (unit_id bigint, name text, sign text, n bigint, usual numeric, since date, until date)
language sql stable security definer set search_path = public, pg_temp as $$
  with span as (
    select true as is_led, app.today() - 90 as since, app.today() - 7 as until,
      (date_trunc('month', app.today()) - interval '6 months')::date as first_month
    union all
    select false, half, (half + interval '6 months - 1 day')::date, half from (select app.settled_half() as half) settled
  ), place as materialized (
    select u.id, u.name, u.id = any ((select app.units_led())::bigint[]) as is_led from organisation_unit u
    where u.kind in ('office', 'contact_centre', 'special') and u.id = any ((select app.units_measured())::bigint[])
      and u.id = any ((select app.units_to_talk_with())::bigint[])
  ), happened as (
    select 'calls' as sign, call.unit_id, call.caller_id as person_id, call.raised_at as at from assistance_call call
    where call.purpose = 'real' and call.outcome in ('real', 'not_needed') and call.incident_id is null
    union all
    select 'stops', w.unit_id, r.reporter_id, r.created_at
    from encounters_riskreport r join organisation_workforce w on w.id = r.workforce_id
    where r.stopped_work
    union all
    select 'outcomes', w.unit_id, k.employee_id, k.outcome_at
    from encounters_check k join organisation_workforce w on w.id = k.workforce_id
    where k.outcome = 'something_happened'
  ), unreported as (
    select h.* from happened h
    where h.at >= (select min(since) from span)::timestamp at time zone 'Europe/Oslo' and not exists (
      select 1 from incidents_incident i where i.reporter_id = h.person_id
        and i.created_at between h.at - interval '1 day' and h.at + interval '7 days')
      and not exists (
      select 1 from incidents_incident i where i.concerned_id = h.person_id
        and i.created_at between h.at - interval '1 day' and h.at + interval '7 days')
  ), known as materialized (
    select span.is_led, c.ancestor_id as id, sum(k.n) filter (where k.measure in ('incidents', 'worries')) as reports,
      sum(k.n) filter (where k.measure = 'employees') / 6.0 as employees
    from statistics_count k
    join span on k.starts_on >= span.first_month and k.starts_on < span.first_month + interval '6 months'
    join organisation_unitclosure c on c.descendant_id = k.unit_id
    join organisation_unit u on u.id = c.ancestor_id and u.kind in ('office', 'contact_centre', 'special')
    where k.span = 'month' and k.measure in ('incidents', 'worries', 'employees')
    group by 1, 2
  )
  select place.id, place.name, u.sign, case when place.is_led then count(*) end, null::numeric, span.since, span.until
  from unreported u
  join organisation_unitclosure c on c.descendant_id = u.unit_id
  join place on place.id = c.ancestor_id
  join span on span.is_led = place.is_led and u.at >= span.since::timestamp at time zone 'Europe/Oslo'
    and u.at < (span.until + 1)::timestamp at time zone 'Europe/Oslo'
  where place.is_led or u.sign <> 'outcomes'
  group by place.id, place.name, u.sign, place.is_led, span.since, span.until
  having place.is_led or least(count(*), count(distinct u.person_id)) >= app.fewest_people_outside()
  union all
  select place.id, place.name, 'silence', case when place.is_led then 0 end, round(usual.n), span.since, span.until
  from place
  join span on span.is_led = place.is_led
  join known on known.id = place.id and known.is_led = place.is_led
  cross join lateral (
    select known.employees * sum(k.reports) / nullif(sum(k.employees), 0) as n from known k
    where k.is_led = place.is_led) usual
  where coalesce(known.reports, 0) = 0 and usual.n >= 5
$$;
revoke execute on function app.signs_of_silence() from public;
grant execute on function app.signs_of_silence() to tryggmote_app, tryggmote_wide, tryggmote_all;
