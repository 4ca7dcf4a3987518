-- What assessments and hazards ask of people (1.1, 2.1). `duties.py` and `hazard_duties.py` have the words.

-- Those who are consulted on a draft, until they have answered or it is recorded why they were not heard.
create view duty_risk_opinion as
select p.person_id, v.id::text as subject, a.unit_id, app.end_of(v.consult_by) as due_at, 2 as urgency,
  jsonb_build_object('unit', u.name, 'title', a.title, 'assessment', a.id) as words
from risk_participant p
join risk_version v on v.id = p.version_id and v.approved_at is null and v.consulted_at is not null
join risk_assessment a on a.id = v.assessment_id
join organisation_unit u on u.id = a.unit_id
where p.capacity <> 'leader'
  and not exists (select 1 from risk_opinion o where o.version_id = v.id and o.person_id = p.person_id)
  and not exists (select 1 from risk_notconsulted n where n.version_id = v.id and n.person_id = p.person_id);

-- Where one employer has approved: the leaders whose employer has not.
create view duty_risk_approval as
select led.person_id, v.id::text as subject, a.unit_id, null::timestamptz as due_at, 2 as urgency,
  jsonb_build_object('unit', u.name, 'title', a.title, 'assessment', a.id) as words
from duty_part_led led
join risk_assessment a on a.unit_id = led.unit_id
join risk_version v on v.assessment_id = a.id and v.approved_at is null
join organisation_unit u on u.id = a.unit_id
where exists (select 1 from risk_approval given where given.version_id = v.id)
  and exists (
    select 1
    from organisation_roleassignment held
    join organisation_unitclosure c on c.ancestor_id = held.unit_id and c.descendant_id = a.unit_id
    where held.person_id = led.person_id
      and held.role in ('leader', 'office_leader', 'county_director', 'municipal_director', 'directorate')
      and held.starts_on <= app.today() and coalesce(held.ends_on >= app.today(), true)
      and not exists (
        select 1 from risk_approval given where given.version_id = v.id and given.employer_id = held.employer_id));

-- What was opened again and nobody has approved yet. What is opened because its date is near, is asked for as a review.
-- The working days are `rules.AGAIN_WORKDAYS`.
create view duty_risk_reopened as
select led.person_id, v.id::text as subject, a.unit_id,
  app.end_of((app.add_workdays(v.opened_at, 20) at time zone 'Europe/Oslo')::date) as due_at, 2 as urgency,
  jsonb_build_object('unit', u.name, 'title', a.title, 'assessment', a.id, 'cause', v.cause) as words
from duty_part_led led
join risk_assessment a on a.unit_id = led.unit_id
join risk_version v on v.assessment_id = a.id and v.approved_at is null and v.number > 1 and v.cause <> 'date'
join organisation_unit u on u.id = a.unit_id
where not exists (select 1 from risk_approval given where given.version_id = v.id);

-- What is to be gone through within 30 days.
create view duty_risk_review as
select led.person_id, a.id::text as subject, a.unit_id, app.end_of(a.review_on) as due_at, 3 as urgency,
  jsonb_build_object('unit', u.name, 'title', a.title, 'day', a.review_on) as words
from duty_part_led led
join risk_assessment a on a.unit_id = led.unit_id and a.review_on <= app.today() + 30
join organisation_unit u on u.id = a.unit_id;

-- Hazards that nobody has judged: those nearest in the unit, and leaders it was passed on to, each with a deadline of
-- their own (`rules.HAZARD_WORKDAYS`). One presses when there are three days left.
create view duty_hazard_undecided as
select asked.person_id, h.id::text as subject, h.unit_id, due.at as due_at,
  case when due.at - interval '3 days' < app.end_of(app.today()) then 1 else 2 end as urgency,
  jsonb_build_object('unit', u.name, 'what', h.what, 'raised', (h.raised_at at time zone 'Europe/Oslo')::date,
    'is_passed_on', asked.is_passed_on) as words
from (
  select person_id, hazard_id, bool_or(is_passed_on) as is_passed_on
  from (
    select near.person_id, h.id as hazard_id, false as is_passed_on
    from duty_part_decided near
    join duty_part_led led on led.unit_id = near.unit_id and led.person_id = near.person_id
    join risk_hazard h on h.unit_id = near.unit_id and h.decided_at is null
    union all
    select e.to_person_id, h.id, true
    from risk_hazardescalation e
    join risk_hazard h on h.id = e.hazard_id and h.decided_at is null and h.escalated_at is not null
    where exists (
      select 1
      from organisation_roleassignment held
      join organisation_unitclosure c on c.ancestor_id = held.unit_id and c.descendant_id = h.unit_id
      where held.person_id = e.to_person_id
        and held.role in ('leader', 'office_leader', 'county_director', 'municipal_director', 'directorate')
        and held.starts_on <= app.today() and coalesce(held.ends_on >= app.today(), true))
  ) each
  group by person_id, hazard_id
) asked
join risk_hazard h on h.id = asked.hazard_id
join organisation_unit u on u.id = h.unit_id
cross join lateral (
  select case when asked.is_passed_on then app.add_workdays(h.escalated_at, 10) else h.due_at end as at
) due;
