-- What forums are told of incidents: counted, without text, name or day (requirement 1.3, AML § 7-2, ADR 0048).

-- The employer whose people a committee stands for: a municipality's its own, a county's and the directorate's the state.
-- Null further down, where a committee stands for everybody.
create or replace function app.employer_of_committee(unit bigint) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
  select case u.kind when 'municipality' then u.id
    when 'county' then (select d.id from organisation_unitclosure c join organisation_unit d on d.id = c.ancestor_id
                        where c.descendant_id = u.id and d.kind = 'directorate' limit 1)
    when 'directorate' then u.id end
  from organisation_unit u where u.id = unit
$$;

-- The period a meeting looks at: a committee what came since it last went through it, up to the quarter it reviews; the
-- others the twelve months before the meeting.
create or replace function app.period_of_forum(meeting uuid) returns table (since timestamptz, until timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select case when m.reviewed_until is null then least(m.starts_at, now()) - interval '12 months'
      else coalesce((select max(earlier.reviewed_until) from forums_meeting earlier
                     where earlier.unit_id = m.unit_id and earlier.kind = 'committee' and earlier.id <> m.id
                       and earlier.approved_at is not null and earlier.reviewed_until < m.reviewed_until),
                    (m.reviewed_until - interval '12 months')::date)
           + interval '1 day' end,
    case when m.reviewed_until is null then least(m.starts_at, now()) else m.reviewed_until + interval '1 day' end
  from forums_meeting m where m.id = meeting
$$;

-- The events of the period in the meeting's unit and below it, each once. For the functions below only.
create or replace function app.forum_events(meeting uuid)
returns table (event_id uuid, concerned_id bigint, level smallint, natures text[], form text, month date, is_handled boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct on (event.id) event.id, i.concerned_id, i.assessed_level, i.natures, i.form,
    date_trunc('month', i.happened_at at time zone 'Europe/Oslo')::date,
    i.answered_at is not null and i.assessed_level is not null
  from forums_meeting m
  cross join lateral app.period_of_forum(m.id) period
  join organisation_unitclosure below on below.ancestor_id = m.unit_id
  join organisation_workforce w on w.unit_id = below.descendant_id
    and (m.kind <> 'committee' or app.employer_of_committee(m.unit_id) is null
         or w.employer_id = app.employer_of_committee(m.unit_id))
  join incidents_incident i on i.workforce_id = w.id and i.created_at >= period.since and i.created_at < period.until
  left join incidents_laterreport later on later.incident_id = i.id
  left join incidents_sameevent same on same.incident_id = coalesce(later.earlier_id, i.id) and same.undone_at is null
  cross join lateral (select coalesce(same.event_id, later.earlier_id, i.id) as id) event
  where m.id = meeting
  order by event.id, i.created_at
$$;

-- How many, by kind, form and level. Where fewer than five people are behind them the leader with the safety
-- representatives, who know of them anyway, are told how many and of which kinds, each for itself; other forums that there
-- are fewer than five (n is null).
create or replace function app.forum_incidents(meeting uuid) returns table (what text, code text, n integer)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not app.at_forum(meeting) then
    return;
  end if;
  return query
  with event as materialized (select * from app.forum_events(meeting)),
  known as (
    select count(distinct e.concerned_id) >= 5 as many,
      (select m.kind = 'safety' from forums_meeting m where m.id = meeting) as is_own
    from event e
  ), said as (
    select 'all' as what, '' as code, e.event_id, true as few from event e
    union all select 'natures', nature, e.event_id, true from event e, unnest(e.natures) nature
    union all select 'forms', e.form, e.event_id, false from event e
    union all select 'levels', coalesce(e.level::text, '-'), e.event_id, false from event e
    union all select 'waiting', '', e.event_id, false from event e where not e.is_handled
  )
  select s.what, s.code, case when known.many or (known.is_own and s.few) then count(distinct s.event_id)::integer end
  from said s cross join known
  where s.what = 'all' or known.many or (known.is_own and s.few)
  group by s.what, s.code, s.few, known.many, known.is_own;
end
$$;

-- One line for each, by month; none where fewer than five people are behind them.
create or replace function app.forum_incident_lines(meeting uuid)
returns table (month date, natures text[], form text, level smallint, is_handled boolean)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not app.at_forum(meeting) then
    return;
  end if;
  return query
  with event as materialized (select * from app.forum_events(meeting))
  select e.month, e.natures, e.form, e.level, e.is_handled from event e
  where (select count(distinct x.concerned_id) from event x) >= 5
  order by e.month, e.form, e.level nulls first, e.natures;
end
$$;

-- Serious incidents that the owners of an office are asked about, for them and for its leader: which, how serious, in which
-- month, and what each owner has said; nothing of what happened.
create or replace function app.partnership_cases()
returns table (office_id bigint, event_id uuid, level smallint, month date, state_treats boolean,
  municipal_treats boolean, meeting_id uuid, is_treated boolean)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  select s.office_id, s.event_id, s.level, s.month, s.state_treats, s.municipal_treats, s.meeting_id, s.is_treated
  from evidence_part_partnership s
  where s.unit_id = s.office_id and (s.office_id = any (app.units_led()) or s.office_id = any (app.units_owned()));
end
$$;
-- The same, as ids: for policies, asked once a query.
create or replace function app.cases_asked(office bigint default null) returns uuid[]
language sql stable as $$
  select coalesce(array_agg(c.event_id), '{}') from app.partnership_cases() c where office is null or c.office_id = office
$$;
revoke execute on function app.employer_of_committee(bigint), app.period_of_forum(uuid), app.forum_events(uuid),
  app.forum_incidents(uuid), app.forum_incident_lines(uuid), app.partnership_cases() from public;
grant execute on function app.forum_incidents(uuid), app.forum_incident_lines(uuid), app.partnership_cases()
  to tryggmote_app, tryggmote_wide, tryggmote_all;

create policy of_case on forums_caseanswer for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (incident_id = any ((select app.cases_asked())::uuid[]));
-- An owner answers for their own side.
create policy answer on forums_caseanswer for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and exists (
    select 1 from app.partnership_cases() c
    where c.event_id = incident_id and app.may_sit((select app.me()), c.office_id, 'partnership', side)));
create or replace trigger happens_now before insert on forums_caseanswer
  for each row when (current_user <> 'tryggmote_owner') execute function app.happens_now();
create policy take_up on forums_case for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (app.writes_forum(meeting_id) and exists (
    select 1 from forums_meeting m
    where m.id = meeting_id and m.kind = 'partnership' and incident_id = any (app.cases_asked(m.unit_id))));
