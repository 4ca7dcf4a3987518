-- What asks the view of everything that is owed (`everything_owed.py` makes it), and what keeps the ledger.

-- What one person owes. To plan all kinds takes longer than to ask them, so the plan is kept as long as the
-- connection is (hence PL/pgSQL).
create or replace function app.duties_owed_by(asking bigint) returns setof duty_all
language plpgsql stable security definer set search_path = public, pg_temp
set plan_cache_mode = 'force_generic_plan' as $$
begin
  return query select * from duty_all where person_id = asking;
end
$$;

-- What the one who asks owes, with whom they have handed it to; and what they have been handed.
create or replace function app.duties_of_me()
returns table (kind text, subject text, unit_id bigint, due_at timestamptz, urgency smallint, words jsonb,
               handed_to text, handed_by text, handing_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select d.kind, d.subject, d.unit_id, d.due_at, d.urgency, d.words, given.to_names, null, null
  from app.duties_owed_by(app.me()) d
  left join lateral (
    select string_agg(p.name, ', ' order by p.sort_key) as to_names
    from duties_entry e
    join duties_handing h on h.entry_id = e.id and h.taken_back_at is null
    join organisation_person p on p.id = h.to_person_id and coalesce(p.ended_on >= app.today(), true)
    where e.person_id = d.person_id and e.kind = d.kind and e.subject = d.subject and e.ended_at is null
  ) given on true
  union all
  select d.kind, d.subject, d.unit_id, d.due_at, d.urgency, d.words, null, giver.name, h.id
  from (
    select distinct e.person_id
    from duties_handing h join duties_entry e on e.id = h.entry_id and e.ended_at is null
    where h.to_person_id = app.me() and h.taken_back_at is null
  ) givers
  join organisation_person giver on giver.id = givers.person_id
  cross join lateral app.duties_owed_by(givers.person_id) d
  join duties_entry e on e.person_id = d.person_id and e.kind = d.kind and e.subject = d.subject and e.ended_at is null
  join duties_handing h on h.entry_id = e.id and h.to_person_id = app.me() and h.taken_back_at is null
$$;

-- The row in the ledger of something the one who asks owes: made now when the ledger has not been brought up to date
-- since it came; null when they do not owe it.
create or replace function app.entry_of_mine(its_kind text, its_subject text) returns uuid
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  found uuid;
begin
  insert into duties_entry (id, kind, subject, person_id, unit_id, due_at, opened_at, reminded)
  select gen_random_uuid(), d.kind, d.subject, d.person_id, d.unit_id, d.due_at, clock_timestamp(), 0
  from app.duties_owed_by(app.me()) d where d.kind = its_kind and d.subject = its_subject
  on conflict do nothing;
  -- Held until what it is asked for is written: a run of the ledger may be about to end it.
  select e.id into found from duties_entry e
  where e.person_id = app.me() and e.kind = its_kind and e.subject = its_subject and e.ended_at is null
  for update;
  return found;
end
$$;

-- Whether somebody has a role in the unit or above it today; and whether they lead there. Without a unit: anywhere.
create or replace function app.has_role_at(person bigint, unit bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select 1
    from organisation_roleassignment r
    where r.person_id = person and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)
      and exists (
        select 1 from organisation_unitclosure c where c.ancestor_id = r.unit_id and c.descendant_id = unit))
$$;
create or replace function app.leads_above(person bigint, unit bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select 1
    from organisation_roleassignment r
    where r.person_id = person and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)
      and r.role in ('leader', 'office_leader', 'county_director', 'municipal_director', 'directorate')
      and (unit is null or exists (
        select 1 from organisation_unitclosure c where c.ancestor_id = r.unit_id and c.descendant_id = unit)))
$$;

-- Whether somebody works in the unit or below it today.
create or replace function app.works_in(person bigint, unit bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select 1
    from organisation_placement p
    join organisation_workforce w on w.id = p.workforce_id
    join organisation_unitclosure c on c.descendant_id = w.unit_id and c.ancestor_id = unit
    where p.person_id = person and p.starts_on <= app.today() and coalesce(p.ends_on >= app.today(), true))
$$;

-- Brings the ledger up to date: ends what is no longer owed, begins what is, and moves deadlines. Twice in a row it does
-- nothing the second time. Returns who has taken over how much. What somebody who has left owes is handed to
-- those who lead the unit, of the kinds that can be.
create or replace function app.keep_ledger(moment timestamptz, handed text[])
returns table (person_id integer, number integer)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  -- One at a time: two would each begin the same things.
  perform pg_advisory_xact_lock(hashtext('app.keep_ledger'));
  with old as (select id from duties_entry where ended_at < moment - interval '2 years'),
    handed as (delete from duties_handing where entry_id in (select id from old)),
    escalated as (delete from duties_escalation where entry_id in (select id from old))
  delete from duties_entry where id in (select id from old);
  -- A lent role ends with the role it was lent from, and with the work in the unit of the one who has it.
  update organisation_roleassignment lent set ends_on = app.today() - 1
  where lent.stands_in_for_id is not null and lent.ends_on >= app.today() and (
    not exists (
      select 1
      from organisation_roleassignment own
      join organisation_person p on p.id = own.person_id and coalesce(p.ended_on >= app.today(), true)
      where own.person_id = lent.stands_in_for_id and own.stands_in_for_id is null and own.role = lent.role
        and own.unit_id = lent.unit_id and own.employer_id is not distinct from lent.employer_id
        and own.starts_on <= greatest(lent.starts_on, app.today())
        and coalesce(own.ends_on >= greatest(lent.starts_on, app.today()), true))
    or not app.works_in(lent.person_id, lent.unit_id)
    or exists (select 1 from organisation_person p where p.id = lent.person_id and p.ended_on < app.today()));
  -- Who leads there no more is not to see who is late.
  delete from duties_escalation s using duties_entry e
  where s.entry_id = e.id and not app.leads_above(s.to_person_id, e.unit_id);
  return query
  -- A version that does not know a kind has no view of it: what is owed of it is left as it is until one that does is back.
  -- So a kind that is taken away for good needs a migration that ends its rows.
  with owed as materialized (
    select d.kind, d.subject, d.person_id, d.unit_id, d.due_at from duty_all d where d.person_id is not null
  ), ended as (
    update duties_entry e set ended_at = moment
    where e.ended_at is null and e.kind = any (app.duty_kinds()) and not exists (
      select 1 from owed o where o.person_id = e.person_id and o.kind = e.kind and o.subject = e.subject)
    returning e.kind, e.subject, e.person_id, e.unit_id
  ), moved as (
    update duties_entry e
    set due_at = o.due_at, unit_id = o.unit_id,
        reminded = case when o.due_at > e.due_at or o.due_at is null then 0 else e.reminded end
    from owed o
    where e.ended_at is null and o.person_id = e.person_id and o.kind = e.kind and o.subject = e.subject
      and (o.due_at is distinct from e.due_at or o.unit_id is distinct from e.unit_id)
    returning e.id, e.due_at
  ), in_time_again as (
    delete from duties_escalation s using moved m where s.entry_id = m.id and coalesce(m.due_at > moment, true)
  ), begun as (
    insert into duties_entry (id, kind, subject, person_id, unit_id, due_at, opened_at, came_from_id, reminded)
    select gen_random_uuid(), o.kind, o.subject, o.person_id, o.unit_id, o.due_at, moment,
      -- Much has the same subject for many people: only who has a role now that another had, takes over.
      (select min(x.person_id) from ended x
       where x.kind = o.kind and x.subject = o.subject and x.unit_id = o.unit_id
         and app.has_role_at(o.person_id, o.unit_id) and not app.has_role_at(x.person_id, x.unit_id)), 0
    from owed o
    -- What has begun already is found by the index. To leave it out here made the first run read what it wrote.
    on conflict do nothing
    returning duties_entry.person_id, duties_entry.came_from_id
  )
  select b.person_id::integer, count(*)::integer from begun b where b.came_from_id is not null group by b.person_id;
  return query
  with left_behind as (
    insert into duties_handing (id, entry_id, to_person_id, at)
    select gen_random_uuid(), e.id, d.person_id, moment
    from duties_entry e
    join organisation_person p on p.id = e.person_id and p.ended_on < app.today()
    join duty_part_decided d on d.unit_id = e.unit_id and d.person_id <> e.person_id
    where e.ended_at is null and e.kind = any (handed)
      and not exists (select 1 from duties_handing h where h.entry_id = e.id and h.to_person_id = d.person_id)
    on conflict do nothing
    returning to_person_id
  )
  select l.to_person_id::integer, count(*)::integer from left_behind l group by l.to_person_id;
end
$$;

-- Takes back what was handed to somebody who can no longer do it: they work there no more, or lead there no more where only
-- a leader can. Returns who has how much of their own again, so that they can do it or ask another.
create or replace function app.return_handings(moment timestamptz, to_leaders text[])
returns table (person_id integer, number integer)
language sql volatile security definer set search_path = public, pg_temp as $$
  with returned as (
    update duties_handing h set taken_back_at = moment
    from duties_entry e
    where e.id = h.entry_id and e.ended_at is null and e.unit_id is not null and h.taken_back_at is null and not exists (
      select 1 from organisation_person receiver
      where receiver.id = h.to_person_id and coalesce(receiver.ended_on >= app.today(), true)
        and case
          when h.by_id is null or e.kind = any (to_leaders) then app.leads_above(receiver.id, e.unit_id)
          else app.works_in(receiver.id, e.unit_id) end)
    returning e.person_id
  )
  select r.person_id::integer, count(*)::integer
  from returned r
  join organisation_person p on p.id = r.person_id and coalesce(p.ended_on >= app.today(), true)
  group by r.person_id
$$;

-- Notes whom to remind of deadlines that are near, are today or have passed, and returns how many of each they have.
-- Nobody is reminded twice of the same. Midnight belongs to the day before: what is due on a day is due by its end.
create or replace function app.remind_of_duties(moment timestamptz)
returns table (person_id integer, soon integer, today integer, late integer)
language sql volatile security definer set search_path = public, pg_temp as $$
  with stage as (
    select e.id, case
      when e.due_at <= moment then 3
      when ((e.due_at - interval '1 second') at time zone 'Europe/Oslo')::date = (moment at time zone 'Europe/Oslo')::date then 2
      else 1 end as reached
    from duties_entry e
    where e.ended_at is null and e.kind = any (app.duty_kinds())
      and e.due_at <= moment + make_interval(days => app.threshold('duty_soon_days')::integer)
  ), reminded as (
    update duties_entry e set reminded = s.reached
    from stage s where s.id = e.id and e.reminded < s.reached
    returning e.id, e.person_id, e.reminded
  ), told as (
    -- Whoever has been handed a thing is reminded with the one who owes it.
    select r.person_id, r.reminded from reminded r
    union all
    select h.to_person_id, r.reminded from reminded r join duties_handing h on h.entry_id = r.id and h.taken_back_at is null
  )
  select t.person_id::integer, count(*) filter (where t.reminded = 1)::integer,
    count(*) filter (where t.reminded = 2)::integer, count(*) filter (where t.reminded = 3)::integer
  from told t
  join organisation_person p on p.id = t.person_id and coalesce(p.ended_on >= app.today(), true)
  group by t.person_id
$$;

-- Takes what is late further: to the nearest leader above on the line of the one who owes it, and to the next one above
-- each time as many days have passed again. Returns who is told of how much that is new.
create or replace function app.escalate_duties(moment timestamptz, escalating text[])
returns table (person_id integer, number integer)
language sql volatile security definer set search_path = public, pg_temp as $$
  with late as (
    select e.id, e.person_id, coalesce(e.unit_id, place.unit_id) as unit_id, place.employer_id
    from duties_entry e
    left join lateral (
      select w.unit_id, w.employer_id
      from organisation_placement pl join organisation_workforce w on w.id = pl.workforce_id
      where pl.person_id = e.person_id and pl.starts_on <= app.today() and coalesce(pl.ends_on >= app.today(), true)
      order by (w.unit_id = e.unit_id) is true desc, pl.is_primary desc, pl.id
      limit 1
    ) place on true
    where e.ended_at is null and e.kind = any (escalating) and e.due_at is not null
      and greatest(e.due_at, e.opened_at, (select max(s.at) from duties_escalation s where s.entry_id = e.id))
        + make_interval(days => app.threshold('duty_escalate_days')::integer) <= moment
  ), told as (
    insert into duties_escalation (entry_id, to_person_id, at)
    select late.id, above.person_id, moment
    from late
    cross join lateral (
      select r.person_id
      from organisation_unitclosure c
      join organisation_roleassignment r on r.unit_id = c.ancestor_id
        and r.role in ('leader', 'office_leader', 'county_director', 'municipal_director', 'directorate')
        and (r.employer_id is null or late.employer_id is null or r.employer_id = late.employer_id)
        and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)
      join organisation_person p on p.id = r.person_id and coalesce(p.ended_on >= app.today(), true)
      where c.descendant_id = late.unit_id and r.person_id <> late.person_id
        and not exists (select 1 from duties_escalation s where s.entry_id = late.id and s.to_person_id = r.person_id)
      order by c.depth
      fetch first 1 row with ties
    ) above
    on conflict do nothing
    returning to_person_id
  )
  select t.to_person_id::integer, count(*)::integer from told t group by t.to_person_id
$$;

revoke execute on function app.duties_owed_by(bigint), app.duties_of_me(), app.entry_of_mine(text, text),
  app.has_role_at(bigint, bigint), app.leads_above(bigint, bigint), app.works_in(bigint, bigint), app.keep_ledger(timestamptz, text[]),
  app.return_handings(timestamptz, text[]), app.remind_of_duties(timestamptz), app.escalate_duties(timestamptz, text[]) from public;
grant execute on function app.duties_of_me(), app.entry_of_mine(text, text)
  to tryggmote_app, tryggmote_wide, tryggmote_all;
grant execute on function app.keep_ledger(timestamptz, text[]), app.return_handings(timestamptz, text[]),
  app.remind_of_duties(timestamptz), app.escalate_duties(timestamptz, text[]) to tryggmote_job;
