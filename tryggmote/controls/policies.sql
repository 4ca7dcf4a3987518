-- Measures (requirement 2.3). Everybody who may read the unit's documents reads its measures, and so does the
-- owner wherever they work. Leaders of the unit plan and change; owner and leaders carry out and evaluate.

-- Whether somebody belongs to a unit today: works in it or below it, or holds a role in it or above it.
-- A guard and an administrator hold theirs for another purpose.
create or replace function app.belongs_to(person bigint, unit bigint) returns boolean
language sql stable as $$
  select exists (
    select 1 from organisation_person p where p.id = person and coalesce(p.ended_on >= app.today(), true)
  ) and (
    exists (
      select 1
      from organisation_placement pl
      join organisation_workforce w on w.id = pl.workforce_id
      join organisation_unitclosure c on c.descendant_id = w.unit_id and c.ancestor_id = unit
      where pl.person_id = person and pl.starts_on <= app.today() and coalesce(pl.ends_on >= app.today(), true))
    or exists (
      select 1
      from organisation_roleassignment r
      join organisation_unitclosure c on c.ancestor_id = r.unit_id and c.descendant_id = unit
      where r.person_id = person and r.role not in ('administrator', 'guard')
        and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)))
$$;

select app.protect('controls_measure');
select app.protect('controls_establishment');
select app.protect('controls_evaluation');
select app.protect('controls_postponement');
select app.protect('controls_handover');
select app.protect('controls_cancellation');
select app.protect('controls_escalated');

-- A plan and an act are added and never changed.
grant select, insert on controls_measure, controls_establishment, controls_evaluation, controls_postponement,
  controls_handover, controls_cancellation to tryggmote_app, tryggmote_wide, tryggmote_all;
grant select on controls_escalated to tryggmote_app, tryggmote_wide, tryggmote_all;

-- Those who may read the unit's documents, and the owner.
create policy of_unit on controls_measure for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (owner_id = (select app.me()) or unit_id = any ((select app.units_in_sight())::integer[]));
-- A leader of the unit plans in their own name, with an owner who belongs there; nothing is done yet.
create policy leader_plans on controls_measure for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (
    created_by_id = (select app.me()) and unit_id = any ((select app.units_led())::integer[])
    and app.belongs_to(owner_id, unit_id)
    and established_at is null and evaluated_at is null and effect = '' and cancelled_at is null);

-- Whoever sees the measure sees what was done about it.
do $$
declare act text;
begin
  foreach act in array array['establishment', 'evaluation', 'postponement', 'handover', 'cancellation', 'escalated'] loop
    execute format('create policy of_measure on controls_%s for select to tryggmote_app, tryggmote_wide, tryggmote_all '
                   'using (exists (select 1 from controls_measure m where m.id = measure_id))', act);
  end loop;
  -- Owner and leaders carry out and evaluate, in their own name.
  foreach act in array array['establishment', 'evaluation'] loop
    execute format($policy$
      create policy owner_or_leader_acts on controls_%s for insert to tryggmote_app, tryggmote_wide, tryggmote_all
      with check (by_id = (select app.me()) and exists (
        select 1 from controls_measure m
        where m.id = measure_id and (m.owner_id = (select app.me())
                                     or m.unit_id = any ((select app.units_led())::integer[]))))
    $policy$, act);
  end loop;
  -- Only leaders of the unit change its date and owner, and cancel.
  foreach act in array array['postponement', 'handover', 'cancellation'] loop
    execute format($policy$
      create policy leader_acts on controls_%s for insert to tryggmote_app, tryggmote_wide, tryggmote_all
      with check (by_id = (select app.me()) and exists (
        select 1 from controls_measure m
        where m.id = measure_id and m.unit_id = any ((select app.units_led())::integer[])))
    $policy$, act);
  end loop;
end
$$;

-- What lists show is derived from the acts by the database itself; no person and no job may set it. An act that
-- does not fit what has been done already is refused, also when two people act at the same moment.
create or replace function app.derive_measure() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  case tg_table_name
    when 'controls_establishment' then
      update controls_measure set established_at = new.at
      where id = new.measure_id and established_at is null and cancelled_at is null;
    when 'controls_evaluation' then
      update controls_measure set evaluated_at = new.at, effect = new.effect
      where id = new.measure_id and established_at is not null and cancelled_at is null;
    when 'controls_postponement' then
      update controls_measure set due_on = new.to_on
      where id = new.measure_id and due_on = new.from_on and established_at is null and cancelled_at is null;
    when 'controls_handover' then
      update controls_measure set owner_id = new.to_owner_id
      where id = new.measure_id and owner_id = new.from_owner_id and cancelled_at is null
        and app.belongs_to(new.to_owner_id, unit_id);
    when 'controls_cancellation' then
      update controls_measure set cancelled_at = new.at where id = new.measure_id and cancelled_at is null;
  end case;
  if not found then
    raise check_violation using message = format('%s does not fit what has been done.', tg_table_name);
  end if;
  return null;
end
$$;
revoke execute on function app.derive_measure() from public;
do $$
declare act text;
begin
  foreach act in array array['establishment', 'evaluation', 'postponement', 'handover', 'cancellation'] loop
    execute format('create or replace trigger derive_measure after insert on controls_%s '
                   'for each row execute function app.derive_measure()', act);
  end loop;
end
$$;

-- An act is done after the measure was planned and not in the future, and nothing is evaluated before it is in place:
-- the months until an effect must be known are counted from these. A minute for clocks that differ.
create or replace function app.refuse_impossible_moments() returns trigger
language plpgsql as $$
begin
  if new.at > clock_timestamp() + interval '1 minute' or exists (
    select 1 from controls_measure m
    where m.id = new.measure_id
      and (new.at < m.created_at or (tg_table_name = 'controls_evaluation' and new.at < m.established_at))
  ) then
    raise check_violation using message = format('%s cannot have been done then.', tg_table_name);
  end if;
  return new;
end
$$;
do $$
declare act text;
begin
  foreach act in array array['establishment', 'evaluation', 'postponement', 'handover', 'cancellation'] loop
    execute format('create or replace trigger refuse_impossible_moments before insert on controls_%s for each row '
                   'when (current_user <> ''tryggmote_owner'') execute function app.refuse_impossible_moments()', act);
  end loop;
end
$$;

-- The job that tells the next leader reads whose a measure is and how far it has come, never what it says.
grant select (id, unit_id, owner_id, due_on, established_at, evaluated_at, effect, cancelled_at)
  on controls_measure to tryggmote_job;
grant select, insert on controls_escalated to tryggmote_job;
create policy still_open on controls_measure for select to tryggmote_job
  using (cancelled_at is null and effect <> 'reduced');
create policy passed_up on controls_escalated for select to tryggmote_job using (true);
create policy pass_up on controls_escalated for insert to tryggmote_job with check (true);

select app.keep_history('controls_measure');
select app.keep_history('controls_establishment');
select app.keep_history('controls_evaluation');
select app.keep_history('controls_postponement');
select app.keep_history('controls_handover');
select app.keep_history('controls_cancellation');
select app.keep_history('controls_escalated');

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

-- The co-ordination agreement between employers (AML § 2-2) is read by everybody who may read the unit's documents.

-- The employers with people at work in a unit or below it today.
create or replace function app.employers_in(unit bigint) returns integer[]
language sql stable as $$
  select coalesce(array_agg(distinct reached.employer_id::integer), '{}')
  from organisation_workforcereach reached
  where reached.unit_id = unit and exists (
    select 1 from organisation_placement pl
    where pl.workforce_id = reached.workforce_id
      and pl.starts_on <= app.today() and coalesce(pl.ends_on >= app.today(), true))
$$;
-- Whether one acts for an employer in a unit: as its leader there or above, or as director on that line.
create or replace function app.acts_for(employer bigint, unit bigint) returns boolean
language sql stable as $$
  select exists (
    select 1 from organisation_roleassignment r
    join organisation_unitclosure c on c.ancestor_id = r.unit_id and c.descendant_id = unit
    where r.person_id = app.me() and r.role in ('leader', 'office_leader', 'county_director', 'municipal_director')
      and (r.employer_id is null or r.employer_id = employer)
      and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true))
$$;

select app.protect('controls_agreement');
select app.protect('controls_agreementsigning');
select app.protect('controls_agreementreview');
grant select, insert on controls_agreement, controls_agreementsigning, controls_agreementreview
  to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy of_unit on controls_agreement for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (unit_id = any ((select app.units_in_sight())::integer[]));
create policy of_agreement on controls_agreementsigning for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from controls_agreement a where a.id = agreement_id));
create policy of_agreement on controls_agreementreview for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from controls_agreement a where a.id = agreement_id));
-- A leader of the unit proposes in their own name, between employers with people there; nobody has signed yet.
create policy leader_proposes on controls_agreement for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (
    created_by_id = (select app.me()) and unit_id = any ((select app.units_led())::integer[])
    and app.belongs_to(co_ordinator_id, unit_id) and signed_at is null and reviewed_at is null
    and employer_ids <@ app.employers_in(unit_id));
-- One signs, in one's own name, for an employer one acts for there.
create policy sign_for_ones_employer on controls_agreementsigning for insert
  to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and exists (
    select 1 from controls_agreement a
    where a.id = agreement_id and controls_agreementsigning.employer_id = any (a.employer_ids)
      and app.acts_for(controls_agreementsigning.employer_id, a.unit_id)));
-- Leaders of the unit go through it once all have signed.
create policy leader_reviews on controls_agreementreview for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and exists (
    select 1 from controls_agreement a
    where a.id = agreement_id and a.signed_at is not null
      and a.unit_id = any ((select app.units_led())::integer[])));

-- It is signed when the last party signs.
create or replace function app.derive_agreement() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  case tg_table_name
    when 'controls_agreementsigning' then
      -- One at a time: of two parties that sign at the same moment, the second must see the first.
      perform 1 from controls_agreement where id = new.agreement_id for update;
      update controls_agreement set signed_at = new.at
      where id = new.agreement_id and signed_at is null and employer_ids <@ array(
        select s.employer_id::integer from controls_agreementsigning s where s.agreement_id = new.agreement_id);
    when 'controls_agreementreview' then
      update controls_agreement set reviewed_at = new.at where id = new.agreement_id;
  end case;
  return null;
end
$$;
revoke execute on function app.derive_agreement() from public;
create or replace trigger derive_agreement after insert on controls_agreementsigning
  for each row execute function app.derive_agreement();
create or replace trigger derive_agreement after insert on controls_agreementreview
  for each row execute function app.derive_agreement();

select app.keep_history('controls_agreement');
select app.keep_history('controls_agreementsigning');
select app.keep_history('controls_agreementreview');
