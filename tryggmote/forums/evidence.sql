-- What forums prove of requirement 1.3 and of AML § 7-2.

-- Each unit with the office it belongs to, and the reports of serious incidents of that office with the event they tell of: what
-- its owners have answered, the meeting that takes it up, and whether it was treated there. No time makes an unanswered one go
-- away. It says this of all units, for duties too (`duties.sql`), and is named as their parts are.
create view duty_part_serious as
select u.id as unit_id, office.id as office_id, event.id as event_id, i.assessed_level as level,
  date_trunc('month', i.happened_at at time zone 'Europe/Oslo')::date as month,
  state.treats as state_treats, municipal.treats as municipal_treats, taken.meeting_id, taken.is_treated
from organisation_unit u
join organisation_unitclosure above on above.descendant_id = u.id
join organisation_unit office on office.id = above.ancestor_id and office.kind = 'office'
join organisation_unitclosure below on below.ancestor_id = office.id
join organisation_workforce w on w.unit_id = below.descendant_id
join incidents_incident i on i.workforce_id = w.id and i.assessed_level >= 4
  and i.assessed_level >= app.threshold('partnership_level')
left join incidents_laterreport later on later.incident_id = i.id
left join incidents_sameevent same on same.incident_id = coalesce(later.earlier_id, i.id) and same.undone_at is null
cross join lateral (select coalesce(same.event_id, later.earlier_id, i.id) as id) event
left join lateral (
  select a.treats from forums_caseanswer a where a.incident_id = event.id and a.side = 'state'
  order by a.at desc limit 1
) state on true
left join lateral (
  select a.treats from forums_caseanswer a where a.incident_id = event.id and a.side = 'municipal'
  order by a.at desc limit 1
) municipal on true
cross join lateral (
  select (array_agg(m.id order by m.approved_at nulls last))[1] as meeting_id,
    coalesce(bool_or(m.approved_at is not null), false) as is_treated
  from forums_case c join forums_meeting m on m.id = c.meeting_id and m.called_off_at is null
  where c.incident_id = event.id
) taken;
-- The same of the units in sight, each event once.
create view evidence_part_partnership as
select unit_id, office_id, event_id, max(level) as level, min(month) as month, state_treats, municipal_treats, meeting_id,
  is_treated
from duty_part_serious
where unit_id = any ((select app.units_measured())::integer[])
group by unit_id, office_id, event_id, state_treats, municipal_treats, meeting_id, is_treated;

-- 1.3: the owners of the office met about it within a year, both there and both standing for the minutes; and each serious
-- incident has been treated, or both have declined it with a reason. Departments and teams have the office's.
create view evidence_1_3 as
select u.id as unit_id,
  case when office.id is null then 'not_applicable'
       when judged.reason = 'treated' then 'met'
       when met.last_on is null then 'missing'
       else 'partly' end as state,
  judged.reason,
  jsonb_build_object('unanswered', serious.unanswered, 'untreated', serious.untreated) as figures,
  case when judged.reason = 'treated' then met.until end as runs_out_on
from organisation_unit u
left join lateral (
  select o.id from organisation_unitclosure c join organisation_unit o on o.id = c.ancestor_id and o.kind = 'office'
  where c.descendant_id = u.id order by c.depth limit 1
) office on true
cross join lateral (
  select max(m.starts_at at time zone 'Europe/Oslo')::date as last_on,
    (max(m.starts_at at time zone 'Europe/Oslo')
     + make_interval(months => app.threshold('partnership_months')::integer))::date as until
  from forums_meeting m
  where m.unit_id = office.id and m.kind = 'partnership' and m.approved_at is not null
) met
cross join lateral (
  select exists (select 1 from forums_meeting m where m.unit_id = office.id and m.kind = 'partnership'
                 and m.sent_at is not null and m.approved_at is null) as is_there
) waiting
cross join lateral (
  select count(*) filter (where not s.is_treated and s.state_treats is not true and s.municipal_treats is not true
      and not (s.state_treats is false and s.municipal_treats is false))::integer as unanswered,
    count(*) filter (where not s.is_treated and (s.state_treats or s.municipal_treats))::integer as untreated
  from evidence_part_partnership s where s.unit_id = u.id
) serious
cross join lateral (select case
  when office.id is null then 'no_office'
  when (met.last_on is null or met.until < app.today()) and waiting.is_there then 'not_approved'
  when met.last_on is null then 'never'
  when met.until < app.today() then 'expired'
  when serious.unanswered > 0 then 'unanswered'
  when serious.untreated > 0 then 'untreated'
  else 'treated' end as reason) judged
where u.id = any ((select app.units_measured())::integer[]);

-- AML § 7-2: for each employer with people in the unit, a committee that stands for them has gone through every incident up
-- to the end of the last quarter, and given its report within a year.
create view evidence_part_committee as
select u.id as unit_id, w.employer_id, reviewed.until as reviewed_until, reported.at as reported_on,
  count(i.id)::integer as waiting
from organisation_unit u
join organisation_unitclosure below on below.ancestor_id = u.id
join organisation_workforce w on w.unit_id = below.descendant_id
cross join lateral (
  select max(m.reviewed_until) as until
  from organisation_unitclosure c join organisation_unit held on held.id = c.ancestor_id
  join forums_meeting m on m.unit_id = held.id and m.kind = 'committee' and m.approved_at is not null
  where c.descendant_id = u.id and (held.kind not in ('directorate', 'county', 'municipality')
    or held.id = w.employer_id or (held.kind = 'county' and exists (
      select 1 from organisation_unit e where e.id = w.employer_id and e.kind = 'directorate')))
) reviewed
cross join lateral (
  select max(m.approved_at at time zone 'Europe/Oslo')::date as at
  from organisation_unitclosure c join organisation_unit held on held.id = c.ancestor_id
  join forums_meeting m on m.unit_id = held.id and m.kind = 'committee' and m.approved_at is not null
    and m.report_year is not null
  where c.descendant_id = u.id and (held.kind not in ('directorate', 'county', 'municipality')
    or held.id = w.employer_id or (held.kind = 'county' and exists (
      select 1 from organisation_unit e where e.id = w.employer_id and e.kind = 'directorate')))
) reported
left join incidents_incident i on i.workforce_id = w.id
  and i.created_at < date_trunc('quarter', now() at time zone 'Europe/Oslo') at time zone 'Europe/Oslo'
  and (reviewed.until is null or i.created_at >= (reviewed.until + 1)::timestamp at time zone 'Europe/Oslo')
where u.id = any ((select app.units_measured())::integer[]) and exists (
  select 1 from organisation_placement p
  where p.workforce_id = w.id and p.starts_on <= app.today() and coalesce(p.ends_on >= app.today(), true))
group by u.id, w.employer_id, reviewed.until, reported.at;

create view evidence_aml_7_2 as
select u.id as unit_id,
  case when counted.employers = 0 then 'not_applicable'
       when judged.reason = 'reviewed' then 'met'
       when counted.never = counted.employers then 'missing'
       else 'partly' end as state,
  judged.reason,
  jsonb_build_object('never', counted.never, 'employers', counted.employers) as figures,
  case when judged.reason = 'reviewed' then counted.until end as runs_out_on
from organisation_unit u
cross join lateral (
  select count(distinct p.employer_id)::integer as employers,
    count(distinct p.employer_id) filter (where p.reviewed_until is null)::integer as never,
    coalesce(sum(p.waiting), 0) as waiting, bool_or(p.reported_on is null) as is_unreported,
    (min(p.reported_on) + make_interval(months => app.threshold('committee_months')::integer))::date as until
  from evidence_part_committee p where p.unit_id = u.id
) counted
cross join lateral (select case
  when counted.employers = 0 then 'nobody'
  when counted.never > 0 then 'never'
  when counted.waiting > 0 then 'waiting'
  when counted.is_unreported or counted.until < app.today() then 'no_report'
  else 'reviewed' end as reason) judged
where u.id = any ((select app.units_measured())::integer[]);
