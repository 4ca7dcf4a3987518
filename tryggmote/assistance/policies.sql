-- Calls for help (requirements 3.2-3.4). Who sees one: the one who called, those who were told, the leader of the
-- caller and of the caller's unit, and the safety representative of the unit. Others see figures only.

select app.protect('assistance_call');
select app.protect('assistance_recipient');
select app.protect('assistance_callevent');
select app.protect('assistance_responder');
select app.protect('assistance_usualplace');
select app.protect('assistance_pushsubscription');

-- Nobody writes a call by hand: each act is a function of the database (`policies_acts.sql`).
grant select on assistance_call, assistance_recipient, assistance_callevent
  to tryggmote_app, tryggmote_wide, tryggmote_all, tryggmote_job;

-- Calls one was told of. With the owner's rights, since the policies of the two tables would ask each other in a circle.
create or replace function app.calls_told_to_me() returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select call_id from assistance_recipient where person_id = app.me()
$$;

create policy concerned on assistance_call for select to tryggmote_app, tryggmote_wide, tryggmote_all using (
  caller_id = (select app.me())
  or caller_id = any ((select app.team())::integer[])
  or workforce_id = any ((select app.led())::integer[])
  or unit_id = any ((select app.units_represented())::integer[])
  or id in (select app.calls_told_to_me())
);
-- Whoever sees a call sees who was told and each step of it.
create policy of_call on assistance_recipient for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from assistance_call c where c.id = call_id));
create policy of_call on assistance_callevent for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from assistance_call c where c.id = call_id));

-- The alarm program and the worker bring calls to people, and remove the old ones.
create policy bring on assistance_call for select to tryggmote_job using (true);
create policy bring on assistance_recipient for select to tryggmote_job using (true);
create policy bring on assistance_callevent for select to tryggmote_job using (true);
grant delete on assistance_call, assistance_recipient, assistance_callevent to tryggmote_job;
create policy remove_outlived on assistance_call for delete to tryggmote_job
  using (raised_at < now() - interval '2 years');
create policy remove_outlived on assistance_recipient for delete to tryggmote_job
  using (told_at < now() - interval '2 years');
create policy remove_outlived on assistance_callevent for delete to tryggmote_job
  using (exists (select 1 from assistance_call c where c.id = call_id and c.raised_at < now() - interval '2 years'));

-- Whereabouts outside the house are forgotten a day after the end, as those of an outing are (`jobs.forget`).
grant update (place) on assistance_call to tryggmote_job;
create policy forget_whereabouts on assistance_call for update to tryggmote_job
  using (ended_at < now() - interval '24 hours') with check (place = '');

-- The worker writes down what left the house, and nothing else.
grant update (pushed_at, outside_at) on assistance_recipient to tryggmote_job;
create policy record_sent on assistance_recipient for update to tryggmote_job using (true) with check (true);

-- A browser that may be woken belongs to one person; the worker reads where to send, and forgets those that are gone.
grant select, insert, delete on assistance_pushsubscription to tryggmote_app, tryggmote_wide, tryggmote_all;
grant usage on sequence assistance_pushsubscription_id_seq to tryggmote_app, tryggmote_wide, tryggmote_all;
grant select, delete on assistance_pushsubscription to tryggmote_job;
create policy own on assistance_pushsubscription to tryggmote_app, tryggmote_wide, tryggmote_all
  using (person_id = (select app.me())) with check (person_id = (select app.me()));
create policy wake on assistance_pushsubscription for select to tryggmote_job using (true);
create policy forget_gone on assistance_pushsubscription for delete to tryggmote_job using (true);

-- Who is told first is known to everybody who works in the unit, and chosen by its leader.
grant select, insert, delete on assistance_responder to tryggmote_app, tryggmote_wide, tryggmote_all;
grant usage on sequence assistance_responder_id_seq to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy in_sight on assistance_responder for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (unit_id = any ((select app.units_in_sight())::integer[]) or (select app.sees_all_units()));
create policy leader_chooses on assistance_responder for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (unit_id = any ((select app.units_led())::integer[]));
create policy leader_lets_go on assistance_responder for delete to tryggmote_app, tryggmote_wide, tryggmote_all
  using (unit_id = any ((select app.units_led())::integer[]));

-- Where one usually sits is one's own.
grant select, insert, update, delete on assistance_usualplace to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy own on assistance_usualplace to tryggmote_app, tryggmote_wide, tryggmote_all
  using (person_id = (select app.me())) with check (person_id = (select app.me()));

select app.keep_history('assistance_call');
select app.keep_history('assistance_responder');

-- Those told first go with a unit that becomes a part of another (ADR 0032), each once.
select app.goes_with_unit('assistance_responder', one_of => 'person_id');
