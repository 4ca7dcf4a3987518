-- What forums ask of people (1.3, AML § 7-2): to meet, to write and approve minutes, to see to what was decided. `duties.py` has
-- the words.

-- Forums that are to meet every year (`rules.months_between`), where none is called: the leader of the unit sees to it, from
-- two months before. Never held, the owners' meeting comes first: the standard asks for it.
create view duty_part_yearly as
select led.person_id, u.id as unit_id, u.name, wanted.kind, last.until
from duty_part_led led
join organisation_unit u on u.id = led.unit_id and u.ended_on is null and u.merged_into_id is null
join (values ('partnership', '{office}'::text[], app.threshold('partnership_months')),
  ('management_review', '{office,contact_centre,special}', app.threshold('review_months'))) wanted(kind, unit_kinds, months)
  on u.kind = any (wanted.unit_kinds)
cross join lateral (
  select (max(m.starts_at at time zone 'Europe/Oslo') + make_interval(months => wanted.months::integer))::date as until
  from forums_meeting m where m.unit_id = u.id and m.kind = wanted.kind and m.approved_at is not null
) last
where coalesce(last.until <= app.today() + 60, true) and not exists (
  select 1 from forums_meeting m
  where m.unit_id = u.id and m.kind = wanted.kind and m.approved_at is null and m.called_off_at is null);
create view duty_forum_yearly as
select y.person_id, y.unit_id::text as subject, y.unit_id, app.end_of(y.until) as due_at,
  case when y.until is null then 2 else app.urgency_by(y.until) end as urgency, jsonb_build_object('unit', y.name) as words
from duty_part_yearly y where y.kind = 'partnership';
create view duty_forum_management as
select y.person_id, y.unit_id::text as subject, y.unit_id, app.end_of(y.until) as due_at,
  case when y.until is null then 3 else app.urgency_by(y.until) end as urgency, jsonb_build_object('unit', y.name) as words
from duty_part_yearly y where y.kind = 'management_review';

-- Each unit with those who lead it themselves, and the directors whose own employees work there (`app.units_owned()`).
create view duty_part_owner as
select held.unit_id, held.person_id
from organisation_roleassignment held
where held.role in ('leader', 'office_leader')
  and held.starts_on <= app.today() and coalesce(held.ends_on >= app.today(), true)
union
select w.unit_id, held.person_id
from organisation_roleassignment held
join organisation_workforcereach below
  on below.unit_id = held.unit_id and (held.employer_id is null or held.employer_id = below.employer_id)
join organisation_workforce w on w.id = below.workforce_id
where held.role in ('county_director', 'municipal_director')
  and held.starts_on <= app.today() and coalesce(held.ends_on >= app.today(), true);

-- Each owner is asked about each serious incident, until they have answered or it has been treated.
create view duty_forum_case as
select asked.person_id, s.office_id || '/' || s.event_id as subject, s.office_id as unit_id, null::timestamptz as due_at,
  2 as urgency, jsonb_build_object('unit', u.name, 'level', max(s.level), 'month', min(s.month)) as words
from duty_part_owner asked
join organisation_unit u on u.id = asked.unit_id and coalesce(u.ended_on >= app.today(), true) and u.merged_into_id is null
join duty_part_serious s on s.unit_id = asked.unit_id and s.office_id = asked.unit_id and not s.is_treated
where (s.state_treats is null and app.may_sit(asked.person_id, s.office_id, 'partnership', 'state'))
  or (s.municipal_treats is null and app.may_sit(asked.person_id, s.office_id, 'partnership', 'municipal'))
group by asked.person_id, s.office_id, s.event_id, u.name;

-- Those who sat for a party that has not approved the minutes.
create view duty_forum_approve as
select p.person_id, m.id::text as subject, m.unit_id, null::timestamptz as due_at, 2 as urgency, jsonb_build_object(
  'unit', u.name, 'kind', m.kind, 'on', (m.sent_at at time zone 'Europe/Oslo')::date) as words
from forums_participant p
join forums_meeting m on m.id = p.meeting_id and m.sent_at is not null and m.approved_at is null
join organisation_unit u on u.id = m.unit_id
where p.side <> '' and p.attended and not exists (
  select 1 from forums_approval a where a.meeting_id = m.id and a.round = m.round and a.side = p.side);

-- From the morning of the day one meets.
create view duty_forum_minutes as
select m.called_by_id as person_id, m.id::text as subject, m.unit_id, null::timestamptz as due_at, 2 as urgency,
  jsonb_build_object('unit', u.name, 'kind', m.kind, 'starts_at', m.starts_at) as words
from forums_meeting m
join organisation_unit u on u.id = m.unit_id
where m.starts_at < app.end_of(app.today()) and m.sent_at is null and m.called_off_at is null;

create view duty_forum_publish as
select m.called_by_id as person_id, m.id::text as subject, m.unit_id, null::timestamptz as due_at, 2 as urgency,
  jsonb_build_object('unit', u.name, 'kind', m.kind, 'on', (m.approved_at at time zone 'Europe/Oslo')::date) as words
from forums_meeting m
join organisation_unit u on u.id = m.unit_id
where m.approved_at is not null and m.published_at is null;

create view duty_forum_task as
select d.owner_id as person_id, d.id::text as subject, m.unit_id, app.end_of(d.due_on) as due_at,
  app.urgency_by(d.due_on) as urgency, jsonb_build_object('unit', u.name, 'kind', m.kind, 'decided', d.words) as words
from forums_decision d
join forums_point p on p.id = d.point_id
join forums_meeting m on m.id = p.meeting_id and m.called_off_at is null
join organisation_unit u on u.id = m.unit_id
where d.becomes = 'task' and d.done_at is null;

-- Each unit with those who sit on its committee (`app.units_of_committee()`).
create view duty_part_committee as
select r.person_id, r.unit_id, u.name
from organisation_roleassignment r
join organisation_unit u on u.id = r.unit_id
where r.role = 'committee_member' and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)
group by r.person_id, r.unit_id, u.name;

-- A committee goes through every quarter (`rules.last_quarter_end`), and reports every year.
create view duty_forum_review as
select c.person_id, c.unit_id::text as subject, c.unit_id, null::timestamptz as due_at, 2 as urgency,
  jsonb_build_object('unit', c.name, 'on', quarter.last_day) as words
from duty_part_committee c
cross join lateral (select (date_trunc('quarter', app.today()) - interval '1 day')::date as last_day) quarter
where not exists (
  select 1 from forums_meeting m
  where m.unit_id = c.unit_id and m.kind = 'committee' and m.called_off_at is null and m.reviewed_until >= quarter.last_day);

create view duty_forum_report as
select c.person_id, c.unit_id::text as subject, c.unit_id, null::timestamptz as due_at, 2 as urgency,
  jsonb_build_object('unit', c.name) as words
from duty_part_committee c
where not exists (
  select 1 from forums_meeting m
  where m.unit_id = c.unit_id and m.kind = 'committee' and m.called_off_at is null and m.report_year is not null
    and coalesce((m.approved_at at time zone 'Europe/Oslo')::date
      > (app.today() - make_interval(months => app.threshold('committee_months')::integer))::date, true));
