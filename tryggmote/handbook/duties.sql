-- That the handbook is to be opened (3.6): the books of the places one works at that one has not opened lately. `duties.py`
-- has the words. A newcomer has some days; after that it is asked for without a deadline: a gentle duty, which never pushes
-- itself in front of what is late and matters to somebody.
create view duty_handbook_unopened as
select here.person_id, here.unit_id::text as subject, here.unit_id,
  case when opened.at is null and here.open_by > app.today() then app.end_of(here.open_by - 1) end as due_at, 3 as urgency,
  jsonb_build_object('unit', here.unit, 'was_opened', opened.at is not null) as words
from (
  select pl.person_id, w.unit_id, u.name as unit, min(pl.starts_on) + app.threshold('handbook_days')::integer as open_by
  from organisation_placement pl
  join organisation_workforce w on w.id = pl.workforce_id
  join organisation_unit u on u.id = w.unit_id and u.kind not in ('directorate', 'county', 'municipality')
  where pl.starts_on <= app.today() and coalesce(pl.ends_on >= app.today(), true)
  group by pl.person_id, w.unit_id, u.name
) here
left join (
  select o.person_id, book.ancestor_id as unit_id, max(o.opened_at) as at
  from handbook_opening o
  join organisation_unitclosure book on book.descendant_id = o.unit_id
  group by o.person_id, book.ancestor_id
) opened on opened.person_id = here.person_id and opened.unit_id = here.unit_id
where coalesce((opened.at at time zone 'Europe/Oslo')::date
  < (app.today() - make_interval(months => app.threshold('handbook_months')::integer))::date, true);
