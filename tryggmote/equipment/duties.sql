-- What equipment asks of people (3.5): test in time, see to what failed, evaluate yearly. `duties.py` has the words.

-- One a unit for those chosen to test a type there, and for those who decide where nobody is chosen.
create view duty_equipment_due as
select asked.person_id, asked.unit_id::text as subject, asked.unit_id, app.end_of(min(i.due_on)) as due_at,
  app.urgency_by(min(i.due_on)) as urgency,
  jsonb_build_object('unit', u.name, 'count', count(*), 'late', count(*) filter (where i.due_on < app.today()),
    'first', min(i.due_on)) as words
from (
  select person_id, unit_id, type from equipment_responsible
  union all
  select person_id, unit_id, null from duty_part_decided
) asked
join organisation_unit u on u.id = asked.unit_id
join equipment_item i on i.unit_id = asked.unit_id and coalesce(i.ended_on > app.today(), true)
  and not i.is_failing and i.due_on <= app.today() + app.equipment_soon_days()
  and (i.type = asked.type or asked.type is null and not exists (
    select 1 from equipment_responsible chosen where chosen.unit_id = i.unit_id and chosen.type = i.type))
group by asked.person_id, asked.unit_id, u.name;

-- What fails and nobody has a measure for; one a unit.
create view duty_equipment_failing as
select d.person_id, d.unit_id::text as subject, d.unit_id, null::timestamptz as due_at, 1 as urgency,
  jsonb_build_object('unit', u.name, 'count', count(*)) as words
from duty_part_decided d
join organisation_unit u on u.id = d.unit_id
join equipment_item i on i.unit_id = d.unit_id and coalesce(i.ended_on > app.today(), true) and i.is_failing
where not exists (
  select 1 from controls_measure m
  where m.origin_kind = 'equipment' and m.origin_id = i.id and m.established_at is null and m.cancelled_at is null)
group by d.person_id, d.unit_id, u.name;

-- Each measure in force that has an interval. One that never passed, or did not the last time, is due from its first day.
create view duty_measure_test_due as
select m.owner_id as person_id, m.id::text as subject, m.unit_id, app.end_of(next.due_on) as due_at,
  app.urgency_by(next.due_on) as urgency, jsonb_build_object('unit', u.name, 'title', m.title) as words
from controls_measure m
join organisation_unit u on u.id = m.unit_id
left join lateral (
  select t.passed from equipment_measuretest t where t.measure_id = m.id order by t.at desc, t.id desc limit 1
) latest on true
left join lateral (
  select t.at from equipment_measuretest t where t.measure_id = m.id and t.passed order by t.at desc limit 1
) passed on true
cross join lateral (
  select case
    when latest.passed then ((passed.at at time zone 'Europe/Oslo')::date + make_interval(months => m.interval_months))::date
    else (m.established_at at time zone 'Europe/Oslo')::date end as due_on
) next
where m.established_at is not null and m.cancelled_at is null and m.interval_months is not null and m.owner_id is not null
  and next.due_on <= app.today() + app.equipment_soon_days();

-- Technical and physical measures wear out, and what they do may change without anybody seeing it.
create view duty_measure_yearly_evaluation as
select m.owner_id as person_id, m.id::text as subject, m.unit_id, null::timestamptz as due_at, 2 as urgency,
  jsonb_build_object('unit', u.name, 'title', m.title) as words
from controls_measure m
join organisation_unit u on u.id = m.unit_id
where m.established_at is not null and m.cancelled_at is null and m.owner_id is not null and m.effect = 'reduced'
  and (m.evaluated_at at time zone 'Europe/Oslo')::date
    < (app.today() - make_interval(months => app.equipment_evaluate_after_months()))::date
  and (m.interval_months is not null or m.kind in ('design', 'calling_help', 'equipment', 'maintenance'));
