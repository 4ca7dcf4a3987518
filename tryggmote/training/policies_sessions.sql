-- Sessions (4.1): seen by those who may sign up and by the unit; who comes and who came is seen by oneself, by whoever leads
-- the session, and by leaders of the person or of the unit. Others see how many (`evidence_sessions`).

select app.protect('training_session');
grant select, insert,
  update (starts_at, ends_at, place, video, text, capacity, cancelled_at, finished_at) on training_session
  to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy open_to_me on training_session for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (
    open_to_id = any ((select app.units_in_sight())::integer[])
    or unit_id = any ((select app.units_in_sight())::integer[]) or led_by_id = (select app.me()));
create policy leader_plans on training_session for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (
    by_id = (select app.me()) and unit_id = any ((select app.units_led())::integer[])
    and cancelled_at is null and finished_at is null
    and exists (
      select 1 from organisation_unitclosure c where c.ancestor_id = open_to_id and c.descendant_id = unit_id));
create policy leader_changes on training_session for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (
    cancelled_at is null
    and (led_by_id = (select app.me()) or unit_id = any ((select app.units_led())::integer[])))
  with check (true);

select app.protect('training_signup');
grant select, insert, update (withdrawn_at, withdrawn_by_id) on training_signup
  to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy own_or_led on training_signup for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (
    person_id = (select app.me()) or person_id = any ((select app.people_led())::integer[])
    or exists (
      select 1 from training_session s
      where s.id = session_id
        and (s.led_by_id = (select app.me()) or s.unit_id = any ((select app.units_led())::integer[]))));
-- Nobody is signed up as of yesterday: the first to come have the places. By the clock: a transaction may last a while.
create policy signs_up on training_signup for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (
    by_id = (select app.me()) and withdrawn_at is null
    and at between clock_timestamp() - interval '1 minute' and clock_timestamp() + interval '1 minute'
    and (person_id = (select app.me()) or person_id = any ((select app.people_led())::integer[]))
    and exists (
      select 1 from training_session s
      where s.id = session_id and s.cancelled_at is null and s.starts_at > now()));
create policy withdraws on training_signup for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (withdrawn_at is null)
  with check (withdrawn_by_id = (select app.me()));

select app.protect('training_attendance');
grant select, insert, update (undone_at, undone_by_id) on training_attendance
  to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy own_or_led on training_attendance for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (
    person_id = (select app.me()) or person_id = any ((select app.people_led())::integer[])
    or exists (
      select 1 from training_session s
      where s.id = session_id
        and (s.led_by_id = (select app.me()) or s.unit_id = any ((select app.units_led())::integer[]))));
-- Whoever leads the session, or its unit, ticks; not before it begins.
create policy ticked on training_attendance for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (
    by_id = (select app.me()) and way = 'list' and undone_at is null
    and exists (
      select 1 from training_session s
      where s.id = session_id and s.cancelled_at is null and s.starts_at <= now()
        and (s.led_by_id = (select app.me()) or s.unit_id = any ((select app.units_led())::integer[]))));
-- Whoever is there types what stands on the wall. The phone may have waited for network.
create policy typed on training_attendance for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (
    by_id = (select app.me()) and person_id = (select app.me()) and way = 'code' and undone_at is null
    and exists (
      select 1 from training_session s
      where s.id = session_id and s.cancelled_at is null and s.code = training_attendance.code
        and training_attendance.at between s.starts_at - interval '1 hour' and s.ends_at + interval '1 hour'
        and training_attendance.at <= clock_timestamp() + interval '1 minute'));
create policy leader_undoes on training_attendance for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (undone_at is null and exists (
    select 1 from training_session s
    where s.id = session_id
      and (s.led_by_id = (select app.me()) or s.unit_id = any ((select app.units_led())::integer[]))))
  with check (undone_by_id = (select app.me()));

-- Having been there is having done the session's elements that day; not having been there after all undoes it.
create or replace function app.complete_session() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    perform app.complete_training(
      new.person_id, element, (s.starts_at at time zone 'Europe/Oslo')::date, 'session', s.id, new.by_id)
    from training_session s cross join unnest(s.elements) as element
    where s.id = new.session_id;
  elsif old.undone_at is null and new.undone_at is not null then
    perform app.undo_training(new.person_id, new.session_id, new.undone_by_id);
  end if;
  return null;
end
$$;
revoke execute on function app.complete_session() from public;
create or replace trigger complete_session after insert or update on training_attendance
  for each row execute function app.complete_session();

-- The address of a calendar: one's own. Whoever reads the calendar has the secret, and is nobody here.
select app.protect('training_calendaraddress');
grant select, insert, update (ended_at) on training_calendaraddress to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy own on training_calendaraddress for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (person_id = (select app.me()));
create policy own_made on training_calendaraddress for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (person_id = (select app.me()) and ended_at is null);
create policy own_ended on training_calendaraddress for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (person_id = (select app.me()) and ended_at is null) with check (true);

-- Jobs remind, tell those who move up, sign up those who were absent, and find whose calendar is asked for.
grant select on training_session, training_signup, training_attendance, training_calendaraddress to tryggmote_job;
grant insert on training_signup to tryggmote_job;
create policy reminded on training_session for select to tryggmote_job using (true);
create policy reminded on training_signup for select to tryggmote_job using (true);
create policy signed_up_again on training_signup for insert to tryggmote_job with check (withdrawn_at is null);
create policy seen on training_attendance for select to tryggmote_job using (true);
create policy asked_for on training_calendaraddress for select to tryggmote_job using (ended_at is null);

select app.keep_history('training_session');
select app.keep_history('training_signup');
select app.keep_history('training_attendance');
select app.keep_history('training_calendaraddress');
