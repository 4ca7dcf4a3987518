-- What meetings ask of people (2.2): to answer who waits, to ring who is out, to decide. `duties.py` has the words.

-- Checks that ask for a leader, of those one leads. Nobody answers their own.
create view duty_encounters_answer_check as
select asked.person_id, c.id::text as subject, w.unit_id, c.starts_at as due_at, 0 as urgency,
  jsonb_build_object('name', employee.name) as words
from (
  select t.person_id, c.id
  from encounters_check c
  join duty_part_team t on t.led_id = c.employee_id
  where c.leader_asked_at is not null and c.answered_at is null
  union
  select l.person_id, c.id
  from encounters_check c
  join duty_part_led_workforce l on l.workforce_id = c.workforce_id
  where c.leader_asked_at is not null and c.answered_at is null
) asked
join encounters_check c on c.id = asked.id and c.employee_id <> asked.person_id and c.decision in ('', 'ask_leader')
join organisation_workforce w on w.id = c.workforce_id
join organisation_person employee on employee.id = c.employee_id;

-- Stops and reported risks, of those one leads. The working days are `rules.ANSWER_STOP_WITHIN_DAYS` and
-- `rules.ANSWER_RISK_WITHIN_DAYS`.
create view duty_encounters_answer_risk as
select asked.person_id, r.id::text as subject, w.unit_id,
  app.add_workdays(r.created_at, case when r.stopped_work then 1 else 5 end) as due_at,
  case when r.stopped_work then 0 else 2 end as urgency,
  jsonb_build_object('name', reporter.name, 'stopped_work', r.stopped_work) as words
from (
  select t.person_id, r.id
  from encounters_riskreport r
  join duty_part_team t on t.led_id = r.reporter_id
  where r.answered_at is null
  union
  select l.person_id, r.id
  from encounters_riskreport r
  join duty_part_led_workforce l on l.workforce_id = r.workforce_id
  where r.answered_at is null
) asked
join encounters_riskreport r on r.id = asked.id and r.reporter_id <> asked.person_id
join organisation_workforce w on w.id = r.workforce_id
join organisation_person reporter on reporter.id = r.reporter_id;

-- Those who are out alone and have not answered: the contact rings, then the leaders (`outing_rules.Step`).
create view duty_encounters_ring as
select told.person_id, o.id::text as subject, w.unit_id, o.expected_at as due_at, -1 as urgency,
  jsonb_build_object('name', employee.name) as words
from (
  select contact_id as person_id, id from encounters_outing
  where returned_at is null and contact_id is not null and told_step >= 2
  union
  select t.person_id, o.id
  from encounters_outing o
  join duty_part_team t on t.led_id = o.employee_id
  where o.returned_at is null and o.contact_id is not null and o.told_step >= 3
  union
  select l.person_id, o.id
  from encounters_outing o
  join duty_part_led_workforce l on l.workforce_id = o.workforce_id
  where o.returned_at is null and o.contact_id is not null and o.told_step >= 3
) told
join encounters_outing o on o.id = told.id and o.employee_id <> told.person_id
join organisation_workforce w on w.id = o.workforce_id
join organisation_person employee on employee.id = o.employee_id;

-- One's own check of the last days, until one has decided what to do with the meeting.
create view duty_encounters_decide as
select c.employee_id as person_id, c.id::text as subject, w.unit_id, c.starts_at as due_at,
  case when waits.for_leader then 1 else 0 end as urgency,
  jsonb_build_object('is_answered', c.answered_at is not null, 'waits', waits.for_leader) as words
from encounters_check c
join organisation_workforce w on w.id = c.workforce_id
cross join lateral (select c.leader_asked_at is not null and c.answered_at is null as for_leader) waits
where c.decision in ('', 'ask_leader') and c.created_at >= app.end_of(app.today() - 1) - interval '2 days';
