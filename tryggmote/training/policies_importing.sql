-- Completions from a file (4.1): a leader's file is its sender's alone, and only those one leads are recorded.

select app.protect('training_trainingfile');
select app.protect('training_coursename');

-- A file on its way in is seen by whoever sent it, and by nobody else. No history: it would outlive the file.
grant select, insert, delete on training_trainingfile to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy own on training_trainingfile for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (by_id = (select app.me()));
create policy own_file on training_trainingfile for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and unit_id = any ((select app.units_led())::integer[]));
create policy own_removal on training_trainingfile for delete to tryggmote_app, tryggmote_wide, tryggmote_all
  using (by_id = (select app.me()));
-- The job that forgets them after a day sees only how old they are.
grant select (id, created_at), delete on training_trainingfile to tryggmote_job;
create policy job_sees_age on training_trainingfile for select to tryggmote_job using (true);
create policy job_forgets on training_trainingfile for delete to tryggmote_job using (true);

-- What others call our elements: seen with the unit's documents, and by everybody when it holds for all. Kept by the unit's
-- leaders; for all by the job, when somebody with a command line says so.
grant select, insert on training_coursename to tryggmote_app, tryggmote_wide, tryggmote_all, tryggmote_job;
grant update (element, by_id, at) on training_coursename to tryggmote_app, tryggmote_wide, tryggmote_all, tryggmote_job;
create policy of_unit on training_coursename for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (unit_id is null or unit_id = any ((select app.units_in_sight())::integer[]));
create policy leader_names on training_coursename for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and unit_id = any ((select app.units_led())::integer[]));
create policy leader_renames on training_coursename for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (unit_id = any ((select app.units_led())::integer[])) with check (by_id = (select app.me()));
create policy job_reads on training_coursename for select to tryggmote_job using (true);
create policy job_names on training_coursename for insert to tryggmote_job with check (unit_id is null and by_id is null);
create policy job_renames on training_coursename for update to tryggmote_job using (unit_id is null);

-- The job compares a file with what is known, and records what is not.
grant select (id, person_id, element, done_on) on training_completion to tryggmote_job;
create policy job_compares on training_completion for select to tryggmote_job using (true);

-- Records what a file says, each row once; returns how many were new.
create or replace function app.record_imported(people bigint[], elements text[], days date[], by_person bigint) returns integer
language sql security definer set search_path = public, pg_temp as $$
  with made as (
    insert into training_completion (id, person_id, element, done_on, source, by_id, at)
    select gen_random_uuid(), told.person, told.element, told.day, 'imported', by_person, now()
    from unnest(people, elements, days) told(person, element, day)
    where told.day <= app.today()
    on conflict do nothing
    returning 1)
  select count(*)::integer from made
$$;
revoke execute on function app.record_imported(bigint[], text[], date[], bigint) from public;
grant execute on function app.record_imported(bigint[], text[], date[], bigint) to tryggmote_job;

-- For a leader: of those they lead, and of nobody else.
create or replace function app.import_training(people bigint[], elements text[], days date[]) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not coalesce(people <@ app.people_led()::bigint[], false) then
    raise insufficient_privilege using message = 'Training is imported for those one leads.';
  end if;
  return app.record_imported(people, elements, days, app.me());
end
$$;
revoke execute on function app.import_training(bigint[], text[], date[]) from public;
grant execute on function app.import_training(bigint[], text[], date[])
  to tryggmote_app, tryggmote_wide, tryggmote_all;

select app.keep_history('training_coursename');
