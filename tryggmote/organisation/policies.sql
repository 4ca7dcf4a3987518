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

-- Which unit lies under which is written anew when units move.
grant delete on organisation_unitparent to tryggmote_app, tryggmote_wide, tryggmote_all, tryggmote_job;
create policy admin_moves on organisation_unitparent for delete to tryggmote_app, tryggmote_wide, tryggmote_all
  using ((select app.has_role('administrator')));

-- Whom a role in a unit reaches is worked out by the database itself when units move or employees come,
-- so it is never out of step with the two tables it comes from, whoever writes them.
select app.protect('organisation_workforcereach');
grant select on organisation_workforcereach to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy known on organisation_workforcereach for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (app.me() is not null);
create or replace function app.reach_new_workforce() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from organisation_workforcereach where workforce_id = new.id;
  insert into organisation_workforcereach (unit_id, employer_id, workforce_id)
  select c.ancestor_id, new.employer_id, new.id
  from organisation_unitclosure c where c.descendant_id = new.unit_id;
  return null;
end
$$;
create or replace function app.reach_down_new_lines() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into organisation_workforcereach (unit_id, employer_id, workforce_id)
  select c.ancestor_id, w.employer_id, w.id
  from changed c join organisation_workforce w on w.unit_id = c.descendant_id;
  return null;
end
$$;
create or replace function app.reach_no_more() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from organisation_workforcereach reached
  using changed c join organisation_workforce w on w.unit_id = c.descendant_id
  where reached.workforce_id = w.id and reached.unit_id = c.ancestor_id;
  return null;
end
$$;
revoke execute on function app.reach_new_workforce(), app.reach_down_new_lines(), app.reach_no_more() from public;
create or replace trigger reach_new_workforce after insert or update of unit_id, employer_id
  on organisation_workforce for each row execute function app.reach_new_workforce();
create or replace trigger reach_down_new_lines after insert on organisation_unitclosure
  referencing new table as changed for each statement execute function app.reach_down_new_lines();
create or replace trigger reach_no_more after delete on organisation_unitclosure
  referencing old table as changed for each statement execute function app.reach_no_more();

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
