-- Who is who is known to everybody who is signed in: names, places of work and roles, as on the office wall.
-- People and units are kept by administrators, and by the import job. Nobody deletes.

do $$
declare kept text;
begin
  foreach kept in array array['unit', 'unitparent', 'unitclosure', 'workforce', 'safetyarea', 'person',
                              'employment', 'placement', 'roleassignment'] loop
    kept := 'organisation_' || kept;
    perform app.protect(kept::regclass);
    execute format('grant select, insert, update on %I to tryggmote_app, tryggmote_wide, tryggmote_all, tryggmote_job', kept);
    execute format('grant usage on sequence %I to tryggmote_app, tryggmote_wide, tryggmote_all', kept || '_id_seq');

    -- Everybody who is signed in may look up who is who.
    execute format('create policy known on %I for select to tryggmote_app, tryggmote_wide, tryggmote_all '
                   'using (app.me() is not null)', kept);
    -- Administrators keep it up to date.
    execute format('create policy admin_adds on %I for insert to tryggmote_app, tryggmote_wide, tryggmote_all '
                   'with check ((select app.has_role(''administrator'')))', kept);
    execute format('create policy admin_changes on %I for update to tryggmote_app, tryggmote_wide, tryggmote_all '
                   'using ((select app.has_role(''administrator'')))', kept);
    -- So does the import that runs on the server.
    execute format('create policy job_keeps on %I to tryggmote_job using (true) with check (true)', kept);
  end loop;
end
$$;

-- The two tables that say how units hang together are rebuilt when units move.
grant delete on organisation_unitparent, organisation_unitclosure
  to tryggmote_app, tryggmote_wide, tryggmote_all, tryggmote_job;
create policy admin_moves on organisation_unitparent for delete to tryggmote_app, tryggmote_wide, tryggmote_all
  using ((select app.has_role('administrator')));
create policy admin_moves on organisation_unitclosure for delete to tryggmote_app, tryggmote_wide, tryggmote_all
  using ((select app.has_role('administrator')));

-- One may choose one's own language and theme.
create policy own_choices on organisation_person for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (id = (select app.me())) with check (id = (select app.me()));

-- Those and nothing else: names and addresses come from the employer. The trigger's argument names the columns.
create or replace function app.keep_to_own_choices() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if current_user in ('tryggmote_app', 'tryggmote_wide', 'tryggmote_all') and not app.has_role('administrator')
     and to_jsonb(new) - tg_argv[0]::text[] is distinct from to_jsonb(old) - tg_argv[0]::text[] then
    raise insufficient_privilege using message = format('Only %s may be chosen here.', tg_argv[0]);
  end if;
  return new;
end
$$;
create or replace trigger keep_to_own_choices before update on organisation_person
  for each row execute function app.keep_to_own_choices('{language,theme}');
create or replace trigger keep_to_own_choices before update on organisation_unit
  for each row execute function app.keep_to_own_choices('{meeting_forms}');

-- The leader of a unit keeps its profile: which meeting forms it uses.
create policy leader_keeps_profile on organisation_unit for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from organisation_workforce w
                 where w.unit_id = organisation_unit.id and w.id = any ((select app.led())::integer[])))
  with check (exists (select 1 from organisation_workforce w
                      where w.unit_id = organisation_unit.id and w.id = any ((select app.led())::integer[])));

select app.keep_history('organisation_unit');
select app.keep_history('organisation_person');
select app.keep_history('organisation_employment');
select app.keep_history('organisation_placement');
select app.keep_history('organisation_roleassignment');

-- A file on its way in is seen by the administrator who sent it, and by nobody else.
select app.protect('organisation_importdraft');
grant select, insert, delete on organisation_importdraft to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy own on organisation_importdraft for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (by_id = (select app.me()));
create policy admin_sends on organisation_importdraft for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and (select app.has_role('administrator')));
create policy own_removal on organisation_importdraft for delete to tryggmote_app, tryggmote_wide, tryggmote_all
  using (by_id = (select app.me()));
-- The job that forgets them after a day sees only how old they are.
grant select (id, created_at), delete on organisation_importdraft to tryggmote_job;
create policy job_sees_age on organisation_importdraft for select to tryggmote_job using (true);
create policy job_forgets on organisation_importdraft for delete to tryggmote_job using (true);
