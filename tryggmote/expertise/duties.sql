-- What expert help asks of people (1.2): answer what one is asked, and follow up what is late. `duties.py` has the words.

-- What the experts of the units are asked (`app.units_advised` for everybody).
create view duty_expertise_answer as
select r.person_id, asked.id::text as subject, asked.unit_id, app.end_of(asked.wanted_by) as due_at,
  case when asked.wanted_by < app.today() then 1 else 2 end as urgency,
  jsonb_build_object('unit', u.name, 'is_late', asked.wanted_by < app.today()) as words
from expertise_expertrequest asked
join organisation_unit u on u.id = asked.unit_id
join organisation_unitclosure c on c.descendant_id = asked.unit_id
join organisation_roleassignment r on r.unit_id = c.ancestor_id and r.role = asked.kind
  and r.role in ('occupational_health', 'county_security_coordinator')
  and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)
where asked.answered_at is null and asked.withdrawn_at is null
group by r.person_id, asked.id, u.name;

-- What nobody has answered in time, for whoever asked and those who decide in the unit.
create view duty_expertise_late as
select follows.person_id, asked.id::text as subject, asked.unit_id, app.end_of(asked.wanted_by) as due_at, 1 as urgency,
  jsonb_build_object('unit', u.name, 'kind', asked.kind, 'whom', asked.whom) as words
from (
  select id, asked_by_id as person_id from expertise_expertrequest
  where exists (
    select 1 from organisation_roleassignment r
    where r.person_id = asked_by_id and r.role in ('leader', 'office_leader', 'county_director', 'municipal_director',
      'directorate', 'safety_representative', 'chief_safety_representative')
      and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true))
  union
  select own.id, d.person_id from expertise_expertrequest own join duty_part_decided d on d.unit_id = own.unit_id
) follows
join expertise_expertrequest asked on asked.id = follows.id
join organisation_unit u on u.id = asked.unit_id
where asked.answered_at is null and asked.withdrawn_at is null and asked.wanted_by < app.today();
