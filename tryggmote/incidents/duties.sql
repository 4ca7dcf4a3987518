-- What incidents ask of people (2.4, § 23A-5, AML § 2-2): read, read the answer, take the next step. `duties.py` and
-- `step_duties.py` have the words. What is older than a year is found in the list: this is for what can still be put right.

-- Each incident with those who lead the people it concerns, and those who stand above them when it has come that far; the
-- same person may be there twice.
create view duty_part_incident_leader as
select i.id as incident_id, t.person_id, false as is_above
from incidents_incident i
join duty_part_team t on t.led_id = i.concerned_id
union all
select i.id, l.person_id, false
from incidents_incident i
join duty_part_led_workforce l on l.workforce_id = i.workforce_id
union all
select i.id, o.person_id, true
from incidents_incident i
join duty_part_overseen_workforce o on o.workforce_id = i.workforce_id
where i.escalated_at is not null or i.assessed_level >= 4;

-- Whether somebody leads an incident; and whether they see it, who also represent those it concerns: the policy `involved`
-- for others than the one who asks and those it is about. Asked of the few who are left when the rest is known.
create or replace function app.leads_incident(person bigint, incident uuid) returns boolean
language sql stable cost 1000 as $$
  select exists (select 1 from duty_part_incident_leader l where l.incident_id = incident and l.person_id = person)
$$;
create or replace function app.sees_incident(person bigint, incident uuid) returns boolean
language sql stable cost 1000 as $$
  select app.leads_incident(person, incident) or exists (
    select 1 from incidents_incident i
    join organisation_safetyarea a on a.id = i.safety_area_id
    join organisation_roleassignment r on r.person_id = person
    where i.id = incident and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)
      and (r.role = 'safety_representative' and r.safety_area_id = a.id
           or (r.role = 'safety_representative' and r.safety_area_id is null or r.role = 'chief_safety_representative')
              and (r.employer_id is null or a.employer_id is null or r.employer_id = a.employer_id)
              and exists (select 1 from organisation_unitclosure c
                          where c.ancestor_id = r.unit_id and c.descendant_id = a.unit_id)))
$$;

-- A leader above is told because nobody answers; once somebody has, they owe nothing.
create view duty_incident_unread as
select told.person_id, i.id::text as subject, w.unit_id, app.incident_read_by(told.at) as due_at, 0 as urgency,
  jsonb_build_object('unit', u.name, 'natures', i.natures, 'at', i.created_at) as words
from incidents_recipient told
join incidents_incident i on i.id = told.incident_id
join organisation_workforce w on w.id = i.workforce_id
join organisation_unit u on u.id = w.unit_id
where told.at >= app.end_of(app.today() - 366) and (told.capacity <> 'next_leader' or i.answered_at is null)
  and not exists (
    select 1 from incidents_opening o where o.incident_id = told.incident_id and o.person_id = told.person_id)
  and app.sees_incident(told.person_id, i.id);

create view duty_incident_answered as
select asked.person_id, i.id::text as subject, w.unit_id, null::timestamptz as due_at, 1 as urgency,
  jsonb_build_object('natures', i.natures, 'at', i.created_at) as words
from (
  select id, reporter_id as person_id from incidents_incident
  union all
  select id, concerned_id from incidents_incident where concerned_id <> reporter_id
) asked
join incidents_incident i on i.id = asked.id and i.answered_at >= app.end_of(app.today() - 366)
join organisation_workforce w on w.id = i.workforce_id
where not exists (
  select 1 from access_readentry r
  where r.kind = 'incident' and r.object_id = i.id and r.person_id = asked.person_id and r.read_at >= i.answered_at);

-- What waits for the leaders who handle an incident.
create view duty_part_leaders_step as
select s.id, s.incident_id, s.workforce_id, s.code, s.due_at
from incidents_step s
where s.done_at is null and s.code = any (app.leaders_steps()) and s.asked_at >= app.end_of(app.today() - 366);

-- The step with the earliest deadline of each incident that somebody was told of as a leader. A leader above goes on while
-- nobody has answered; then the nearest leaders do.
create view duty_incident_step as
select told.person_id, i.id::text as subject, w.unit_id, next.due_at,
  case when next.due_at <= app.end_of(app.today()) then 0 else 1 end as urgency, jsonb_build_object(
    'unit', u.name, 'natures', i.natures, 'step', next.code, 'others', (
      select count(*) - 1 from duty_part_leaders_step s
      where s.incident_id = next.incident_id and s.workforce_id = next.workforce_id)) as words
from duty_part_leaders_step next
join incidents_incident i on i.id = next.incident_id and i.workforce_id = next.workforce_id
join incidents_recipient told on told.incident_id = i.id
join organisation_workforce w on w.id = i.workforce_id
join organisation_unit u on u.id = w.unit_id
where i.read_by_leader_at is not null
  and (told.capacity in ('daily_leader', 'formal_leader', 'leader')
       or told.capacity = 'next_leader' and i.answered_at is null)
  and not exists (
    select 1 from duty_part_leaders_step earlier
    where earlier.incident_id = next.incident_id and earlier.workforce_id = next.workforce_id
      and (earlier.due_at, earlier.id) < (next.due_at, next.id))
  and app.leads_incident(told.person_id, i.id);

-- What is owed by the other employers in the office, who do not see the incident (AML § 2-2).
create view duty_incident_shared as
select led.person_id, s.id::text as subject, w.unit_id, s.due_at, 2 as urgency,
  jsonb_build_object('step', s.code) as words
from incidents_step s
join organisation_workforce w on w.id = s.workforce_id
join (select person_id, workforce_id from duty_part_led_workforce group by person_id, workforce_id) led
  on led.workforce_id = s.workforce_id
where s.done_at is null and s.code = any (app.shared_steps()) and s.asked_at >= app.end_of(app.today() - 366);
