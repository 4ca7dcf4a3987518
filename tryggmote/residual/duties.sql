-- What 3.0 and 3.2-3.4 ask of people: to fill what is missing, to be heard, to approve and to go through again.
-- `duties.py` has the words. That it is to be read and confirmed is asked by `information`.

-- What lacks in the units that requirements are measured for (`app.units_measured`), with those who decide there: for each
-- requirement how much, and the first of it.
create view duty_part_missing as
select d.person_id, d.unit_id, u.name as unit, e.requirement, count(*) as number,
  (array_agg(e.element order by e.place))[1] as element, (array_agg(e.form order by e.place))[1] as form
from duty_part_decided d
join organisation_unit u on u.id = d.unit_id and u.kind in ('office', 'contact_centre', 'special', 'department', 'team')
  and coalesce(u.ended_on >= app.today(), true) and u.merged_into_id is null
join app.required_elements() e on e.form = any (u.meeting_forms)
where not exists (
  select 1 from duty_part_filling f where f.unit_id = u.id and f.element = e.element and f.form = e.form)
and not exists (
  select 1 from duty_part_described r
  where r.unit_id = u.id and r.element = e.element and r.form = e.form and r.is_in_force)
group by d.person_id, d.unit_id, u.name, e.requirement;

create view duty_residual_empty_3_2 as
select m.person_id, m.unit_id::text as subject, m.unit_id, null::timestamptz as due_at, 2 as urgency,
  jsonb_build_object('unit', m.unit, 'number', m.number, 'element', m.element, 'form', m.form) as words
from duty_part_missing m
where m.requirement = '3.2';

create view duty_residual_empty_3_3 as
select m.person_id, m.unit_id::text as subject, m.unit_id, null::timestamptz as due_at, 2 as urgency,
  jsonb_build_object('unit', m.unit, 'number', m.number, 'element', m.element, 'form', m.form) as words
from duty_part_missing m
where m.requirement = '3.3';

create view duty_residual_empty_3_4 as
select m.person_id, m.unit_id::text as subject, m.unit_id, null::timestamptz as due_at, 2 as urgency,
  jsonb_build_object('unit', m.unit, 'number', m.number, 'element', m.element, 'form', m.form) as words
from duty_part_missing m
where m.requirement = '3.4';

-- The records that somebody decides on, with how pressing the review of each is (`rules.review_stage`), whether there is a
-- draft, and whether a measure that was to make up for something is in use no longer.
create view duty_part_record as
select d.person_id, r.id, r.unit_id, r.review_on, app.end_of(r.review_on) as due_at,
  case when r.review_on <= app.today() + 7 then 1 when r.review_on <= app.today() + 30 then 2
    when r.review_on <= app.today() + 60 then 3 else 2 end as urgency,
  jsonb_build_object('unit', u.name, 'element', r.element, 'form', r.form, 'title', r.title, 'until', r.review_on,
    'is_passed', r.review_on < app.today(), 'is_asked_for', r.review_on <= app.today() + 60) as words,
  exists (select 1 from residual_version v where v.record_id = r.id and v.approved_at is null) as has_draft,
  exists (
    select 1 from residual_version v
    join controls_measure m on m.id = any (v.measure_ids) and m.cancelled_at is not null
    where v.record_id = r.id and v.number = r.in_force_number) as measure_gone
from residual_record r
join organisation_unit u on u.id = r.unit_id
join duty_part_decided d on d.unit_id = r.unit_id
where r.withdrawn_at is null;

create view duty_residual_draft as
select r.person_id, r.id::text as subject, r.unit_id, r.due_at, r.urgency, r.words
from duty_part_record r
where r.has_draft;

create view duty_residual_review as
select r.person_id, r.id::text as subject, r.unit_id, r.due_at, r.urgency, r.words
from duty_part_record r
where not r.has_draft and (r.measure_gone or r.review_on <= app.today() + 60);

-- Those who were asked, and still represent the unit: others do not see the draft.
create view duty_residual_hearing as
select asked.person_id, v.id::text as subject, r.unit_id, null::timestamptz as due_at, 2 as urgency, jsonb_build_object(
  'unit', u.name, 'element', r.element, 'form', r.form, 'title', r.title, 'record', r.id) as words
from residual_version v
cross join lateral unnest(v.asked_ids) asked (person_id)
join residual_record r on r.id = v.record_id and r.withdrawn_at is null
join organisation_unit u on u.id = r.unit_id
join duty_part_represented represented on represented.unit_id = r.unit_id and represented.person_id = asked.person_id
where v.approved_at is null
  and not exists (select 1 from residual_hearing h where h.version_id = v.id and h.person_id = asked.person_id);
