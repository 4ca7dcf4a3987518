-- What exercises ask of people (4.1, § 23A-2): be there, evaluate, decide, exercise in time. `duties.py` has the words.

-- Those who take part, from the decision until it has been held.
create view duty_exercise_invitation as
select p.person_id, e.id::text as subject, e.unit_id, case when e.started_at is null then e.starts_at end as due_at,
  case when e.started_at is null then app.urgency_by((e.starts_at at time zone 'Europe/Oslo')::date) else 0 end as urgency,
  jsonb_build_object('unit', u.name, 'version', e.version, 'scenario', e.scenario, 'part', p.part,
    'starts_at', e.starts_at, 'is_running', e.started_at is not null) as words
from exercises_participant p
join exercises_exercise e on e.id = p.exercise_id
  and e.decided_at is not null and e.called_off_at is null and e.held_at is null
join organisation_unit u on u.id = e.unit_id;

-- Those who were there, in the week after (`rules.EVALUATED_WITHIN`): as long as they can the whole day.
create view duty_exercise_evaluation as
select p.person_id, e.id::text as subject, e.unit_id, e.held_at + interval '7 days' as due_at, 2 as urgency,
  jsonb_build_object('unit', u.name) as words
from exercises_participant p
join exercises_exercise e on e.id = p.exercise_id
  and e.decided_at is not null and e.called_off_at is null and e.held_at + interval '7 days' >= app.end_of(app.today())
join organisation_unit u on u.id = e.unit_id
where p.attended
  and not exists (select 1 from exercises_evaluation given where given.exercise_id = e.id and given.person_id = p.person_id);

-- What somebody has suggested, for those who decide in the unit.
create view duty_exercise_suggestion as
select d.person_id, e.id::text as subject, e.unit_id, e.starts_at as due_at,
  app.urgency_by((e.starts_at at time zone 'Europe/Oslo')::date) as urgency,
  jsonb_build_object('unit', u.name, 'version', e.version, 'scenario', e.scenario, 'name', suggested.name,
    'starts_at', e.starts_at) as words
from duty_part_decided d
join duty_part_led led on led.unit_id = d.unit_id and led.person_id = d.person_id
join exercises_exercise e on e.unit_id = d.unit_id and e.decided_at is null and e.called_off_at is null
  and e.started_at is null and e.held_at is null and e.closed_at is null
join organisation_unit u on u.id = e.unit_id
join organisation_person suggested on suggested.id = e.planned_by_id;

-- What has been held and is not closed; the working days are `rules.REPORT_WORKDAYS`.
create view duty_exercise_report as
select d.person_id, e.id::text as subject, e.unit_id, due.at as due_at,
  app.urgency_by((due.at at time zone 'Europe/Oslo')::date) as urgency,
  jsonb_build_object('unit', u.name, 'version', e.version, 'scenario', e.scenario) as words
from duty_part_decided d
join duty_part_led led on led.unit_id = d.unit_id and led.person_id = d.person_id
join exercises_exercise e on e.unit_id = d.unit_id and e.held_at is not null and e.closed_at is null
  and e.called_off_at is null
join organisation_unit u on u.id = e.unit_id
cross join lateral (select app.add_workdays(e.held_at, 10) as at) due;

-- The yearly exercise of each unit and each of its meeting forms, asked for 30 days before (`rules.SHOWN_DAYS_BEFORE`),
-- unless one is on its way.
create view duty_yearly_exercise as
select d.person_id, d.unit_id::text as subject, d.unit_id, app.end_of(asked.last_day) as due_at,
  case when asked.last_day is null then 2 else app.urgency_by(asked.last_day) end as urgency,
  jsonb_build_object('unit', u.name, 'forms', asked.forms) as words
from duty_part_decided d
join organisation_unit u on u.id = d.unit_id
cross join lateral (
  select jsonb_agg(x.form) as forms, case when bool_and(next.until is not null) then min(next.until) end as last_day
  from app.last_exercised_in(array[d.unit_id]) x
  cross join lateral (
    select (x.last_on + make_interval(months => app.threshold('exercise_months')::integer))::date as until
  ) next
  where coalesce(next.until <= app.today() + 30, true)
    and not exists (
      select 1 from exercises_exercise e
      where e.unit_id = d.unit_id and e.held_at is null and e.called_off_at is null and e.closed_at is null
        and (x.form = '' or x.form = any (e.forms)))
) asked
where asked.forms is not null;
