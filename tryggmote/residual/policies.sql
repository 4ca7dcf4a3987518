-- Residual risk (3.0). What is approved is read by everybody who may read the unit's documents, also after it has been
-- withdrawn. A draft is read by those who lead and those who represent the unit. Leaders write.

select app.protect('residual_record');
grant select, insert on residual_record to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy approved_or_written on residual_record for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (
    (in_force_number is not null and unit_id = any ((select app.units_in_sight())::integer[]))
    or unit_id = any ((select app.units_led())::integer[])
    or unit_id = any ((select app.units_represented())::integer[]));
-- A leader of the unit declares, in their own name; nothing is in force yet.
create policy leader_declares on residual_record for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (
    created_by_id = (select app.me()) and unit_id = any ((select app.units_led())::integer[])
    and in_force_number is null and in_force_at is null and review_on is null and withdrawn_at is null
    and reminded_before is null);

select app.protect('residual_version');
grant select, insert,
  update (reason, why, instead, measure_ids, likelihood, consequence, matrix, asked_ids, revision, saved_with)
  on residual_version to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy approved_or_written on residual_version for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (
    select 1 from residual_record r
    where r.id = record_id and (
      approved_at is not null
      or r.unit_id = any ((select app.units_led())::integer[])
      or r.unit_id = any ((select app.units_represented())::integer[]))));
create policy leader_writes on residual_version for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and approved_at is null and exists (
    select 1 from residual_record r
    where r.id = record_id and r.withdrawn_at is null and r.unit_id = any ((select app.units_led())::integer[])));
create policy leader_writes_on on residual_version for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (approved_at is null and exists (
    select 1 from residual_record r
    where r.id = record_id and r.withdrawn_at is null and r.unit_id = any ((select app.units_led())::integer[])));

-- Versions are numbered as they are written, whatever number is sent.
create or replace function app.number_residual_version() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select coalesce(max(v.number), 0) + 1 into new.number from residual_version v where v.record_id = new.record_id;
  return new;
end
$$;
revoke execute on function app.number_residual_version() from public;
create or replace trigger number_residual_version before insert on residual_version
  for each row when (current_user <> 'tryggmote_owner') execute function app.number_residual_version();

-- What has been approved stands as it was: no program, no job and no migration changes it.
create or replace function app.keep_approved_residual_versions() returns trigger
language plpgsql as $$
begin
  raise insufficient_privilege using message = 'What is approved is not changed; a new version is written.';
end
$$;
create or replace trigger keep_approved_residual_versions before update or delete on residual_version
  for each row when (old.approved_at is not null) execute function app.keep_approved_residual_versions();

select app.protect('residual_hearing');
grant select, insert on residual_hearing to tryggmote_app, tryggmote_wide, tryggmote_all;
-- Whoever sees the version sees who was heard on it.
create policy of_version on residual_hearing for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from residual_version v where v.id = version_id));
-- A safety representative of the unit says for themselves what they think of a draft.
create policy representative_speaks on residual_hearing for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (
    by_id = (select app.me()) and person_id = (select app.me()) and answer in ('agree', 'remark', 'disagree')
    and exists (
      select 1 from residual_version v join residual_record r on r.id = v.record_id
      where v.id = version_id and v.approved_at is null
        and r.unit_id = any ((select app.units_represented())::integer[])));
-- A leader of the unit records why somebody was not heard, and can say nothing for them.
create policy leader_records on residual_hearing for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (
    by_id = (select app.me()) and answer in ('declined', 'not_reached', 'nobody')
    and exists (
      select 1 from residual_version v join residual_record r on r.id = v.record_id
      where v.id = version_id and v.approved_at is null and r.unit_id = any ((select app.units_led())::integer[])));

-- Leaders of the unit approve and withdraw, in their own name. Whoever sees what it is about sees who did.
select app.protect('residual_approval');
select app.protect('residual_withdrawal');
grant select, insert on residual_approval, residual_withdrawal to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy of_version on residual_approval for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from residual_version v where v.id = version_id));
create policy leader_approves on residual_approval for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and exists (
    select 1 from residual_version v join residual_record r on r.id = v.record_id
    where v.id = version_id and r.unit_id = any ((select app.units_led())::integer[])));
create policy of_record on residual_withdrawal for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from residual_record r where r.id = record_id));
create policy leader_withdraws on residual_withdrawal for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and exists (
    select 1 from residual_record r
    where r.id = record_id and r.unit_id = any ((select app.units_led())::integer[])));

-- What a record stands at is derived from the acts by the database itself. A draft that was changed after it was read is
-- not approved, nor one with a day for its review that has passed or lies beyond what the rule allows.
create or replace function app.derive_residual_record() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  approved residual_version;
begin
  if tg_table_name = 'residual_withdrawal' then
    update residual_record set withdrawn_at = new.at where id = new.record_id and withdrawn_at is null;
  else
    update residual_version set approved_at = new.at
    where id = new.version_id and revision = new.revision and approved_at is null
    returning * into approved;
    update residual_record
    set in_force_number = approved.number, in_force_at = new.at, review_on = new.review_on, reminded_before = null
    where id = approved.record_id and withdrawn_at is null
      and new.review_on > (new.at at time zone 'Europe/Oslo')::date
      and new.review_on <= (new.at at time zone 'Europe/Oslo')::date
        + make_interval(months => app.threshold('residual_months')::integer);
  end if;
  if not found then
    raise check_violation using message = format('%s does not fit what has been done.', tg_table_name);
  end if;
  return null;
end
$$;
revoke execute on function app.derive_residual_record() from public;
-- Until when it may hold is counted from the approval: it is of the moment it is given.
create or replace trigger happens_now before insert on residual_approval
  for each row when (current_user <> 'tryggmote_owner') execute function app.happens_now();
create or replace trigger derive_residual_record after insert on residual_approval
  for each row execute function app.derive_residual_record();
create or replace trigger derive_residual_record after insert on residual_withdrawal
  for each row execute function app.derive_residual_record();

-- The job reminds the leaders before it runs out. It reads whose a record is and until when it holds, never what of.
grant select (id, unit_id, in_force_at, review_on, withdrawn_at, reminded_before), update (reminded_before)
  on residual_record to tryggmote_job;
create policy remind on residual_record for select to tryggmote_job using (in_force_number is not null);
create policy reminded on residual_record for update to tryggmote_job using (withdrawn_at is null) with check (true);

select app.keep_history('residual_record');
select app.keep_history('residual_version');
select app.keep_history('residual_hearing');
select app.keep_history('residual_approval');
select app.keep_history('residual_withdrawal');
