-- What checks and answers prove of requirement 2.2, and what outings and assessments prove of AML § 4-1 third paragraph.

-- Each unit's meetings of the last days, its own and those of the units below it: how many were held (nobody took them
-- out of the plan), how many of those had been checked, and how many people had them. `has_checks`: somebody has checked
-- a meeting, also one that stood in no plan. `unanswered`: stops and reported risks whose answer is late (`rules.answer_due`).
create view evidence_part_meetings as
select u.id as unit_id, meetings.*, checks.*, reports.*
from organisation_unit u
cross join lateral (
  select count(*)::integer as held, count(m.checked_at)::integer as checked,
    count(distinct m.owner_id)::integer as people
  from organisation_unitclosure below
  join organisation_workforce w on w.unit_id = below.descendant_id
  join encounters_meeting m on m.workforce_id = w.id
    and m.starts_at >= now() - make_interval(days => app.threshold('check_days')::integer)
    and coalesce(m.ends_at, m.starts_at + interval '1 hour') <= now()
  where below.ancestor_id = u.id
) meetings
cross join lateral (
  select exists (
    select 1 from organisation_unitclosure below
    join organisation_workforce w on w.unit_id = below.descendant_id
    join encounters_check c on c.workforce_id = w.id
      and c.created_at >= now() - make_interval(days => app.threshold('check_days')::integer)
    where below.ancestor_id = u.id) as has_checks
) checks
cross join lateral (
  select count(*)::integer as unanswered
  from organisation_unitclosure below
  join organisation_workforce w on w.unit_id = below.descendant_id
  join encounters_riskreport r on r.workforce_id = w.id and r.answered_at is null
    and app.add_workdays(r.created_at, case when r.stopped_work then 1 else 5 end) < now()
  where below.ancestor_id = u.id
) reports
where u.id = any ((select app.units_measured())::integer[]);

-- 2.2: enough of the meetings were checked beforehand, and every stop and reported risk has its answer.
create view evidence_2_2 as
select m.unit_id,
  case judged.reason
    when 'no_meetings' then 'not_applicable'
    when 'nothing_checked' then 'missing'
    when 'checked' then 'met'
    else 'partly' end as state,
  judged.reason,
  -- The unit's status is for everybody there and above; a plan is its owner's alone. A share of few says too much of each.
  jsonb_build_object('held', case when m.people >= 5 then m.held end,
    'checked', case when m.people >= 5 then m.checked end,
    'unanswered', m.unanswered, 'days', app.threshold('check_days')) as figures,
  null::date as runs_out_on
from evidence_part_meetings m
join organisation_unit u on u.id = m.unit_id
cross join lateral (select case
  when m.held = 0 and not m.has_checks and u.meeting_forms <@ array['outside_work']::varchar[] then 'no_meetings'
  when m.checked = 0 and not m.has_checks then 'nothing_checked'
  when m.checked < m.held * app.threshold('check_share') then 'few_checked'
  when m.unanswered > 0 then 'unanswered'
  else 'checked' end as reason) judged;

-- Outings of the last 90 days by unit and form: those still kept, and those only counted (`outing_retention.py`). Help
-- was called and a day has passed, and the person has still not said that they are back: nobody followed that up.
create view evidence_part_outings as
select w.unit_id, o.form, count(*)::integer as n, count(*) filter (where o.was_missed)::integer as missed,
  count(*) filter (where o.returned_at is null and o.expected_at < now() - interval '24 hours')::integer as unanswered
from encounters_outing o join evidence_part_workforces w on w.id = o.workforce_id
where o.started_at >= now() - interval '90 days' and w.unit_id = any ((select app.units_measured())::integer[])
group by 1, 2
union all
select w.unit_id, c.form, sum(c.n)::integer, sum(c.missed)::integer, sum(c.unanswered)::integer
from encounters_outingcount c join evidence_part_workforces w on w.id = c.workforce_id
where c.day >= app.today() - 90 and w.unit_id = any ((select app.units_measured())::integer[])
group by 1, 2;

-- AML § 4-1 (3): lone working is assessed for each meeting form that takes people out of the house: those of the unit's
-- profile and those in which somebody has checked out. An assessment is approved only with each of the eight factors
-- judged, lone working among them. And everybody who was missed in the last 90 days has been heard from.
create view evidence_aml_4_1 as
select
  u.id as unit_id,
  case when forms.used = 0 then 'not_applicable'
       when judged.reason = 'followed_up' then 'met'
       when forms.covered = 0 then 'missing'
       else 'partly' end as state,
  judged.reason,
  jsonb_build_object('used', forms.used, 'covered', forms.covered, 'missing', forms.missing,
    'outings', coalesce(outings.n, 0), 'missed', coalesce(outings.missed, 0),
    'unanswered', coalesce(outings.unanswered, 0)) as figures,
  case when judged.reason = 'followed_up' then forms.until end as runs_out_on
from organisation_unit u
-- Counted for all units at once: one by one took half as long again (1,100 units, 200,000 outings in 90 days).
left join (
  select o.unit_id, sum(o.n)::integer as n, sum(o.missed)::integer as missed, sum(o.unanswered)::integer as unanswered,
    array_agg(distinct o.form) as forms
  from evidence_part_outings o group by o.unit_id
) outings on outings.unit_id = u.id
cross join lateral (
  select count(*) as used, count(*) filter (where best.until >= app.today()) as covered,
    coalesce(jsonb_agg(gone_out.form) filter (where best.until is null or best.until < app.today()), '[]') as missing,
    min(best.until) as until
  from (
    select form from unnest(u.meeting_forms) form where form in ('home_visit', 'others_premises', 'outdoors', 'driving')
    union
    select form from unnest(outings.forms) form
  ) gone_out
  left join lateral (
    select max(p.review_on) as until from evidence_part_assessments p
    where p.unit_id = u.id and p.forms @> array[gone_out.form]::varchar[]
  ) best on true
) forms
cross join lateral (select case
  when forms.used = 0 then 'not_out'
  when forms.covered < forms.used then 'not_assessed'
  when outings.unanswered > 0 then 'unanswered'
  else 'followed_up' end as reason) judged
where u.id = any ((select app.units_measured())::integer[]);
