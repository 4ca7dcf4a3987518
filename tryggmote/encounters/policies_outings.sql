-- Being out alone (AML § 4-1 third paragraph). Where somebody is, is seen by themselves; while they are out also by the
-- contact they chose, by their daily and formal leader and by the leader of the unit. Nobody above, no representative,
-- no other colleague, and afterwards nobody else. The job that tells people and forgets never sees a place.

select app.protect('encounters_outing');
select app.protect('encounters_outingcount');

grant select, insert on encounters_outing to tryggmote_app, tryggmote_wide, tryggmote_all;
grant update (expected_at, last_heard_at, heard_from_id, last_answer_id, returned_at, told_step, next_step_at)
  on encounters_outing to tryggmote_app, tryggmote_wide, tryggmote_all;

-- As for checks, one policy for the three roles: to stand above a unit opens nothing here.
create policy own_and_watched on encounters_outing for select to tryggmote_app, tryggmote_wide, tryggmote_all using (
  employee_id = app.me()
  or (returned_at is null and (
    contact_id = app.me() or employee_id = any (app.team()) or workforce_id = any (app.led())))
);
-- One checks out oneself, from where one works, and nobody has been told of anything yet.
create policy check_out on encounters_outing for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (
    employee_id = (select app.me()) and workforce_id = any ((select app.placed())::integer[])
    and contact_id is not null and heard_from_id is null and returned_at is null and told_step = 0 and not was_missed
  );
-- The one who is out says that all is well, and that they are back.
create policy say_oneself on encounters_outing for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (employee_id = (select app.me()) and returned_at is null)
  with check (employee_id = (select app.me()));
-- The contact and the leaders may say, in their own name, that they have spoken with the one who is out; not that they
-- are back.
create policy say_one_has_spoken on encounters_outing for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (
    employee_id <> (select app.me()) and returned_at is null
    and (contact_id = (select app.me()) or employee_id = any ((select app.team())::integer[])
         or workforce_id = any ((select app.led())::integer[]))
  )
  with check (heard_from_id = (select app.me()) and returned_at is null);

-- The job tells who is not back, and forgets: whereabouts after a day, the rest after 30 days, counted.
grant select (id, employee_id, contact_id, workforce_id, form, started_at, expected_at, returned_at, told_step,
  next_step_at, was_missed) on encounters_outing to tryggmote_job;
grant update (told_step, next_step_at, was_missed, place, contact_id, heard_from_id, check_id)
  on encounters_outing to tryggmote_job;
grant delete on encounters_outing to tryggmote_job;
create policy watched_over on encounters_outing for select to tryggmote_job using (true);
create policy tell_and_forget on encounters_outing for update to tryggmote_job using (true) with check (true);
create policy remove_outlived on encounters_outing for delete to tryggmote_job
  using (started_at < now() - interval '30 days');

-- Counts are figures for those who lead the unit or stand above it.
grant select on encounters_outingcount to tryggmote_app, tryggmote_wide, tryggmote_all;
grant select, insert, update on encounters_outingcount to tryggmote_job;
grant usage on sequence encounters_outingcount_id_seq to tryggmote_job;
create policy figures_of_unit on encounters_outingcount for select to tryggmote_app using (
  workforce_id = any (app.led()) or workforce_id = any (app.overseen()));
create policy figures_of_units on encounters_outingcount for select to tryggmote_wide using (
  workforce_id = any ((select app.led())::integer[]) or workforce_id = any ((select app.overseen())::integer[]));
create policy figures_of_all on encounters_outingcount for select to tryggmote_all using (app.me() is not null);
create policy counted on encounters_outingcount for select to tryggmote_job using (true);
create policy count on encounters_outingcount for insert to tryggmote_job with check (true);
create policy count_more on encounters_outingcount for update to tryggmote_job using (true) with check (true);

-- The one who was out sees who has looked where they were.
create policy readers_of_outing on access_readentry for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (kind = 'outing' and exists (
    select 1 from encounters_outing o where o.id = object_id and o.employee_id = (select app.me())));

-- No history: it would outlive what it is about.
