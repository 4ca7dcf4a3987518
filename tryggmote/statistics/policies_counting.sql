-- Counting. What there is to count, as one list: a line for each case and each person behind it. `n` is 0 for a line
-- that only adds a person. Rows that their owners may read in full in different ways carry the key that says so:
-- the safety area only where its representative reads the rows, the employees only where their leader does.

-- Reports: several of one event, and what was told of it later, are one, counted on the day of the first report where
-- that was made. A mere worry is no incident.
create or replace function app.counted_reports(since date)
returns table (on_day date, unit_id bigint, workforce_id bigint, safety_area_id bigint, measure text, code text,
               n integer, person_id bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  with report as (
    select i.id, i.concerned_id, coalesce(same.event_id, later.earlier_id, i.id) as first_id
    from incidents_incident i
    left join incidents_laterreport later on later.incident_id = i.id
    left join incidents_sameevent same
      on same.incident_id = coalesce(later.earlier_id, i.id) and same.undone_at is null
  ), event as (
    select report.id = f.id as is_first, report.concerned_id, f.workforce_id, f.safety_area_id, w.unit_id, f.form,
      (f.created_at at time zone 'Europe/Oslo')::date as on_day, f.happened_at at time zone 'Europe/Oslo' as happened,
      coalesce(said.natures, f.natures) as natures, coalesce(said.triggers, '{}') as triggers
    from report
    join incidents_incident f on f.id = report.first_id
    join organisation_workforce w on w.id = f.workforce_id
    left join lateral (
      select c.natures::text[], c.triggers::text[] from incidents_classification c
      where c.incident_id = f.id order by c.at desc, c.id desc limit 1) said on true
    where f.created_at >= since::timestamp at time zone 'Europe/Oslo'
  ), line as (
    select event.*, array['worry']::text[] @> event.natures::text[] as is_worry from event
  )
  select on_day, unit_id, workforce_id, safety_area_id, kind.measure, kind.code, is_first::integer, concerned_id
  from line cross join lateral (
    select case when is_worry then 'worries' else 'incidents' end as measure, '' as code
    union all select 'natures', nature from unnest(natures) nature where not is_worry and nature <> 'worry'
    union all select 'forms', form where not is_worry
    union all select 'hours', extract(isodow from happened) || '-' || extract(hour from happened)::integer
      where not is_worry
    union all select 'triggers', form || '/' || trigger
      from unnest(case when triggers = '{}' then array['unknown'] else triggers end) trigger where not is_worry
  ) kind
$$;

-- Checks, stopped meetings, planned meetings that have been, calls for help that were no drill, test or mistake, what
-- people have learnt, and measures that came into place. Checks older than 30 days are known as counts alone.
create or replace function app.counted_work(since date)
returns table (on_day date, unit_id bigint, workforce_id bigint, safety_area_id bigint, measure text, code text,
               n integer, person_id bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select (k.created_at at time zone 'Europe/Oslo')::date, w.unit_id, k.workforce_id,
    case when k.level = 3 then k.safety_area_id end, case when k.level = 3 then 'checks_high' else 'checks_other' end, '',
    1, k.employee_id
  from encounters_check k join organisation_workforce w on w.id = k.workforce_id
  where k.created_at >= since::timestamp at time zone 'Europe/Oslo'
  union all
  select k.day, w.unit_id, k.workforce_id, null, case when k.level = 3 then 'checks_high' else 'checks_other' end, '',
    k.n, null
  from encounters_checkcount k join organisation_workforce w on w.id = k.workforce_id where k.day >= since
  union all
  select (r.created_at at time zone 'Europe/Oslo')::date, w.unit_id, r.workforce_id, r.safety_area_id, 'stops', '',
    1, r.reporter_id
  from encounters_riskreport r join organisation_workforce w on w.id = r.workforce_id
  where r.stopped_work and r.created_at >= since::timestamp at time zone 'Europe/Oslo'
  union all
  select (m.starts_at at time zone 'Europe/Oslo')::date, w.unit_id, m.workforce_id, null, 'meetings', '', 1, m.owner_id
  from encounters_meeting m join organisation_workforce w on w.id = m.workforce_id
  where m.starts_at >= since::timestamp at time zone 'Europe/Oslo' and m.starts_at < now()
  union all
  select (call.raised_at at time zone 'Europe/Oslo')::date, call.unit_id, null, null, kind.measure, kind.code,
    1, call.caller_id
  from assistance_call call cross join lateral (
    select 'calls' as measure, '' as code
    union all
    -- The upper limit of the class in seconds; "" for what nobody answered.
    select 'answers', coalesce((
      select min(upper)::text from unnest(array[15, 30, 60, 120, 180, 300, 600, 1800, 86400]) upper
      where call.acknowledged_at - call.raised_at <= upper * interval '1 second'), '')
  ) kind
  where call.purpose = 'real' and call.outcome <> 'mistake'
    and call.raised_at >= since::timestamp at time zone 'Europe/Oslo'
  union all
  select c.done_on, w.unit_id, place.workforce_id, null, 'training', '', 1, c.person_id
  from training_completion c
  join lateral (
    select p.workforce_id from organisation_placement p
    where p.person_id = c.person_id and p.starts_on <= c.done_on and coalesce(p.ends_on >= c.done_on, true)
    order by p.is_primary desc, p.id limit 1) place on true
  join organisation_workforce w on w.id = place.workforce_id
  where c.withdrawn_at is null and c.done_on >= since
  union all
  select (m.established_at at time zone 'Europe/Oslo')::date, m.unit_id, null, null,
    case when (m.established_at at time zone 'Europe/Oslo')::date > m.due_on then 'measures_late' else 'measures_on_time' end,
    '', 1, null
  from controls_measure m
  where m.established_at >= since::timestamp at time zone 'Europe/Oslo' and m.cancelled_at is null
  union all
  select (m.evaluated_at at time zone 'Europe/Oslo')::date, m.unit_id, null, null, 'measures_evaluated', '', 1, null
  from controls_measure m
  where m.evaluated_at >= since::timestamp at time zone 'Europe/Oslo' and m.cancelled_at is null
$$;

-- How many of the employees of one employer in one unit worked elsewhere too, or for another safety area, in a span.
create or replace function app.moved_people(since date)
returns table (span text, starts_on date, workforce_id bigint, n bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  with part as (
    select 'month' as span, first::date as starts_on, (first + interval '1 month - 1 day')::date as last_on
    from generate_series(since, app.today(), interval '1 month') first
    union all
    select 'half', first::date, (first + interval '6 months - 1 day')::date
    from generate_series(since, app.today(), interval '6 months') first
  )
  select part.span, part.starts_on, p.workforce_id, count(distinct p.person_id)
  from part
  join organisation_placement p on p.starts_on <= part.last_on and coalesce(p.ends_on >= part.starts_on, true)
  join organisation_placement other on other.person_id = p.person_id
    and other.starts_on <= part.last_on and coalesce(other.ends_on >= part.starts_on, true)
    and (other.workforce_id, other.safety_area_id) is distinct from (p.workforce_id, p.safety_area_id)
  group by 1, 2, 3
$$;

-- Counts every day from `since` anew, and the months and half-years those days are in. The same twice changes nothing.
-- A day before `since` stands, and the sums of a span come from its days: what they counted may be deleted by now.
-- Somebody is behind a number once, also who moved: at the place of the last case, so that sums over places count nobody
-- twice (ADR 0063). Where some of it is deleted by now the people of the fullest day count, without those who moved; somebody
-- is behind what is known as a count alone.
create or replace function app.count_figures(since date) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  half date := make_date(extract(year from since)::integer, case when extract(month from since) < 7 then 1 else 7 end, 1);
begin
  create temporary table counted on commit drop as
    select * from app.counted_reports(half) union all select * from app.counted_work(half);
  delete from statistics_count
  where (span = 'day' and starts_on >= since and measure <> 'employees')
     or (span = 'month' and starts_on >= date_trunc('month', since)::date) or (span = 'half' and starts_on >= half);
  insert into statistics_count (span, starts_on, unit_id, workforce_id, safety_area_id, measure, code, n, people)
  select 'day', c.on_day, c.unit_id, c.workforce_id, c.safety_area_id, c.measure, c.code,
    sum(c.n), greatest(count(distinct c.person_id), 1)
  from counted c where c.on_day >= since and c.on_day <= app.today()
  group by 1, 2, 3, 4, 5, 6, 7;
  insert into statistics_count (span, starts_on, unit_id, workforce_id, safety_area_id, measure, code, n, people)
  select d.span, d.starts_on, d.unit_id, d.workforce_id, d.safety_area_id, d.measure, d.code, d.n,
    case when p.n >= d.n then p.people
      else greatest(coalesce(p.people, 0), d.people - coalesce(moved.n, 0)) end
  from (
    select s.span, s.starts_on, k.unit_id, k.workforce_id, k.safety_area_id, k.measure, k.code,
      sum(k.n) as n, max(k.people) as people
    from statistics_count k cross join lateral app.spans_of(k.starts_on) s
    where k.span = 'day' and k.starts_on >= half
      and s.starts_on >= case s.span when 'month' then date_trunc('month', since)::date else half end
    group by 1, 2, 3, 4, 5, 6, 7
  ) d left join (
    select span, starts_on, unit_id, workforce_id, safety_area_id, measure, code,
      count(person_id) filter (where nth = 1) as people, sum(n) filter (where person_id is not null) as n
    from (
      select s.span, s.starts_on, c.unit_id, c.workforce_id, c.safety_area_id, c.measure, c.code, c.person_id,
        sum(c.n) as n, row_number() over (partition by s.span, s.starts_on, c.measure, c.code, c.person_id
          order by max(c.on_day) desc, c.unit_id, c.workforce_id, c.safety_area_id) as nth
      from counted c cross join lateral app.spans_of(c.on_day) s
      group by 1, 2, 3, 4, 5, 6, 7, 8
    ) place
    group by 1, 2, 3, 4, 5, 6, 7
  ) p on p.span = d.span and p.starts_on = d.starts_on and p.unit_id = d.unit_id
    and p.workforce_id is not distinct from d.workforce_id and p.safety_area_id is not distinct from d.safety_area_id
    and p.measure = d.measure and p.code = d.code
  left join app.moved_people(half) moved
    on moved.span = d.span and moved.starts_on = d.starts_on and moved.workforce_id = d.workforce_id;
  -- How many met clients: on the last day of the month, or today, each where they mainly work.
  insert into statistics_count (span, starts_on, unit_id, workforce_id, safety_area_id, measure, code, n, people)
  select 'month', place.month, w.unit_id, place.workforce_id, null, 'employees', '', count(*), count(*)
  from (
    select distinct on (month, pl.person_id) month::date, pl.workforce_id
    from generate_series(date_trunc('month', since), date_trunc('month', app.today()), interval '1 month') month
    join organisation_placement pl on pl.meets_clients
      and pl.starts_on <= least(month + interval '1 month - 1 day', app.today())
      and coalesce(pl.ends_on >= least(month + interval '1 month - 1 day', app.today()), true)
    order by month, pl.person_id, pl.is_primary desc, pl.id
  ) place
  join organisation_workforce w on w.id = place.workforce_id
  group by 1, 2, 3, 4;
  -- How measures stood: on the last day of the half-year, or today.
  insert into statistics_count (span, starts_on, unit_id, workforce_id, safety_area_id, measure, code, n, people)
  select 'half', h.starts_on, m.unit_id, null::bigint, null::bigint, stood.measure, '', count(*), 0
  from (
    select first::date as starts_on, least((first + interval '6 months - 1 day')::date, app.today()) as last_on
    from generate_series(half, app.today(), interval '6 months') first
  ) h
  join controls_measure m on (m.created_at at time zone 'Europe/Oslo')::date <= h.last_on
    and coalesce((m.established_at at time zone 'Europe/Oslo')::date > h.last_on, true)
    and coalesce((m.cancelled_at at time zone 'Europe/Oslo')::date > h.last_on, true)
  cross join lateral (
    select 'measures_open' as measure union all select 'measures_overdue' where m.due_on < h.last_on) stood
  group by 1, 2, 3, 4, 5, 6;
  drop table counted;
end
$$;
-- The month and the half-year a day is in.
create or replace function app.spans_of(on_day date) returns table (span text, starts_on date)
language sql immutable as $$
  select 'month', date_trunc('month', on_day)::date
  union all
  select 'half', make_date(extract(year from on_day)::integer, case when extract(month from on_day) < 7 then 1 else 7 end, 1)
$$;
-- The first day of the last half-year that is over and settled, two weeks after its end.
create or replace function app.settled_half() returns date
language sql stable as $$
  select s.starts_on from app.spans_of((app.today() - interval '6 months 14 days')::date) s where s.span = 'half'
$$;
-- The day from which counting begins anew when nobody says which: long ago the first time, later those that may change.
create or replace function app.uncounted_since(settled_after integer) returns date
language sql stable security definer set search_path = public, pg_temp as $$
  select case when exists (select 1 from statistics_count where span = 'day')
    then app.today() - settled_after
    else make_date(extract(year from app.today())::integer - 3, 1, 1) end
$$;
revoke execute on function app.counted_reports(date), app.counted_work(date), app.count_figures(date), app.moved_people(date),
  app.uncounted_since(integer), app.spans_of(date), app.settled_half() from public;
grant execute on function app.count_figures(date), app.uncounted_since(integer) to tryggmote_job;
