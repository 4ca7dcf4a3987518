-- What concerns, demands and stops ask of people (AML §§ 2-3, 6-2 and 6-3). `duties.py` has the words.

-- Leaders answer, and a representative what no leader was sent (`rules.answers_as`): those who still lead or represent the
-- writer (`app.concerns_seen()`). It presses from three days before.
create view duty_concern_to_answer as
select told.person_id, c.id::text as subject, w.unit_id, c.due_at,
  case when c.due_at - interval '3 days' < app.end_of(app.today()) then 1 else 2 end as urgency,
  jsonb_build_object('name', writer.name, 'unit', u.name) as words
from concerns_recipient told
join concerns_concern c on c.id = told.concern_id and c.answered_at is null
join organisation_person writer on writer.id = c.writer_id
join organisation_workforce w on w.id = c.workforce_id
join organisation_unit u on u.id = w.unit_id
where case told.capacity
  when 'representative' then not app.concern_reached_a_leader(c.id) and exists (
    select 1 from duty_part_represented_area a where a.person_id = told.person_id and a.area_id = c.safety_area_id)
  else exists (select 1 from duty_part_team t where t.person_id = told.person_id and t.led_id = c.writer_id)
    or exists (
      select 1 from duty_part_led_workforce l where l.person_id = told.person_id and l.workforce_id = c.workforce_id)
    or exists (
      select 1 from duty_part_overseen_workforce o
      where o.person_id = told.person_id and o.workforce_id = c.workforce_id) end;

-- Each unit with those who decide in it and may answer for it: a leader on one line does not lead where only the other's
-- people work.
create view duty_part_answering as
select d.unit_id, d.person_id
from duty_part_decided d
join duty_part_led led on led.unit_id = d.unit_id and led.person_id = d.person_id;

-- The employer answers a demand; it presses from three days before.
create view duty_demand as
select d.person_id, m.id::text as subject, m.unit_id, m.due_at,
  case when m.due_at - interval '3 days' < app.end_of(app.today()) then 1 else 2 end as urgency,
  jsonb_build_object('unit', u.name) as words
from concerns_demand m
join organisation_unit u on u.id = m.unit_id
join duty_part_answering d on d.unit_id = m.unit_id and d.person_id <> m.by_id
where m.answered_at is null and m.taken_further_at is null;

-- The one who demanded takes it further when nobody answers, as long as they represent the unit.
create view duty_demand_unanswered as
select m.by_id as person_id, m.id::text as subject, m.unit_id, m.due_at,
  case when m.due_at - interval '3 days' < app.end_of(app.today()) then 1 else 2 end as urgency,
  jsonb_build_object('unit', u.name) as words
from concerns_demand m
join organisation_unit u on u.id = m.unit_id
join duty_part_represented r on r.unit_id = m.unit_id and r.person_id = m.by_id
where m.answered_at is null and m.taken_further_at is null;

-- What is stopped is made safe by the employer, and then judged by the one who stopped it.
create view duty_stop as
select d.person_id, s.id::text as subject, s.unit_id, null::timestamptz as due_at, 0 as urgency,
  jsonb_build_object('unit', u.name) as words
from concerns_stop s
join organisation_unit u on u.id = s.unit_id
join duty_part_answering d on d.unit_id = s.unit_id
where s.ended_at is null and s.latest <> 'done';

create view duty_stop_to_judge as
select s.by_id as person_id, s.id::text as subject, s.unit_id, null::timestamptz as due_at, 0 as urgency,
  jsonb_build_object('unit', u.name) as words
from concerns_stop s
join organisation_unit u on u.id = s.unit_id
join duty_part_represented r on r.unit_id = s.unit_id and r.person_id = s.by_id
where s.ended_at is null and s.latest = 'done';
