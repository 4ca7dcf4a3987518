-- What is known of requirement 3.5.

-- Everything testable that a unit answers for: items in the register and measures in force with an interval, its own and
-- those of the workplaces above it. `inside`: the latest test passed, and the interval is not over. What is to come and was
-- never tested counts from the day it is taken into use. An alarm in a room or building that is left calls nobody.
create view evidence_part_testable as
select u.id as unit_id, i.is_failing as failing, i.passed_on, i.due_on,
  i.type = any (app.alarm_types()) and room.left_on is null and building.left_on is null as is_alarm,
  not i.is_failing and i.passed_on is not null and i.due_on >= app.today() as inside,
  i.is_failing and not exists (
    select 1 from controls_measure m
    where m.origin_id = i.id and m.origin_kind = 'equipment' and m.established_at is null and m.cancelled_at is null
  ) as unanswered
from organisation_unit u
join organisation_unitclosure near on near.descendant_id = u.id
join organisation_unit own on own.id = near.ancestor_id
  and (near.depth = 0 or own.kind not in ('directorate', 'county', 'municipality'))
join equipment_item i on i.unit_id = own.id and coalesce(i.ended_on > app.today(), true)
  and (i.in_use_from <= app.today() or i.tested_at is not null)
left join premises_room room on room.id = i.room_id
left join premises_zone zone on zone.id = coalesce(room.zone_id, i.zone_id)
left join premises_building building on building.id = zone.building_id
where u.id = any ((select app.units_measured())::integer[])
union all
select u.id, not coalesce(latest.passed, true), passed.on_day, passed.due_on, m.kind = 'calling_help',
  coalesce(latest.passed and passed.due_on >= app.today(), false),
  not coalesce(latest.passed, true) and not exists (
    select 1 from controls_measure n
    where n.origin_id = m.id and n.origin_kind = 'measure' and n.established_at is null and n.cancelled_at is null)
from organisation_unit u
join organisation_unitclosure near on near.descendant_id = u.id
join organisation_unit own on own.id = near.ancestor_id
  and (near.depth = 0 or own.kind not in ('directorate', 'county', 'municipality'))
join controls_measure m on m.unit_id = own.id
  and m.interval_months is not null and m.established_at is not null and m.cancelled_at is null
left join lateral (
  select t.passed from equipment_measuretest t where t.measure_id = m.id order by t.at desc limit 1) latest on true
left join lateral (
  select day as on_day, (day + make_interval(months => m.interval_months))::date as due_on
  from (select (max(t.at) at time zone 'Europe/Oslo')::date as day
        from equipment_measuretest t where t.measure_id = m.id and t.passed) last) passed on true
where u.id = any ((select app.units_measured())::integer[]);

-- Each unit with how many measures for calling help are in force there without an interval.
create view evidence_part_without_interval as
select u.id as unit_id, count(*) as n
from organisation_unit u
join organisation_unitclosure near on near.descendant_id = u.id
join organisation_unit own on own.id = near.ancestor_id
  and (near.depth = 0 or own.kind not in ('directorate', 'county', 'municipality'))
join controls_measure m on m.unit_id = own.id and m.kind = 'calling_help'
  and m.interval_months is null and m.established_at is not null and m.cancelled_at is null
where u.id = any ((select app.units_measured())::integer[])
group by u.id;

-- 3.5: every testable measure has an interval and a passed test inside it; every failure has a measure. Where nothing ever
-- passed it is missing, whatever is said first. A measure for
-- calling help is testable by what it is: it counts when it has an interval, or when the alarms are in the register.
create view evidence_3_5 as
select u.id as unit_id,
  case when judged.reason = 'not_used' then 'not_applicable' when judged.reason = 'tested' then 'met'
       when all_of.ever = 0 then 'missing' else 'partly' end as state,
  judged.reason,
  jsonb_build_object('testable', all_of.n, 'inside', all_of.inside, 'failing', all_of.failing,
                     'unanswered', all_of.unanswered, 'late', all_of.n - all_of.inside - all_of.failing) as figures,
  case when judged.reason = 'tested' then all_of.runs_out_on end as runs_out_on
from organisation_unit u
cross join lateral (
  select count(*) as n, count(*) filter (where t.inside) as inside, count(*) filter (where t.failing) as failing,
    count(*) filter (where t.unanswered) as unanswered, count(t.passed_on) as ever, min(t.due_on) as runs_out_on,
    coalesce(bool_or(t.is_alarm), false) as has_alarm
  from evidence_part_testable t where t.unit_id = u.id
) all_of
left join evidence_part_without_interval bare on bare.unit_id = u.id
cross join lateral (select case
  when cardinality(u.meeting_forms) = 0 then 'not_used'
  when all_of.n = 0 then 'nothing_registered'
  when all_of.unanswered > 0 then 'unanswered'
  when all_of.ever = 0 then 'never_tested'
  when all_of.failing > 0 then 'failing'
  when all_of.inside < all_of.n then 'late'
  when bare.n > 0 and not all_of.has_alarm then 'no_interval'
  else 'tested' end as reason) judged
where u.id = any ((select app.units_measured())::integer[]);
