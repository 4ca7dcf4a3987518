-- What is known of requirement 2.4, and how fast incidents are met.

-- Each unit's incidents of the last 90 days, its own and those of the units below it: how many steps of a kind should
-- have been taken by now, and how many were, each before the deadline that the rules of its day gave it. Opened by a
-- leader, opened by a safety representative, answered; and from level 3 follow-up offered on the day.
create view evidence_part_incidents as
select u.id as unit_id, counted.*
from organisation_unit u
cross join lateral (
  select count(distinct i.id)::integer as incidents,
    count(*) filter (where s.code = 'read' and step.is_due)::integer as opening_due,
    count(*) filter (where s.code = 'read' and step.in_time)::integer as opened,
    count(*) filter (where s.code = 'representative' and step.is_due)::integer as insight_due,
    count(*) filter (where s.code = 'representative' and step.in_time)::integer as insight,
    count(*) filter (where s.code = 'answer' and step.is_due)::integer as answer_due,
    count(*) filter (where s.code = 'answer' and step.in_time)::integer as answered,
    count(*) filter (where s.code = 'followup' and i.assessed_level >= 3 and step.is_due)::integer as followup_due,
    count(*) filter (where s.code = 'followup' and i.assessed_level >= 3 and step.in_time)::integer as followed_up
  from organisation_unitclosure below
  join organisation_workforce w on w.unit_id = below.descendant_id
  join incidents_incident i on i.workforce_id = w.id
    and i.created_at >= now() - make_interval(days => app.threshold('incident_days')::integer)
  left join incidents_step s on s.incident_id = i.id and s.workforce_id = i.workforce_id
    and s.code in ('read', 'representative', 'answer', 'followup') and s.outcome <> 'not_needed'
  cross join lateral (
    select coalesce(s.done_at <= s.due_at, false) as in_time,
      coalesce(s.done_at <= s.due_at, false) or s.due_at < now() as is_due
  ) step
  where below.ancestor_id = u.id
) counted
where u.id = any ((select app.units_measured())::integer[]);

-- How fast a unit's incidents were met lately. To those who may not read every one of them a rate is null where fewer
-- than five were due.
create or replace function app.incident_rates(unit bigint)
returns table (what text, in_time integer, due integer)
language sql stable security definer set search_path = public, pg_temp as $$
  select rate.what, case when shown.so then rate.in_time end, case when shown.so then rate.due end
  from evidence_part_incidents i
  cross join lateral (values ('opened', i.opened, i.opening_due), ('insight', i.insight, i.insight_due),
    ('answered', i.answered, i.answer_due), ('followed_up', i.followed_up, i.followup_due)) rate (what, in_time, due)
  cross join lateral (select rate.due >= 5 or rate.due = 0 or app.reads_every_incident(unit) as so) shown
  where i.unit_id = unit
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
    -- The unit's status is for everybody there and above: how few there were is nobody's to know.
    'incidents', case when i.incidents >= 5 then i.incidents end,
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
