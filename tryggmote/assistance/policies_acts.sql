-- The acts of a call for help, each one function and one short transaction. Both programs call the same ones: pages and
-- alarm program may each be away. A call is a state machine in a row: acts lock the row, so two at once follow each other.
--
-- The acts run with the owner's rights, ask `app.me()` who acts, and raise when that person may not:
-- 42501 not allowed, P0002 no such call. What they were given has been read by `requests.py`.

-- Steps are numbered in the order in which they are committed: the lock is held until then, so a reader that has seen
-- number 7 has seen all before it. A sequence alone does not promise that: a higher number may be committed first.
create or replace function app.number_event() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- Whoever hangs while holding the lock is cut off: others must be able to call.
  perform set_config('idle_in_transaction_session_timeout', '10s', true);
  perform pg_advisory_xact_lock(3203);  -- 3.2 and 3.3; any number nobody else uses
  new.number := nextval('assistance_callevent_number');
  perform pg_notify('call', new.number::text);
  return new;
end
$$;
revoke execute on function app.number_event() from public;
create or replace trigger number_event before insert on assistance_callevent
  for each row execute function app.number_event();

-- Everything a screen shows of a call, whoever looks at it.
create or replace function app.state_of_call(call uuid) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
  select jsonb_build_object(
    'id', c.id, 'number', (select max(e.number) from assistance_callevent e where e.call_id = c.id),
    'purpose', c.purpose, 'kind', c.kind, 'silent', c.is_silent, 'form', c.form, 'place', c.place, 'device', c.device,
    'unit', u.name, 'caller', jsonb_build_object('id', p.id, 'name', p.name),
    'age_s', floor(extract(epoch from clock_timestamp() - c.raised_at)), 'raised_at', c.raised_at,
    'ring', c.ring, 'acknowledged', c.acknowledged_at is not null, 'ended_at', c.ended_at, 'outcome', c.outcome,
    'told', told.n, 'reached', told.reached, 'pushed', told.pushed, 'cannot', told.cannot, 'coming', told.coming)
  from assistance_call c
  join organisation_unit u on u.id = c.unit_id
  join organisation_person p on p.id = c.caller_id
  cross join lateral (
    select count(*) as n, count(r.reached_at) as reached, count(r.pushed_at) as pushed,
      coalesce(jsonb_agg(r.person_id) filter (where r.answer = 'cannot'), '[]') as cannot,
      coalesce(jsonb_agg(jsonb_build_object('id', who.id, 'name', who.name) order by r.answered_at)
        filter (where r.answer = 'coming'), '[]') as coming
    from assistance_recipient r left join organisation_person who on who.id = r.person_id and r.answer = 'coming'
    where r.call_id = c.id) told
  where c.id = call
$$;

-- The worker pushes to phones (`jobs.push`): to those it has not been pushed to, and `again`, to all who have not
-- answered. In the transaction of the step: no call without it, and it without no call.
create or replace function app.push_call(call uuid, again boolean) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  select procrastinate_defer_jobs_v1(array[row(
    'default', 'assistance.push', 100, null, null, jsonb_build_object('call', call, 'again', again), null
  )::procrastinate_job_to_defer_v1])
$$;

-- Tells a ring of it: those who have not been told before. Returns how many they are.
create or replace function app.tell_ring(c assistance_call, wanted integer) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare more integer;
begin
  insert into assistance_recipient (call_id, person_id, ring, told_at, answer)
  select c.id, id, wanted, clock_timestamp(), ''
  from (
    select app.people_of_ring(wanted, c.caller_id::integer, c.unit_id::integer, c.contact_id::integer) as id
    -- A device calls in the name of the one responsible for it, who does not know of it before being told.
    union
    select c.caller_id where c.alarm_system_id is not null
  ) told
  on conflict do nothing;
  get diagnostics more = row_count;
  if more > 0 then
    perform app.push_call(c.id, false);
  end if;
  return more;
end
$$;

create or replace function app.add_event(call uuid, kind text, person integer, count integer default null)
returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  insert into assistance_callevent (call_id, kind, person_id, count, at) values (call, kind, person, count, clock_timestamp())
$$;

-- Calls for help. The same id again gives the same call. Where one is: what was said, else the meeting one is in,
-- else one's usual place. For one who is out alone: where they said they went, and the contact they chose is told first.
create or replace function app.raise_call(call uuid, given jsonb) returns jsonb
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  made assistance_call;
  placed record;
  meeting record;
  outing record;
  alarm assistance_alarmsystem;
begin
  if given->>'alarm_system' is not null then
    alarm := app.alarm_system_of_mine((given->>'alarm_system')::uuid);
  end if;

  select m.form, m.place, m.workforce_id into meeting from encounters_meeting m
  where m.owner_id = app.me() and alarm.id is null and now() >= m.starts_at - interval '10 minutes'
    and now() < coalesce(m.ends_at, m.starts_at + interval '1 hour') + interval '15 minutes'
  order by m.starts_at desc limit 1;

  select w.id as workforce_id, w.unit_id into placed
  from (
    select pl.workforce_id, (w.unit_id = (given->>'unit')::integer) is true as is_chosen, pl.is_primary, pl.id
    from organisation_placement pl join organisation_workforce w on w.id = pl.workforce_id
    where pl.person_id = app.me() and pl.starts_on <= app.today() and coalesce(pl.ends_on >= app.today(), true)
    union all
    -- Guards and others who work for another enterprise belong to the unit that they hold a role in.
    -- Where all employees belong to departments, to the first of those.
    select (select w.id from organisation_unitclosure below
            join organisation_workforce w on w.unit_id = below.descendant_id
            where below.ancestor_id = r.unit_id order by below.depth, w.id limit 1),
      (r.unit_id = (given->>'unit')::integer) is true, false, r.id
    from organisation_roleassignment r
    where r.person_id = app.me() and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)
  ) held
  join organisation_workforce w on w.id = held.workforce_id
  -- The meeting one is in says where one is, whatever page is open.
  order by (w.id = meeting.workforce_id) is true desc, held.is_chosen desc, held.is_primary desc, held.id limit 1;
  if not found then
    raise exception 'the caller belongs to no unit' using errcode = '42501';
  end if;

  select o.form, o.place, o.contact_id into outing from encounters_outing o
  where o.employee_id = app.me() and o.returned_at is null and alarm.id is null;

  insert into assistance_call (id, caller_id, workforce_id, unit_id, contact_id, purpose, kind, is_silent, form,
    place, device, alarm_system_id, raised_at, ring, next_ring_at, outcome)
  values (call, app.me(), placed.workforce_id, coalesce(alarm.unit_id, placed.unit_id),
    coalesce((given->>'contact')::integer, outing.contact_id), given->>'purpose',
    given->>'kind', (given->>'silent')::boolean, coalesce(nullif(given->>'form', ''), outing.form, meeting.form, ''),
    coalesce(nullif(given->>'place', ''), nullif(outing.place, ''), nullif(meeting.place, ''),
             (select place from assistance_usualplace where person_id = app.me() and alarm.id is null), ''),
    coalesce(given->>'device', ''), alarm.id, clock_timestamp(), 1,
    clock_timestamp() + make_interval(secs => app.ring_at_s(2)), '')
  on conflict (id) do nothing
  returning * into made;
  if found then
    if app.tell_ring(made, 1) = 0 then
      update assistance_call set next_ring_at = clock_timestamp() where id = call;  -- nobody to wait for
    end if;
    perform app.add_event(call, 'raised', app.me());
  elsif not exists (select 1 from assistance_call c where c.id = call and c.caller_id = app.me()) then
    raise exception 'the id belongs to somebody else''s call' using errcode = '42501';
  end if;
  return app.state_of_call(call);
end
$$;

-- The call, held until the transaction ends; raises when there is none with this id.
create or replace function app.hold_call(call uuid) returns assistance_call
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare held assistance_call;
begin
  select * into held from assistance_call c where c.id = call for update;
  if not found then
    raise exception 'no such call' using errcode = 'P0002';
  end if;
  return held;
end
$$;

-- "I am coming" and "I can't", by somebody who was told. Nobody is rung further once somebody comes; when all who were
-- told have said that they cannot, the next ring does not wait.
create or replace function app.answer_call(call uuid, said text) returns jsonb
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare held assistance_call := app.hold_call(call);
begin
  update assistance_recipient set answer = said, answered_at = clock_timestamp(),
    reached_at = coalesce(reached_at, clock_timestamp())
  where call_id = call and person_id = app.me() and answer <> said and held.ended_at is null;
  if found then
    if said = 'coming' then
      update assistance_call set acknowledged_at = coalesce(acknowledged_at, clock_timestamp()), next_ring_at = null
      where id = call;
    elsif not exists (select 1 from assistance_recipient r where r.call_id = call and r.answer = 'coming') then
      -- Nobody comes any more: it spreads again, at once when there is nobody left to wait for.
      update assistance_call set acknowledged_at = null, next_ring_at = case
        when ring > 3 then null
        when held.acknowledged_at is not null or not exists (
          select 1 from assistance_recipient r where r.call_id = call and r.answer <> 'cannot') then clock_timestamp()
        else next_ring_at end
      where id = call;
    end if;
    perform app.add_event(call, said, app.me());
  elsif not exists (select 1 from assistance_recipient r where r.call_id = call and r.person_id = app.me()) then
    raise exception 'not told of this call' using errcode = 'P0002';
  end if;
  return app.state_of_call(call);
end
$$;

-- The caller tells more afterwards: what it is about, and where. Null leaves it as it is.
create or replace function app.describe_call(call uuid, what text, whereabouts text) returns jsonb
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare held assistance_call := app.hold_call(call);
begin
  if held.caller_id <> app.me() then
    raise exception 'not the caller' using errcode = 'P0002';
  end if;
  update assistance_call set kind = coalesce(what, kind), place = coalesce(whereabouts, place)
  where id = call and ended_at is null and (kind, place) is distinct from (coalesce(what, kind), coalesce(whereabouts, place));
  if found then
    perform app.add_event(call, 'described', app.me());
  end if;
  return app.state_of_call(call);
end
$$;

-- Ends it with what it was: by the caller, or by a leader of the caller or of the unit. Ended once.
create or replace function app.end_call(call uuid, what_it_was text) returns jsonb
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare held assistance_call := app.hold_call(call);
begin
  if not (held.caller_id = app.me() or held.caller_id = any (app.team()) or held.workforce_id = any (app.led())) then
    raise exception 'neither the caller nor a leader' using errcode = '42501';
  end if;
  if held.ended_at is null then
    update assistance_call
    set ended_at = clock_timestamp(), ended_by_id = app.me(), outcome = what_it_was, next_ring_at = null
    where id = call;
    perform app.add_event(call, 'ended', app.me());
  end if;
  return app.state_of_call(call);
end
$$;

-- The incident that a call became, written down once by whoever ended it.
create or replace function app.link_incident(call uuid, incident uuid) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  update assistance_call set incident_id = incident
  where id = call and incident_id is null and ended_by_id = app.me()
$$;

-- One's own screens have shown these calls. The one who called is shown how many have been reached.
create or replace function app.calls_shown(calls uuid[]) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare shown uuid;
begin
  for shown in
    update assistance_recipient set reached_at = clock_timestamp()
    where call_id = any (calls) and person_id = app.me() and reached_at is null
    returning call_id
  loop
    perform pg_notify('call_reached', shown::text);
  end loop;
end
$$;

-- Spreads a call from a ring to the next, unless that has been done, somebody comes, or it is over. Two watchers call
-- it, the alarm program and the worker: the second finds that there is nothing left to do. Returns whether it rang.
create or replace function app.ring_further(call uuid, from_ring integer) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  held assistance_call;
  more integer := 0;
begin
  select * into held from assistance_call c
  where c.id = call and c.ring = from_ring and c.next_ring_at is not null for update;
  if not found then
    return false;
  end if;
  if from_ring < 3 then
    more := app.tell_ring(held, from_ring + 1);
  else
    perform app.push_call(call, true);  -- a push that was not noticed is easily missed
  end if;
  update assistance_call set ring = from_ring + 1, next_ring_at = case
    when from_ring < 3 and not exists (
      select 1 from assistance_recipient r where r.call_id = call and r.answer = '') then clock_timestamp()
    -- The clock has been set back since the call: counted from now, or it would wait until the clock is there again.
    when from_ring < 3 and held.raised_at > clock_timestamp() then
      clock_timestamp() + make_interval(secs => app.ring_at_s(from_ring + 2) - app.ring_at_s(from_ring + 1))
    when from_ring < 3 then
      greatest(held.raised_at + make_interval(secs => app.ring_at_s(from_ring + 2)), clock_timestamp()) end
  where id = call;
  perform app.add_event(call, case when from_ring < 3 then 'rung' else 'unanswered' end, null, more);
  return true;
end
$$;

-- What screens show, for those a call concerns: open calls, and what has happened since a step one has seen.
create or replace function app.calls_for(person integer, seen bigint) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(jsonb_agg(app.state_of_call(c.id) order by c.raised_at), '[]')
  from assistance_call c
  where (c.caller_id = person or exists (
      select 1 from assistance_recipient r where r.call_id = c.id and r.person_id = person))
    and (c.ended_at is null
         or c.ended_at > now() - interval '1 hour' and exists (
           select 1 from assistance_callevent e where e.call_id = c.id and e.number > seen))
    and c.raised_at > now() - interval '1 day'
$$;
-- How far steps have come in the whole country: a number, and nothing about anybody.
create or replace function app.last_step() returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(max(number), 0) from assistance_callevent
$$;
create or replace function app.my_calls(seen bigint) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
  select app.calls_for(app.me(), seen)
$$;

do $$
declare act text;
begin
  foreach act in array array[
    'raise_call(uuid, jsonb)', 'answer_call(uuid, text)', 'describe_call(uuid, text, text)', 'end_call(uuid, text)',
    'link_incident(uuid, uuid)', 'calls_shown(uuid[])', 'my_calls(bigint)'
  ] loop
    execute format('revoke execute on function app.%s from public', act);
    execute format('grant execute on function app.%s to tryggmote_app, tryggmote_wide, tryggmote_all', act);
  end loop;
  -- What the two watchers and the stream need, and nobody who is signed in.
  foreach act in array array['state_of_call(uuid)', 'ring_further(uuid, integer)', 'calls_for(integer, bigint)'] loop
    execute format('revoke execute on function app.%s from public', act);
    execute format('grant execute on function app.%s to tryggmote_job', act);
  end loop;
  foreach act in array array[
    'hold_call(uuid)', 'push_call(uuid, boolean)', 'tell_ring(assistance_call, integer)', 'add_event(uuid, text, integer, integer)'
  ] loop
    execute format('revoke execute on function app.%s from public', act);
  end loop;
end
$$;
