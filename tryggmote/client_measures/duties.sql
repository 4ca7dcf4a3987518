-- What cases ask of those who decide in the unit: the first thing that waits in each. `duties.py` has the words.

-- Each open case with those who decide in it (`app.decides_client_measures_in()`), and whether a complaint waits: nothing
-- else in it is asked for until that has been answered.
create view duty_part_client_measure as
select r.person_id, m.*, u.name as unit_name,
  m.complained_at is not null and coalesce(m.complaint_answered_at < m.complained_at, true) as has_open_complaint
from organisation_roleassignment r
join organisation_unit u on u.id = r.unit_id and u.kind in ('office', 'contact_centre', 'special')
join client_measures_clientmeasure m on m.unit_id = r.unit_id and m.delete_on > app.today()
where r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)
  and (r.role = 'office_leader' or (r.role = 'leader' and not exists (
    select 1 from organisation_roleassignment o
    where o.unit_id = r.unit_id and o.role = 'office_leader'
      and o.starts_on <= app.today() and coalesce(o.ends_on >= app.today(), true))));

create view duty_client_measure_complaint_answered as
select person_id, id::text as subject, unit_id,
  app.add_workdays(complained_at, app.client_measure_days('answer_complaint')) as due_at, 1 as urgency,
  jsonb_build_object('unit', unit_name) as words
from duty_part_client_measure
where has_open_complaint
group by 1, 2, 3, 4, 5, 6;

create view duty_client_measure_decided as
select person_id, id::text as subject, unit_id, null::timestamptz as due_at, 1 as urgency,
  jsonb_build_object('unit', unit_name) as words
from duty_part_client_measure
where not has_open_complaint and decided_at is null and (heard_at is not null or is_exempted) and submitted_at is not null
group by 1, 2, 3, 4, 5, 6;

-- A measure in force, from three days before until it has been looked at again.
create view duty_client_measure_reviewed as
select person_id, id::text as subject, unit_id, app.end_of(review_on) as due_at, 2 as urgency,
  jsonb_build_object('unit', unit_name) as words
from duty_part_client_measure
where not has_open_complaint and outcome = 'imposed' and decided_at is not null and lifted_at is null
  and told_on is not null and app.today() between from_on and to_on and review_on - 3 <= app.today()
  and coalesce((reviewed_at at time zone 'Europe/Oslo')::date < review_on - 3, true)
group by 1, 2, 3, 4, 5, 6;

-- A case that has ended goes to the archive before the day it is deleted.
create view duty_client_measure_archived as
select person_id, id::text as subject, unit_id, app.end_of(delete_on - 1) as due_at, 2 as urgency,
  jsonb_build_object('unit', unit_name, 'day', delete_on) as words
from duty_part_client_measure
where not has_open_complaint and outcome = 'imposed' and decided_at is not null and archived_at is null
  and (lifted_at is not null or app.today() > to_on)
group by 1, 2, 3, 4, 5, 6;
