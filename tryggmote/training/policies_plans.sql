-- A unit's plan of training for a year (4.1). An approved one is read by everybody who may read the unit's documents, a
-- draft by those who lead and those who represent the unit. Leaders write.

select app.protect('training_plan');
grant select, insert, update (reason, asked_ids, revision) on training_plan to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy approved_or_written on training_plan for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (
    (approved_at is not null and unit_id = any ((select app.units_in_sight())::integer[]))
    or unit_id = any ((select app.units_led())::integer[])
    or unit_id = any ((select app.units_represented())::integer[]));
create policy leader_writes on training_plan for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (
    by_id = (select app.me()) and approved_at is null and unit_id = any ((select app.units_led())::integer[]));
create policy leader_writes_on on training_plan for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (approved_at is null and unit_id = any ((select app.units_led())::integer[]));

select app.protect('training_planitem');
grant select, insert, update (month, people, removed_at, removed_why) on training_planitem
  to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy of_plan on training_planitem for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from training_plan p where p.id = plan_id));
create policy leader_adds on training_planitem for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and exists (
    select 1 from training_plan p
    where p.id = plan_id and p.approved_at is null and p.unit_id = any ((select app.units_led())::integer[])));
create policy leader_changes on training_planitem for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (removed_at is null and exists (
    select 1 from training_plan p
    where p.id = plan_id and p.approved_at is null and p.unit_id = any ((select app.units_led())::integer[])))
  with check (true);

-- What has been approved stands as it was: no program, no job and no migration changes it.
create or replace function app.keep_approved_training_plan() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if (tg_table_name = 'training_plan' and (to_jsonb(old)->>'approved_at') is not null)
    or (tg_table_name = 'training_planitem' and exists (
      select 1 from training_plan p where p.id = (to_jsonb(old)->>'plan_id')::uuid and p.approved_at is not null))
  then
    raise insufficient_privilege using message = 'What is approved is not changed; another edition is written.';
  end if;
  return coalesce(new, old);
end
$$;
revoke execute on function app.keep_approved_training_plan() from public;
create or replace trigger keep_approved_training_plan before update or delete on training_plan
  for each row execute function app.keep_approved_training_plan();
create or replace trigger keep_approved_training_plan before update or delete on training_planitem
  for each row execute function app.keep_approved_training_plan();

select app.protect('training_planhearing');
grant select, insert on training_planhearing to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy of_plan on training_planhearing for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from training_plan p where p.id = plan_id));
-- A safety representative of the unit says for themselves what they think of a draft.
create policy representative_speaks on training_planhearing for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (
    by_id = (select app.me()) and person_id = (select app.me()) and answer in ('agree', 'remark', 'disagree')
    and exists (
      select 1 from training_plan p
      where p.id = plan_id and p.approved_at is null
        and p.unit_id = any ((select app.units_represented())::integer[])));
-- A leader of the unit records why somebody was not heard, and can say nothing for them.
create policy leader_records on training_planhearing for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (
    by_id = (select app.me()) and answer in ('declined', 'not_reached', 'nobody')
    and exists (
      select 1 from training_plan p
      where p.id = plan_id and p.approved_at is null and p.unit_id = any ((select app.units_led())::integer[])));

select app.protect('training_planapproval');
grant select, insert on training_planapproval to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy of_plan on training_planapproval for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from training_plan p where p.id = plan_id));
create policy leader_approves on training_planapproval for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and exists (
    select 1 from training_plan p where p.id = plan_id and p.unit_id = any ((select app.units_led())::integer[])));

-- When a plan was approved is derived from the act. A draft that was changed after it was read is not approved.
create or replace function app.derive_training_plan() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update training_plan set approved_at = new.at
  where id = new.plan_id and revision = new.revision and approved_at is null;
  if not found then
    raise check_violation using message = 'The plan was changed or approved after it was read.';
  end if;
  return null;
end
$$;
revoke execute on function app.derive_training_plan() from public;
create or replace trigger derive_training_plan after insert on training_planapproval
  for each row execute function app.derive_training_plan();

select app.keep_history('training_plan');
select app.keep_history('training_planitem');
select app.keep_history('training_planhearing');
select app.keep_history('training_planapproval');
