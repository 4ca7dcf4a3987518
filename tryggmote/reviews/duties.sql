-- What premises ask of people (3.1): a review, the rest of one, a signature. `duties.py` has the words.

-- Those who are asked to go through the premises of a unit, and as what they sign: who decides in it from day to day,
-- and its own safety representatives.
create view duty_part_reviewer as
select unit_id, person_id, 'leader' as capacity from duty_part_decided
union all
select r.unit_id, r.person_id, 'representative'
from duty_part_represented r
where not exists (select 1 from duty_part_decided d where d.unit_id = r.unit_id and d.person_id = r.person_id)
  and exists (
    select 1 from organisation_roleassignment held
    where held.person_id = r.person_id and held.role = 'safety_representative'
      and held.starts_on <= app.today() and coalesce(held.ends_on >= app.today(), true));

-- Where one side has signed: the other.
create view duty_review_signature as
select mine.person_id, r.id::text as subject, b.unit_id, null::timestamptz as due_at, 2 as urgency,
  jsonb_build_object('unit', u.name, 'name', b.name) as words
from duty_part_reviewer mine
join premises_building b on b.unit_id = mine.unit_id
join organisation_unit u on u.id = b.unit_id
join reviews_review r on r.building_id = b.id and r.signed_at is null and r.cancelled_at is null
where exists (select 1 from reviews_signature s where s.review_id = r.id)
  and not exists (select 1 from reviews_signature s where s.review_id = r.id and s.capacity = mine.capacity);

-- The rest of what one has begun oneself, until somebody signs.
create view duty_review_begun as
select mine.person_id, r.id::text as subject, b.unit_id, null::timestamptz as due_at, 2 as urgency,
  jsonb_build_object('unit', u.name, 'name', b.name) as words
from duty_part_reviewer mine
join premises_building b on b.unit_id = mine.unit_id
join organisation_unit u on u.id = b.unit_id
join reviews_review r on r.building_id = b.id and r.begun_by_id = mine.person_id
  and r.signed_at is null and r.cancelled_at is null
where not exists (select 1 from reviews_signature s where s.review_id = r.id);

-- A review of what changes, before it is taken in use.
create view duty_change_review as
select mine.person_id, c.id::text as subject, b.unit_id, app.end_of(c.in_use_on) as due_at,
  app.urgency_by(c.in_use_on) as urgency,
  jsonb_build_object('unit', u.name, 'name', b.name, 'day', c.in_use_on, 'is_late', c.in_use_on <= app.today()) as words
from duty_part_reviewer mine
join premises_building b on b.unit_id = mine.unit_id
join organisation_unit u on u.id = b.unit_id
join reviews_change c on c.building_id = b.id and c.ended_at is null
where not exists (select 1 from reviews_review r where r.change_id = c.id and r.signed_at is not null);

-- Of the whole building every year, asked for 30 days before (`rules.SHOWN_DAYS_BEFORE`); not while one goes on.
create view duty_yearly_review as
select d.person_id, b.id::text as subject, b.unit_id, app.end_of(next.due_on) as due_at,
  case when next.due_on is null then 2 else app.urgency_by(next.due_on) end as urgency,
  jsonb_build_object('unit', u.name, 'name', b.name, 'day', next.due_on, 'is_late', next.due_on < app.today()) as words
from duty_part_decided d
join premises_building b on b.unit_id = d.unit_id and b.left_on is null
join organisation_unit u on u.id = b.unit_id
cross join lateral (
  select (max(r.signed_at) at time zone 'Europe/Oslo')::date as reviewed_on
  from reviews_review r where r.building_id = b.id and r.is_whole and r.signed_at is not null
) last
cross join lateral (
  select (last.reviewed_on + make_interval(months => app.threshold('review_months')::integer))::date as due_on
) next
where coalesce(
    last.reviewed_on <= (app.today() + 30 - make_interval(months => app.threshold('review_months')::integer))::date, true)
  and not exists (
    select 1 from reviews_review r
    where r.building_id = b.id and r.change_id is null and r.signed_at is null and r.cancelled_at is null);
