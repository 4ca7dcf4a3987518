-- What training asks of people (4.1-4.3, 1.2). `duties.py`, `plan_duties.py` and `certificate_duties.py` have the words.

-- Those each leads today, by the day or formally, and whom they lead as the leader of where they work (`app.people_led()`).
create view duty_part_people_led as
select person_id, led_id from duty_part_team where person_id <> led_id
union
select l.person_id, p.person_id
from duty_part_led_workforce l
join organisation_placement p on p.workforce_id = l.workforce_id and p.person_id <> l.person_id
  and p.starts_on <= app.today() and coalesce(p.ends_on >= app.today(), true);

-- What somebody is to learn: the most urgent of it, and how much there is. First what they may not meet clients without.
create view duty_training_own as
select owed.person_id, owed.first->>'element' as subject, (owed.first->>'unit')::integer as unit_id,
  app.end_of((owed.first->>'until')::date) as due_at,
  case owed.first->>'standing' when 'missing' then 1 when 'late' then 2 else 3 end as urgency,
  jsonb_build_object('standing', owed.first->>'standing', 'is_gate', (owed.first->>'is_gate')::boolean,
    'requirement', owed.first->>'requirement', 'count', owed.n, 'title', own.title) as words
from (
  select t.person_id, count(distinct t.element) as n,
    (array_agg(
      jsonb_build_object('element', t.element, 'unit', t.unit_id, 'requirement', t.requirement, 'standing', t.standing,
        'until', t.until, 'is_gate', gate.holds)
      order by gate.holds desc, array_position(array['missing', 'late', 'running_out', 'new'], t.standing), t.until,
        t.place, t.element))[1] as first
  from evidence_part_training t
  cross join lateral (
    select t.is_gate and t.workforce_id is not null and t.standing = 'missing' as holds
  ) gate
  where t.standing in ('missing', 'late', 'running_out', 'new')
  group by t.person_id
) owed
left join training_localelement own on own.id::text = owed.first->>'element';

-- The units in which somebody one leads lacks something. Unit by unit: to work it out for all at once, for one leader,
-- would be to work it out for everybody there is.
create view duty_training_unit as
select d.person_id, d.unit_id::text as subject, d.unit_id, null::timestamptz as due_at, 1 as urgency,
  jsonb_build_object('unit', u.name, 'count', lacking.n) as words
from duty_part_decided d
join organisation_unit u on u.id = d.unit_id
cross join lateral (
  select count(*) as n
  from (
    select distinct t.person_id from evidence_part_training t where t.unit_id = d.unit_id and t.standing = 'missing'
  ) t
  where exists (select 1 from duty_part_people_led l where l.person_id = d.person_id and l.led_id = t.person_id)
) lacking
where lacking.n > 0;

-- Where somebody meets clients and no plan of the year holds, the unit's own or one above it up to the office. In December
-- also the next year's. It is due before the year begins; a year that has begun is late where there was a plan before, and
-- without a day where this is the first.
create view duty_training_plan as
select d.person_id, format('%s:%s', d.unit_id, asked.year) as subject, d.unit_id,
  case when asked.begins > app.today() or plans.had_one then app.end_of(asked.begins - 1) end as due_at,
  case when asked.begins > app.today() then 2 else 1 end as urgency,
  jsonb_build_object('unit', u.name, 'year', asked.year, 'has_draft', exists (
    select 1 from training_plan p where p.unit_id = d.unit_id and p.year = asked.year and p.approved_at is null)) as words
from duty_part_decided d
join duty_part_led led on led.unit_id = d.unit_id and led.person_id = d.person_id
join organisation_unit u on u.id = d.unit_id
cross join lateral (
  select year, make_date(year, 1, 1) as begins
  from generate_series(
    extract(year from app.today())::integer, extract(year from app.today() + 31)::integer) year
) asked
cross join lateral (
  select from evidence_part_owed o where o.unit_id = d.unit_id and o.workforce_id is not null limit 1
) somebody
cross join lateral (
  select coalesce(bool_or(p.year < asked.year), false) as had_one, coalesce(bool_or(p.year = asked.year), false) as has_one
  from organisation_unitclosure c
  join organisation_unit holder on holder.id = c.ancestor_id
  join training_plan p on p.unit_id = c.ancestor_id and p.approved_at is not null
  where c.descendant_id = d.unit_id
    and (c.depth = 0 or holder.kind not in ('directorate', 'county', 'municipality'))
) plans
where not plans.has_one;

-- Safety representatives who are asked what they think of a draft.
create view duty_training_plan_hearing as
select r.person_id, p.id::text as subject, p.unit_id, null::timestamptz as due_at, 2 as urgency,
  jsonb_build_object('unit', u.name, 'year', p.year) as words
from training_plan p
join organisation_unit u on u.id = p.unit_id
join duty_part_represented r on r.unit_id = p.unit_id and r.person_id = any (p.asked_ids)
where p.approved_at is null
  and not exists (select 1 from training_planhearing h where h.plan_id = p.id and h.person_id = r.person_id);

-- Each of one's own that was refused and not corrected.
create view duty_certificate_correct as
select c.person_id, c.id::text as subject, null::integer as unit_id, null::timestamptz as due_at, 2 as urgency,
  '{}'::jsonb as words
from training_certificate c
join training_certificatedecision d on d.certificate_id = c.id and not d.approved
where not exists (select 1 from training_certificate later where later.corrects_id = c.id);

-- Those that wait for a leader, as one; for the directorate, those of people whom nobody who works here leads.
create view duty_certificate_decide as
select waiting.person_id, (array_agg(waiting.id::text order by waiting.at, waiting.id))[1] as subject,
  null::integer as unit_id, null::timestamptz as due_at, 2 as urgency,
  jsonb_build_object('count', count(*), 'name', (array_agg(waiting.name order by waiting.at, waiting.id))[1]) as words
from (
  select l.person_id, c.id, c.at, sender.name
  from training_certificate c
  join organisation_person sender on sender.id = c.person_id
  join duty_part_people_led l on l.led_id = c.person_id
  where not exists (select 1 from training_certificatedecision d where d.certificate_id = c.id)
  union
  select held.person_id, c.id, c.at, sender.name
  from organisation_roleassignment held
  join training_certificate c on c.person_id <> held.person_id
  join organisation_person sender on sender.id = c.person_id
  where held.role = 'directorate'
    and held.starts_on <= app.today() and coalesce(held.ends_on >= app.today(), true)
    and not exists (select 1 from training_certificatedecision d where d.certificate_id = c.id)
    and not exists (
      select 1 from duty_part_people_led l
      join organisation_person leader on leader.id = l.person_id and coalesce(leader.ended_on >= app.today(), true)
      where l.led_id = c.person_id)
) waiting
group by waiting.person_id;
