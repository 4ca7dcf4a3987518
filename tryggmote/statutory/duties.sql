-- What injuries ask of leaders (AML §§ 5-1 and 5-2, folketrygdloven § 13-14): finish the notice, enter, decide and send.
-- `duties.py` has the words. Those who lead the incident owe it, but never in their own case (`may_handle`). What a step of
-- the incident asks for stands there already (`duty_incident_step`).

-- Those who may act on each incident, and the steps of it that wait.
create view duty_part_incident_handled as
select l.incident_id, l.person_id, l.is_above, w.unit_id, u.name as unit,
  (i.happened_at at time zone 'Europe/Oslo')::date as happened_on, i.created_at, array(
    select s.code from incidents_step s
    where s.incident_id = i.id and s.workforce_id = i.workforce_id and s.done_at is null) as steps
from duty_part_incident_leader l
join incidents_incident i on i.id = l.incident_id and i.reporter_id <> l.person_id and i.concerned_id <> l.person_id
join organisation_workforce w on w.id = i.workforce_id
join organisation_unit u on u.id = w.unit_id;

-- The latest judgement says that notice is due, and not all four steps of it are taken.
create view duty_notice_5_2 as
select i.person_id, i.incident_id::text as subject, i.unit_id, j.at as due_at, -1 as urgency,
  jsonb_build_object('unit', i.unit, 'happened_on', i.happened_on) as words
from statutory_judgement j
join duty_part_incident_handled i on i.incident_id = j.incident_id and not 'notice_5_2' = any (i.steps)
where j.must_notify
  and not exists (
    select 1 from statutory_judgement later
    where later.incident_id = j.incident_id and (later.at, later.id) > (j.at, j.id))
  and 4 > (select count(distinct a.step) from statutory_noticeact a where a.incident_id = j.incident_id)
group by i.person_id, i.incident_id, i.unit_id, i.unit, i.happened_on, j.at;

-- The latest description says that somebody may be injured, and nobody has said whether.
create view duty_injury_entry as
select i.person_id, i.incident_id::text as subject, i.unit_id, app.add_workdays(c.at, app.register_workdays()) as due_at,
  1 as urgency, jsonb_build_object('unit', i.unit, 'happened_on', i.happened_on) as words
from incidents_classification c
join duty_part_incident_handled i on i.incident_id = c.incident_id and not i.is_above and not 'injury_report' = any (i.steps)
  and i.created_at >= app.end_of((app.today() - interval '12 months')::date - 1)
where app.proposes_injury(c.consequences::text[])
  and not exists (
    select 1 from incidents_classification later
    where later.incident_id = c.incident_id and (later.at, later.id) > (c.at, c.id))
  and not exists (select 1 from statutory_injury n where n.incident_id = c.incident_id)
  and not exists (select 1 from statutory_noinjury n where n.incident_id = c.incident_id)
group by i.person_id, i.incident_id, i.unit_id, i.unit, i.happened_on, c.at;

-- Nobody has decided whether an injury is to be reported, or it is to be and Nav does not have it.
create view duty_injury_report as
select i.person_id, n.id::text as subject, i.unit_id, app.add_workdays(n.at, app.report_workdays()) as due_at, 1 as urgency,
  jsonb_build_object('unit', i.unit, 'happened_on', i.happened_on, 'is_decided', decided.is_due is not null) as words
from statutory_injury n
left join statutory_reportdecision decided on decided.injury_id = n.id and not exists (
  select 1 from statutory_reportdecision later
  where later.injury_id = n.id and (later.at, later.id) > (decided.at, decided.id))
join duty_part_incident_handled i on i.incident_id = n.incident_id and not 'injury_report' = any (i.steps)
where decided.is_due is null or decided.is_due and not exists (
  select 1 from statutory_reportsending s where s.injury_id = n.id and s."to" = 'nav')
group by i.person_id, n.id, i.unit_id, i.unit, i.happened_on, decided.is_due;
