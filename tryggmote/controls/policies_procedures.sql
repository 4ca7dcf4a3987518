-- Procedures (2.3, 2.4, AML § 3-2). What is in force is read by everybody who may read the unit's documents. A draft
-- is read by whoever wrote it and by the unit's leaders.
select app.protect('controls_procedure');
select app.protect('controls_procedureversion');
select app.protect('controls_procedureapproval');
select app.protect('controls_procedureending');
select app.protect('controls_procedurereading');
select app.protect('controls_procedurepicture');

grant select, insert, update (title, kind, forms, parent_id) on controls_procedure
  to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy in_force_or_written on controls_procedure for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (
    (in_force_number is not null and unit_id = any ((select app.units_in_sight())::integer[]))
    or unit_id = any ((select app.units_led())::integer[])
    or created_by_id = (select app.me()));
-- Those who work in or represent the unit suggest, and so do its leaders; nothing is in force yet.
create policy suggest on controls_procedure for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (
    created_by_id = (select app.me())
    and (unit_id = any ((select app.member_units())::integer[]) or unit_id = any ((select app.units_led())::integer[]))
    and in_force_number is null and in_force_at is null and review_on is null and must_read_number is null
    and must_read_at is null and ended_at is null);
-- Leaders of the unit say what it is called, what it is for, and what it adds to.
create policy leader_frames on controls_procedure for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (unit_id = any ((select app.units_led())::integer[]));

-- A procedure adds to one of a unit above and never, however far up, to itself.
create or replace function app.refuse_rings_of_procedures() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (
    select 1 from controls_procedure p
    join organisation_unitclosure c on c.ancestor_id = p.unit_id and c.descendant_id = new.unit_id and c.depth > 0
    where p.id = new.parent_id
  ) then
    raise check_violation using message = 'A procedure adds to one of a unit above.';
  end if;
  if exists (
    with recursive up(id, parent_id) as (
      select p.id, p.parent_id from controls_procedure p where p.id = new.parent_id
      union
      select p.id, p.parent_id from up join controls_procedure p on p.id = up.parent_id
    )
    select 1 from up where up.id = new.id
  ) then
    raise check_violation using message = 'A procedure never adds to itself.';
  end if;
  return new;
end
$$;
revoke execute on function app.refuse_rings_of_procedures() from public;
create or replace trigger refuse_rings_of_procedures before insert or update of parent_id on controls_procedure
  for each row when (new.parent_id is not null) execute function app.refuse_rings_of_procedures();

grant select, insert, update (text, change_note, must_be_read, revision, saved_with, ready_at)
  on controls_procedureversion to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy approved_or_written on controls_procedureversion for select
  to tryggmote_app, tryggmote_wide, tryggmote_all
  using (by_id = (select app.me()) or exists (
    select 1 from controls_procedure p
    where p.id = procedure_id
      and (controls_procedureversion.approved_at is not null
           or p.unit_id = any ((select app.units_led())::integer[]))));
-- One writes a draft in one's own name, where one may suggest.
create policy write_draft on controls_procedureversion for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and approved_at is null and exists (
    select 1 from controls_procedure p
    where p.id = procedure_id and p.ended_at is null
      and (p.unit_id = any ((select app.member_units())::integer[])
           or p.unit_id = any ((select app.units_led())::integer[]))));
-- The author, while they may suggest there, and the unit's leaders write on a draft.
create policy write_on_draft on controls_procedureversion for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (approved_at is null and exists (
    select 1 from controls_procedure p
    where p.id = procedure_id
      and (p.unit_id = any ((select app.units_led())::integer[])
           or (controls_procedureversion.by_id = (select app.me())
               and p.unit_id = any ((select app.member_units())::integer[])))));

-- Versions are numbered as they are written, whatever number is sent.
create or replace function app.number_version() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select coalesce(max(v.number), 0) + 1 into new.number
  from controls_procedureversion v where v.procedure_id = new.procedure_id;
  return new;
end
$$;
revoke execute on function app.number_version() from public;
create or replace trigger number_version before insert on controls_procedureversion
  for each row when (current_user <> 'tryggmote_owner') execute function app.number_version();

-- What has been approved stands as it was: no program, no job and no migration changes it.
create or replace function app.keep_approved_procedures() returns trigger
language plpgsql as $$
begin
  raise insufficient_privilege using message = 'What is approved is not changed; a new version is written.';
end
$$;
create or replace trigger keep_approved_procedures before update or delete on controls_procedureversion
  for each row when (old.approved_at is not null) execute function app.keep_approved_procedures();

-- Whoever sees the version sees who approved it; whoever sees the procedure, its pictures and why it ended.
grant select, insert on controls_procedureapproval, controls_procedureending, controls_procedurepicture
  to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy of_version on controls_procedureapproval for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from controls_procedureversion v where v.id = version_id));
create policy of_procedure on controls_procedureending for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from controls_procedure p where p.id = procedure_id));
create policy of_procedure on controls_procedurepicture for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from controls_procedure p where p.id = procedure_id));
-- Leaders of the unit approve and end, in their own name; what is approved is gone through within two years.
create policy leader_approves on controls_procedureapproval for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me())
    and review_on > app.today() and review_on <= app.today() + interval '2 years' and exists (
    select 1 from controls_procedureversion v join controls_procedure p on p.id = v.procedure_id
    where v.id = version_id and p.ended_at is null and p.unit_id = any ((select app.units_led())::integer[])));
create policy leader_ends on controls_procedureending for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and exists (
    select 1 from controls_procedure p
    where p.id = procedure_id and p.unit_id = any ((select app.units_led())::integer[])));
-- Those who may write put in pictures.
create policy illustrate on controls_procedurepicture for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and exists (
    select 1 from controls_procedure p
    where p.id = procedure_id and p.ended_at is null
      and (p.unit_id = any ((select app.member_units())::integer[])
           or p.unit_id = any ((select app.units_led())::integer[]))));

-- Who has read: seen by the reader, by leaders of the procedure's unit, and by those who lead the reader.
grant select, insert on controls_procedurereading to tryggmote_app, tryggmote_wide, tryggmote_all;
grant usage on sequence controls_procedurereading_id_seq to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy own_or_led on controls_procedurereading for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (
    person_id = (select app.me())
    or person_id = any ((select app.team())::integer[])
    or exists (select 1 from organisation_placement pl
               where pl.person_id = controls_procedurereading.person_id
                 and pl.workforce_id = any ((select app.led())::integer[])
                 and pl.starts_on <= app.today() and coalesce(pl.ends_on >= app.today(), true))
    or exists (select 1 from controls_procedure p
               where p.id = procedure_id and p.unit_id = any ((select app.units_led())::integer[])));
-- One confirms in one's own name what one can read.
create policy confirm_own on controls_procedurereading for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (person_id = (select app.me()) and exists (
    select 1 from controls_procedure p where p.id = procedure_id and p.in_force_number >= number));

-- What is in force is derived from the approvals. A draft that was changed after it was read is not approved, also
-- when somebody saves at the same moment.
create or replace function app.derive_procedure() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  approved controls_procedureversion;
begin
  case tg_table_name
    when 'controls_procedureapproval' then
      update controls_procedureversion set approved_at = new.at
      where id = new.version_id and revision = new.revision and approved_at is null
      returning * into approved;
      if not found then
        raise check_violation using message = 'The draft is not as it was read.';
      end if;
      update controls_procedure set
        in_force_number = approved.number, in_force_at = new.at, review_on = new.review_on,
        must_read_number = case when approved.must_be_read then approved.number else must_read_number end,
        must_read_at = case when approved.must_be_read then new.at else must_read_at end
      where id = approved.procedure_id;
    when 'controls_procedureending' then
      update controls_procedure set ended_at = new.at where id = new.procedure_id and ended_at is null;
  end case;
  return null;
end
$$;
revoke execute on function app.derive_procedure() from public;
create or replace trigger derive_procedure after insert on controls_procedureapproval
  for each row execute function app.derive_procedure();
create or replace trigger derive_procedure after insert on controls_procedureending
  for each row execute function app.derive_procedure();

select app.keep_history('controls_procedure');
select app.keep_history('controls_procedureversion');
select app.keep_history('controls_procedureapproval');
select app.keep_history('controls_procedureending');

-- They go with a unit that becomes a part of another (ADR 0032).
select app.goes_with_unit('controls_procedure');
