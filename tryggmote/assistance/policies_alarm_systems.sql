-- Physical alarm systems (requirements 3.2, 3.5). Kept by administrators and by the leader of the unit. The secret goes
-- in once and is read by the worker's role alone: no page, and nobody who is signed in, can show it again.

select app.protect('assistance_alarmsystem');

grant select (id, unit_id, name, responsible_id, address, made_by_id, made_at, ended_at, last_heard_at, last_told_at,
    last_trouble),
  insert, update (name, responsible_id, address, ended_at)
  on assistance_alarmsystem to tryggmote_app, tryggmote_wide, tryggmote_all;
grant select, update (last_heard_at, last_told_at, last_trouble) on assistance_alarmsystem to tryggmote_job;

-- Whoever may keep it sees it, changes it and ends it; nobody else knows that it is there.
create policy kept on assistance_alarmsystem for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (unit_id = any ((select app.units_led())::integer[]) or (select app.has_role('administrator')));
create policy set_up on assistance_alarmsystem for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (made_by_id = (select app.me()) and (
    unit_id = any ((select app.units_led())::integer[]) or (select app.has_role('administrator'))));
create policy changed on assistance_alarmsystem for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (unit_id = any ((select app.units_led())::integer[]) or (select app.has_role('administrator')));

-- The worker checks signatures, signs, and writes down how it went.
create policy speak on assistance_alarmsystem for select to tryggmote_job using (true);
create policy record_health on assistance_alarmsystem for update to tryggmote_job using (true) with check (true);

select app.keep_history('assistance_alarmsystem');

-- In whose name a system calls: the one responsible while at work in the unit, else the nearest leader. A button must
-- not fall silent because somebody has found another job.
create or replace function app.caller_of_alarm_system(system uuid) returns integer
language sql stable security definer set search_path = public, pg_temp as $$
  select person.id::integer
  from assistance_alarmsystem s
  cross join lateral (
    select s.responsible_id as id, -1 as distance where s.responsible_id in (select app.people_at(s.unit_id::integer))
    union all
    select r.person_id, c.depth
    from organisation_unitclosure c join organisation_roleassignment r on r.unit_id = c.ancestor_id
    where c.descendant_id = s.unit_id and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)
      and r.role in ('leader', 'office_leader', 'county_security_coordinator', 'county_director')
  ) held
  join organisation_person person on person.id = held.id and coalesce(person.ended_on >= app.today(), true)
  where s.id = system and s.ended_at is null
  order by held.distance, person.id limit 1
$$;

-- The system, for the one in whose name it calls. A page cannot call in the name of a system.
create or replace function app.alarm_system_of_mine(system uuid) returns assistance_alarmsystem
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare found_one assistance_alarmsystem;
begin
  select * into found_one from assistance_alarmsystem s
  where s.id = system and app.caller_of_alarm_system(s.id) = app.me();
  if not found then
    raise exception 'no alarm system of this caller' using errcode = '42501';
  end if;
  return found_one;
end
$$;

-- Tells the alarm systems of the unit and above when a call is raised and when it ends; the worker sends it
-- (`jobs.tell_alarm_system`). In the same transaction: no call without it, and it without no call. Not the system
-- the call came from, which would set itself off; and never a silent call, which a siren would give away.
create or replace function app.tell_alarm_systems() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare told procrastinate_job_to_defer_v1[];
begin
  select array_agg(row('default', 'assistance.tell_alarm_system', 100, null, null,
    jsonb_build_object('system', s.id, 'event', new.number), null)::procrastinate_job_to_defer_v1)
  into told
  from assistance_call c
  join organisation_unitclosure above on above.descendant_id = c.unit_id
  join assistance_alarmsystem s on s.unit_id = above.ancestor_id
  where c.id = new.call_id and not c.is_silent and s.ended_at is null and s.address <> ''
    and s.id is distinct from c.alarm_system_id;
  if told is not null then
    perform procrastinate_defer_jobs_v1(told);
  end if;
  return null;
end
$$;
create or replace trigger tell_alarm_systems after insert on assistance_callevent
  for each row when (new.kind in ('raised', 'ended')) execute function app.tell_alarm_systems();

revoke execute on function app.tell_alarm_systems(), app.alarm_system_of_mine(uuid), app.caller_of_alarm_system(uuid)
  from public;
grant execute on function app.caller_of_alarm_system(uuid) to tryggmote_job;

-- They go with a unit that becomes a part of another (ADR 0032): who works there now must hear them.
select app.goes_with_unit('assistance_alarmsystem');
