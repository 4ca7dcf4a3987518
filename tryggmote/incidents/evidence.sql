-- What is known of requirement 2.4, and how fast incidents are met.

-- A unit's incidents, its own and those of the units below it, with each step that was asked for: whether it was taken
-- before the deadline that the rules of its day gave it, and whether it should have been by now. Those that were opened by
-- a leader, opened by a safety representative, answered; and from level 3 follow-up offered on the day.
create view evidence_part_incident_steps as
select below.ancestor_id as unit_id, i.id as incident_id, i.concerned_id, i.created_at, s.code, step.in_time,
  step.in_time or s.due_at < now() as is_due
from organisation_unitclosure below
join organisation_workforce w on w.unit_id = below.descendant_id
join incidents_incident i on i.workforce_id = w.id
left join incidents_step s on s.incident_id = i.id and s.workforce_id = i.workforce_id
  and (s.code in ('read', 'representative', 'answer') or s.code = 'followup' and i.assessed_level >= 3)
  and s.outcome <> 'not_needed'
cross join lateral (select coalesce(s.done_at <= s.due_at, false) as in_time) step
where below.ancestor_id = any ((select app.units_measured())::bigint[]);

-- How many steps of a kind should have been taken by now of the incidents of the last 90 days, and how many were.
create view evidence_part_incidents as
select u.id as unit_id, counted.*
from organisation_unit u
cross join lateral (
  select count(distinct incident_id)::integer as incidents,
    count(*) filter (where code = 'read' and is_due)::integer as opening_due,
    count(*) filter (where code = 'read' and in_time)::integer as opened,
    count(*) filter (where code = 'representative' and is_due)::integer as insight_due,
    count(*) filter (where code = 'representative' and in_time)::integer as insight,
    count(*) filter (where code = 'answer' and is_due)::integer as answer_due,
    count(*) filter (where code = 'answer' and in_time)::integer as answered,
    count(*) filter (where code = 'followup' and is_due)::integer as followup_due,
    count(*) filter (where code = 'followup' and in_time)::integer as followed_up
  from evidence_part_incident_steps s
  where s.unit_id = u.id
    and s.created_at >= now() - make_interval(days => app.threshold('incident_days')::integer)
) counted
where u.id = any ((select app.units_measured())::integer[]);

-- How fast a unit's incidents were met. Who may read every one of them is told of the last 90 days, and how many. Others
-- are told of the last half-year that is settled (ADR 0055), the share in whole tens and never how many, so that neither
-- looking each day nor taking units from each other tells of one; and nothing where fewer than five people or incidents
-- were due. `since`, `until`: the first and the last day.
drop function if exists app.incident_rates(bigint);
create function app.incident_rates(unit bigint)
returns table (what text, in_time bigint, due bigint, tenths integer, since date, until date)
language sql stable security definer set search_path = public, pg_temp as $$
  with span as (
    select reads_all, case when reads_all then app.today() - app.threshold('incident_days')::integer
        else app.settled_half() end as since,
      case when reads_all then app.today() else (app.settled_half() + interval '6 months - 1 day')::date end as until
    from (select app.reads_every_incident(unit) as reads_all) reader
  ), counted as (
    select s.code, count(*) filter (where s.in_time) as in_time, count(*) filter (where s.is_due) as due,
      count(distinct s.concerned_id) filter (where s.is_due) as people
    from evidence_part_incident_steps s cross join span
    where s.unit_id = unit and s.created_at >= span.since::timestamp at time zone 'Europe/Oslo'
      and s.created_at < (span.until + 1)::timestamp at time zone 'Europe/Oslo'
    group by s.code
  )
  select kind.what, case when span.reads_all then coalesce(counted.in_time, 0) end,
    case when span.reads_all or counted.due is null then coalesce(counted.due, 0) end,
    case when least(counted.due, counted.people) >= app.fewest_people_outside()
      then (counted.in_time * 10 / counted.due)::integer end,
    span.since, span.until
  from span
  cross join (values ('read', 'opened'), ('representative', 'insight'), ('answer', 'answered'), ('followup', 'followed_up'))
    kind (code, what)
  left join counted on counted.code = kind.code
  where unit = any ((select app.units_measured())::bigint[])
$$;
revoke execute on function app.incident_rates(bigint) from public;
grant execute on function app.incident_rates(bigint) to tryggmote_app, tryggmote_wide, tryggmote_all;

-- 2.4: a procedure for reporting is in force and read by enough; every incident was opened by leader and safety
-- representative, and its reporter answered, in time.
create view evidence_2_4 as
select u.id as unit_id,
  case judged.reason when 'no_procedure' then 'missing' when 'handled' then 'met' else 'partly' end as state,
  judged.reason,
  jsonb_build_object('audience', procedure.audience, 'readers', procedure.readers, 
    -- The unit's status is for everybody there and above: a number that changes when one is reported would tell of it.
    'days', app.threshold('incident_days')) as figures,
  procedure.review_on as runs_out_on
from organisation_unit u
join evidence_part_incidents i on i.unit_id = u.id
left join lateral (
  select p.* from evidence_part_procedures p
  where p.unit_id = u.id and p.kind = 'reporting' and p.review_on >= app.today()
  order by p.readers::numeric / nullif(p.audience, 0) desc nulls first, p.review_on desc
  limit 1
) procedure on true
cross join lateral (select case
  when procedure.procedure_id is null then 'no_procedure'
  when procedure.readers < procedure.audience * app.threshold('reporting_read_share') then 'not_read'
  when i.opened < i.opening_due then 'not_opened'
  when i.insight < i.insight_due then 'no_insight'
  when i.answered < i.answer_due then 'not_answered'
  else 'handled' end as reason) judged
where u.id = any ((select app.units_measured())::integer[]);
