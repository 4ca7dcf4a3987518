-- What forums ask of a person on "Now" (1.3, AML § 7-2), in one round trip: which, about what, in which unit, since or until
-- when. It says of others' meetings only that one owes something to them.
create or replace function app.forum_duties()
returns table (what text, subject uuid, unit_id bigint, unit text, on_day date, kind text, words text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  led constant integer[] := app.units_led();
  committees constant integer[] := app.units_of_committee();
  quarter_end constant date := (date_trunc('quarter', app.today()) - interval '1 day')::date;
begin
  return query
  select owed.what, owed.subject, owed.unit_id, owed.unit::text, owed.on_day, owed.kind::text, owed.words::text
  from (
  -- The owners of an office are to meet about it every year: its leader sees to it, from two months before.
  select 'yearly' as what, null::uuid as subject, u.id as unit_id, u.name as unit, last.until as on_day,
    'partnership' as kind, '' as words
  from organisation_unit u
  cross join lateral (
    select (max(m.starts_at at time zone 'Europe/Oslo')
      + make_interval(months => app.threshold('partnership_months')::integer))::date as until
    from forums_meeting m where m.unit_id = u.id and m.kind = 'partnership' and m.approved_at is not null
  ) last
  where u.id = any (led) and u.kind = 'office' and u.ended_on is null and u.merged_into_id is null
    and coalesce(last.until <= app.today() + 60, true)
    and not exists (select 1 from forums_meeting m where m.unit_id = u.id and m.kind = 'partnership'
                    and m.approved_at is null and m.called_off_at is null)
  union all
  -- Each owner is asked about each serious incident.
  select 'case', c.event_id, u.id, u.name, c.month, 'partnership', c.level::text
  from app.partnership_cases() c join organisation_unit u on u.id = c.office_id
  where not c.is_treated
    and ((c.state_treats is null and app.may_sit(app.me(), u.id, 'partnership', 'state'))
      or (c.municipal_treats is null and app.may_sit(app.me(), u.id, 'partnership', 'municipal')))
  union all
  select 'approve', m.id, u.id, u.name, (m.sent_at at time zone 'Europe/Oslo')::date, m.kind, ''
  from forums_participant p join forums_meeting m on m.id = p.meeting_id join organisation_unit u on u.id = m.unit_id
  where p.person_id = app.me() and p.side <> '' and p.attended and m.sent_at is not null and m.approved_at is null
    and not exists (select 1 from forums_approval a where a.meeting_id = m.id and a.round = m.round and a.side = p.side)
  union all
  select 'minutes', m.id, u.id, u.name, (m.starts_at at time zone 'Europe/Oslo')::date, m.kind, ''
  from forums_meeting m join organisation_unit u on u.id = m.unit_id
  where m.called_by_id = app.me() and m.starts_at < now() and m.sent_at is null and m.called_off_at is null
  union all
  select 'publish', m.id, u.id, u.name, (m.approved_at at time zone 'Europe/Oslo')::date, m.kind, ''
  from forums_meeting m join organisation_unit u on u.id = m.unit_id
  where m.called_by_id = app.me() and m.approved_at is not null and m.published_at is null
  union all
  select 'task', d.id, u.id, u.name, d.due_on, m.kind, d.words
  from forums_decision d join forums_point p on p.id = d.point_id join forums_meeting m on m.id = p.meeting_id
  join organisation_unit u on u.id = m.unit_id
  where d.owner_id = app.me() and d.becomes = 'task' and d.done_at is null and m.called_off_at is null
  union all
  -- A committee goes through every quarter, and reports every year.
  select 'review', null, u.id, u.name, quarter_end, 'committee', ''
  from organisation_unit u
  where u.id = any (committees) and not exists (
    select 1 from forums_meeting m where m.unit_id = u.id and m.kind = 'committee' and m.called_off_at is null
      and m.reviewed_until >= quarter_end)
  union all
  select 'report', null, u.id, u.name, (date_trunc('year', app.today()) - interval '1 day')::date, 'committee', ''
  from organisation_unit u
  where u.id = any (committees) and not exists (
    select 1 from forums_meeting m where m.unit_id = u.id and m.kind = 'committee' and m.called_off_at is null
      and m.report_year is not null and coalesce(m.approved_at, now())
        > now() - make_interval(months => app.threshold('committee_months')::integer))
  ) owed
  limit 100;
end
$$;
revoke execute on function app.forum_duties() from public;
grant execute on function app.forum_duties() to tryggmote_app, tryggmote_wide, tryggmote_all;
