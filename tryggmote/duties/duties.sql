-- What is late below somebody and has been taken further to them; one a unit. `kinds_here.py` has the words.
create view duty_late_below as
select s.to_person_id as person_id, coalesce(e.unit_id::text, '') as subject, e.unit_id, null::timestamptz as due_at,
  2 as urgency, jsonb_build_object('unit', coalesce(u.name, ''), 'count', count(*)) as words
from duties_escalation s
join duties_entry e on e.id = s.entry_id and e.ended_at is null and e.kind = any (app.duty_kinds())
  and e.due_at <= app.end_of(app.today())
left join organisation_unit u on u.id = e.unit_id
group by s.to_person_id, e.unit_id, u.name;
