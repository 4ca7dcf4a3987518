-- What is to be read (1.1, 2.3): each important thing by itself, the rest together. `duties.py` has the words.

-- What each has not read of what is for them (`app.informed`); what is too old to be owed is left out
-- (`rules.IMPORTANT_COUNTS_FOR`, `REST_COUNTS_FOR`), and what stands never is. `since`: when something that stands came
-- to concern them.
create view duty_part_unread as
select a.person_id, i.id, i.unit_id, i.subject_id, i.kind, i.context, i.is_important, i.is_standing, i.at, null::date as since
from information_item i
join app.audience() a on a.unit_id = i.unit_id and a.since <= (i.at at time zone 'Europe/Oslo')::date
where not i.is_standing and i.at >= app.end_of(app.today() - 366) and (i.is_important or i.at >= app.end_of(app.today() - 91))
  and not exists (select 1 from information_reading r where r.item_id = i.id and r.person_id = a.person_id)
union all
select c.person_id, i.id, i.unit_id, i.subject_id, i.kind, i.context, i.is_important, i.is_standing, i.at, c.since
from information_item i
join app.concerned() c on c.unit_id = i.unit_id and c.form = i.form
where i.is_standing and i.ended_at is null
  and not exists (select 1 from information_reading r where r.item_id = i.id and r.person_id = c.person_id);

-- To be read within five working days (`rules.read_important_by`).
create view duty_information_important as
select n.person_id, n.id::text as subject, n.unit_id, app.add_workdays(n.at, 5) as due_at, 2 as urgency,
  jsonb_build_object('unit', u.name, 'kind', n.kind, 'context', n.context) as words
from duty_part_unread n
join organisation_unit u on u.id = n.unit_id
where n.is_important and not n.is_standing;

-- To be confirmed within as many; newcomers have as long as everybody had (`rules.confirm_by`).
create view duty_information_standing as
select n.person_id, n.id::text as subject, n.unit_id,
  app.add_workdays(greatest(n.at, n.since::timestamp at time zone 'Europe/Oslo'), 5) as due_at, 2 as urgency,
  jsonb_build_object('unit', u.name, 'kind', n.kind, 'context', n.context) as words
from duty_part_unread n
join organisation_unit u on u.id = n.unit_id
where n.is_important and n.is_standing;

-- A week after the oldest of them (`rules.read_rest_by`).
create view duty_information_unread as
select n.person_id, 'feed' as subject, null::integer as unit_id, min(n.at) + interval '7 days' as due_at, 3 as urgency,
  jsonb_build_object('number', count(*)) as words
from duty_part_unread n
where not n.is_important
group by n.person_id;
