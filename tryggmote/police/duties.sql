-- What police reports ask of leaders (2.4): decide, send, ask the police. `duties.py` has the words.

-- Matters to look at again within two days: those of the people one leads, and those one acted in last from above, while
-- one sees the incident. Never in one's own case (`rules.may_decide`).
create view duty_police_matter as
select asked.person_id, a.id::text as subject, w.unit_id, a.remind_at as due_at, 1 as urgency,
  jsonb_build_object('unit', u.name, 'incident', i.id, 'deed', a.deed) as words
from (
  select t.person_id, a.id
  from police_policeact a
  join incidents_incident i on i.id = a.incident_id
  join duty_part_team t on t.led_id = i.concerned_id
  where a.is_latest and a.remind_at is not null
  union
  select l.person_id, a.id
  from police_policeact a
  join incidents_incident i on i.id = a.incident_id
  join duty_part_led_workforce l on l.workforce_id = i.workforce_id
  where a.is_latest and a.remind_at is not null
  union
  select a.by_id, a.id
  from police_policeact a
  join incidents_incident i on i.id = a.incident_id and (i.escalated_at is not null or i.assessed_level >= 4)
  where a.is_latest and a.remind_at is not null and exists (
    select 1 from duty_part_overseen_workforce o where o.person_id = a.by_id and o.workforce_id = i.workforce_id)
) asked
join police_policeact a on a.id = asked.id and a.remind_at < app.end_of(app.today() + 2)
join incidents_incident i on i.id = a.incident_id
  and i.reporter_id is distinct from asked.person_id and i.concerned_id is distinct from asked.person_id
join organisation_workforce w on w.id = i.workforce_id
join organisation_unit u on u.id = w.unit_id;
