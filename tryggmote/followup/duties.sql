-- What follow-up asks of people (§ 23A-5): an offer to answer, and the next step. `duties.py` has the words.

create view duty_followup_offered as
select p.person_id, p.id::text as subject, p.unit_id, null::timestamptz as due_at, 1 as urgency, '{}'::jsonb as words
from followup_plan p
where p.closed_at is null and p.offers_waiting > 0;

-- For the leader who follows up, as long as they lead the person or the place, or the person has let them in.
create view duty_followup_next_step as
select p.follower_id as person_id, p.id::text as subject, p.unit_id, p.next_due_at as due_at,
  case when p.next_due_at < app.end_of(app.today()) then 0 else 1 end as urgency,
  jsonb_build_object('unit', u.name, 'name', followed.name) as words
from followup_plan p
join organisation_unit u on u.id = p.unit_id
join organisation_person followed on followed.id = p.person_id
where p.closed_at is null and p.next_due_at < app.end_of(app.today() + 1) and (
  exists (select 1 from duty_part_team t where t.person_id = p.follower_id and t.led_id = p.person_id)
  or exists (
    select 1 from duty_part_led_workforce l where l.person_id = p.follower_id and l.workforce_id = p.workforce_id)
  or exists (
    select 1 from duty_part_overseen_workforce o where o.person_id = p.follower_id and o.workforce_id = p.workforce_id)
  or exists (
    select 1 from followup_consent c
    where c.plan_id = p.id and c.to_person_id = p.follower_id and c.withdrawn_at is null));
