-- Risk assessments (requirements 1.1, 2.1). What is approved is read by everybody in the unit and by leaders and
-- representatives above it on both lines. A draft is read by those who take part in it, the unit's leaders and its
-- safety representatives.

select app.protect('risk_activity');
select app.protect('risk_assessment');
select app.protect('risk_version');
select app.protect('risk_factorjudgement');
select app.protect('risk_scenario');
select app.protect('risk_participant');
select app.protect('risk_opinion');
select app.protect('risk_notconsulted');
select app.protect('risk_approval');
select app.protect('risk_reopening');
select app.protect('risk_importdraft');

-- Versions one takes part in, and those of them one may write in. As the owner, since the tables ask each other.
create or replace function app.versions_taken_part_in() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(version_id), '{}') from risk_participant where person_id = app.me()
$$;
create or replace function app.versions_written_in() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(version_id), '{}') from risk_participant where person_id = app.me() and writes
$$;
create or replace function app.assessments_taken_part_in() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct v.assessment_id), '{}')
  from risk_participant p join risk_version v on v.id = p.version_id where p.person_id = app.me()
$$;

-- The mapping of the work is read by everybody in the unit, and kept by its leaders.
grant select, insert, update (name, forms, places, ended_at) on risk_activity
  to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy of_unit on risk_activity for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (unit_id = any ((select app.units_in_sight())::integer[]));
create policy leader_maps on risk_activity for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (added_by_id = (select app.me()) and unit_id = any ((select app.units_led())::integer[]));
create policy leader_keeps on risk_activity for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (unit_id = any ((select app.units_led())::integer[]));

-- An assessment is seen by the unit once a version is approved; before that by those who work on it.
grant select, insert, update (title, forms, activity_ids) on risk_assessment
  to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy approved_or_worked_on on risk_assessment for select
  to tryggmote_app, tryggmote_wide, tryggmote_all using (
  (approved_number is not null and unit_id = any ((select app.units_in_sight())::integer[]))
  or unit_id = any ((select app.units_led())::integer[])
  or unit_id = any ((select app.units_represented())::integer[])
  or id = any ((select app.assessments_taken_part_in())::uuid[])
);
-- A leader of the unit begins it, and nothing is approved yet.
create policy leader_begins on risk_assessment for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (created_by_id = (select app.me()) and unit_id = any ((select app.units_led())::integer[])
              and approved_number is null and approved_at is null and review_on is null
              and approved_forms = '{}' and approved_activity_ids = '{}');
-- Leaders change what it covers.
create policy leader_keeps on risk_assessment for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (unit_id = any ((select app.units_led())::integer[]));

-- A version: approved for the unit, a draft for those who work on it.
grant select, insert, update (consult_by, consulted_at, review_on, approved_at) on risk_version
  to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy approved_or_worked_on on risk_version for select
  to tryggmote_app, tryggmote_wide, tryggmote_all using (
  id = any ((select app.versions_taken_part_in())::uuid[])
  or exists (
    select 1 from risk_assessment a
    where a.id = assessment_id and (
      (risk_version.approved_at is not null and a.unit_id = any ((select app.units_in_sight())::integer[]))
      or a.unit_id = any ((select app.units_led())::integer[])
      or a.unit_id = any ((select app.units_represented())::integer[]))));
create policy leader_opens on risk_version for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (approved_at is null and exists (
    select 1 from risk_assessment a
    where a.id = assessment_id and a.unit_id = any ((select app.units_led())::integer[])));
-- Whoever acts on an assessment holds it first, so that two acts at the same moment follow each other: no save slips
-- in under an approval, two reasons open one draft, and several saves do not wait for each other in a ring.
create or replace function app.hold_assessment(held uuid) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  select from risk_assessment where id = held for update
$$;
-- Leaders consult and approve, as long as it is a draft.
create policy leader_decides on risk_version for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (approved_at is null and exists (
    select 1 from risk_assessment a
    where a.id = assessment_id and a.unit_id = any ((select app.units_led())::integer[])))
  with check (true);

-- Whoever sees the version sees what stands in it, who took part, what they said, and who approved.
do $$
declare part text;
begin
  foreach part in array array['factorjudgement', 'scenario', 'participant', 'opinion', 'notconsulted', 'approval',
                              'reopening'] loop
    execute format('grant select on risk_%s to tryggmote_app, tryggmote_wide, tryggmote_all', part);
    execute format('create policy of_version on risk_%s for select to tryggmote_app, tryggmote_wide, tryggmote_all '
                   'using (exists (select 1 from risk_version v where v.id = version_id))', part);
  end loop;
  -- Leaders of the unit and those invited to write change what stands in a draft, in their own name.
  foreach part in array array['factorjudgement', 'scenario'] loop
    execute format($policy$
      create policy write_in_draft on risk_%1$s for insert to tryggmote_app, tryggmote_wide, tryggmote_all
      with check (saved_by_id = (select app.me()) and (version_id = any ((select app.versions_written_in())::uuid[]) or exists (
        select 1 from risk_version v join risk_assessment a on a.id = v.assessment_id
        where v.id = version_id and a.unit_id = any ((select app.units_led())::integer[]))));
      create policy change_draft on risk_%1$s for update to tryggmote_app, tryggmote_wide, tryggmote_all
      using (version_id = any ((select app.versions_written_in())::uuid[]) or exists (
        select 1 from risk_version v join risk_assessment a on a.id = v.assessment_id
        where v.id = version_id and a.unit_id = any ((select app.units_led())::integer[])))
      with check (saved_by_id = (select app.me()));
    $policy$, part);
  end loop;
end
$$;
-- Reopenings are written by the system (below), in the name of whoever asks.
grant insert on risk_factorjudgement, risk_scenario, risk_participant, risk_opinion, risk_notconsulted, risk_approval
  to tryggmote_app, tryggmote_wide, tryggmote_all;
grant update (text, revision, saved_by_id, saved_at) on risk_factorjudgement
  to tryggmote_app, tryggmote_wide, tryggmote_all;
grant update (hazard, forms, factors, situation, causes, consequences, existing, is_especially_dangerous,
  inherent_likelihood,
  inherent_consequence, current_likelihood, current_consequence, residual_likelihood, residual_consequence,
  measure_ids, removed_at, revision, saved_by_id, saved_at) on risk_scenario
  to tryggmote_app, tryggmote_wide, tryggmote_all;

-- Leaders invite; a safety representative may join by themselves (AML § 6-2). Who no longer works here goes.
create policy invite on risk_participant for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (invited_by_id = (select app.me()) and exists (
    select 1 from risk_version v join risk_assessment a on a.id = v.assessment_id
    where v.id = version_id and v.approved_at is null
      and (a.unit_id = any ((select app.units_led())::integer[])
           or (person_id = (select app.me()) and not writes and capacity = 'safety_representative'
               and a.unit_id = any ((select app.units_represented())::integer[])))));
grant update (writes), delete on risk_participant to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy change_part on risk_participant for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (
    select 1 from risk_version v join risk_assessment a on a.id = v.assessment_id
    where v.id = version_id and v.approved_at is null and a.unit_id = any ((select app.units_led())::integer[])));
create policy take_out on risk_participant for delete to tryggmote_app, tryggmote_wide, tryggmote_all
  using (not exists (select 1 from risk_opinion o
                     where o.version_id = risk_participant.version_id and o.person_id = risk_participant.person_id)
         and exists (
    select 1 from risk_version v join risk_assessment a on a.id = v.assessment_id
    where v.id = version_id and v.approved_at is null and a.unit_id = any ((select app.units_led())::integer[])));

-- One gives one's own opinion on a draft one takes part in.
create policy own_opinion on risk_opinion for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (person_id = (select app.me()) and version_id = any ((select app.versions_taken_part_in())::uuid[])
              and exists (select 1 from risk_version v where v.id = version_id and v.approved_at is null));
-- A leader of the unit records who was not heard, in their own name and while it is a draft.
create policy leader_records on risk_notconsulted for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and exists (
    select 1 from risk_version v join risk_assessment a on a.id = v.assessment_id
    where v.id = version_id and v.approved_at is null and a.unit_id = any ((select app.units_led())::integer[])));
-- A leader of the unit approves, in their own name, while it is a draft, and for an employer they lead for.
create policy leader_approves on risk_approval for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (
    by_id = (select app.me())
    and exists (
      select 1 from risk_version v join risk_assessment a on a.id = v.assessment_id
      where v.id = version_id and v.approved_at is null and a.unit_id = any ((select app.units_led())::integer[]))
    and exists (
      select 1 from organisation_roleassignment r
      where r.person_id = (select app.me()) and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)
        and r.role in ('leader', 'office_leader', 'county_director', 'municipal_director', 'directorate')
        and (r.employer_id is null or r.employer_id = risk_approval.employer_id)));
-- An approval may be taken back by whoever gave it, until the version is in force.
grant delete on risk_approval to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy take_back on risk_approval for delete to tryggmote_app, tryggmote_wide, tryggmote_all
  using (by_id = (select app.me())
         and exists (select 1 from risk_version v where v.id = version_id and v.approved_at is null));

-- What has been approved stands as it was: no program and no job changes it or adds to it. Nor is it changed
-- under the pen of a second leader: with the first approval in, it must be taken back before anything is changed.
create or replace function app.keep_what_is_approved() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  of_version uuid := coalesce(to_jsonb(new)->>'version_id', to_jsonb(old)->>'version_id')::uuid;
begin
  perform 1 from risk_version v where v.id = of_version for update;
  if exists (select 1 from risk_version v where v.id = of_version and v.approved_at is not null)
     or exists (select 1 from risk_approval a where a.version_id = of_version) then
    raise insufficient_privilege using message = 'What is approved is not changed; a new version is.';
  end if;
  return new;
end
$$;
-- Nor does anybody join, speak or get recorded after it is in force.
create or replace function app.keep_who_took_part() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform 1 from risk_version v where v.id = new.version_id for update;
  if exists (select 1 from risk_version v where v.id = new.version_id and v.approved_at is not null) then
    raise insufficient_privilege using message = 'What is approved is not added to; a new version is.';
  end if;
  return new;
end
$$;
-- A version comes in force with an approval behind it and a review within two years, whoever writes it.
create or replace function app.keep_approval_sound() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from risk_approval a where a.version_id = new.id)
     or new.review_on <= app.today() or new.review_on > app.today() + interval '24 months' then
    raise insufficient_privilege using message = 'A version is approved by a leader, for two years at most.';
  end if;
  new.approved_at := now();
  return new;
end
$$;
-- What an assessment covers is part of what is approved: it is not changed between two approvals, and a change is a
-- new edition for those who have read an earlier one.
create or replace function app.keep_scope_between_approvals() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  draft uuid := (select v.id from risk_version v where v.assessment_id = new.id and v.approved_at is null);
begin
  if draft is null or exists (select 1 from risk_approval a where a.version_id = draft) then
    raise insufficient_privilege using message = 'What is approved is not changed; a new version is.';
  end if;
  update risk_version set edition = edition + 1 where id = draft;
  return new;
end
$$;
revoke execute on function app.keep_what_is_approved(), app.keep_who_took_part(), app.keep_approval_sound(),
  app.keep_scope_between_approvals() from public;
do $$
declare part text;
begin
  foreach part in array array['participant', 'opinion', 'notconsulted'] loop
    execute format('create or replace trigger keep_who_took_part before insert on risk_%s for each row '
                   'when (current_user <> ''tryggmote_owner'') execute function app.keep_who_took_part()', part);
  end loop;
end
$$;
create or replace trigger keep_approval_sound before update of approved_at on risk_version for each row
  when (current_user <> 'tryggmote_owner' and new.approved_at is not null)
  execute function app.keep_approval_sound();
create or replace trigger keep_scope_between_approvals before update of title, forms, activity_ids on risk_assessment
  for each row when (current_user <> 'tryggmote_owner') execute function app.keep_scope_between_approvals();
create or replace trigger keep_what_is_approved before insert or update on risk_factorjudgement for each row
  when (current_user <> 'tryggmote_owner') execute function app.keep_what_is_approved();
create or replace trigger keep_what_is_approved before insert or update on risk_scenario for each row
  when (current_user <> 'tryggmote_owner') execute function app.keep_what_is_approved();

-- The system opens assessments again (an incident, a date, a measure without effect): it copies what was approved.
grant select, insert on risk_version, risk_factorjudgement, risk_scenario, risk_participant, risk_reopening
  to tryggmote_job;
grant select on risk_assessment to tryggmote_job;
create policy job_reads on risk_assessment for select to tryggmote_job using (true);
do $$
declare part text;
begin
  foreach part in array array['version', 'factorjudgement', 'scenario', 'participant', 'reopening'] loop
    execute format('create policy job_copies on risk_%s for select to tryggmote_job using (true)', part);
    execute format('create policy job_adds on risk_%s for insert to tryggmote_job with check (true)', part);
  end loop;
end
$$;

-- What is derived is kept by the database itself: which version is in force, how often a draft was saved.
create or replace function app.derive_assessment() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.approved_at is not null then
    update risk_assessment set approved_number = new.number, approved_at = new.approved_at, review_on = new.review_on,
      approved_forms = new.forms, approved_activity_ids = new.activity_ids
    where id = new.assessment_id and coalesce(approved_number < new.number, true);
  end if;
  return null;
end
$$;
-- What an assessment covers may change while the next version is worked on: an approved one keeps what it covered.
create or replace function app.keep_scope() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select a.forms, a.activity_ids into new.forms, new.activity_ids
  from risk_assessment a where a.id = new.assessment_id;
  return new;
end
$$;
create or replace function app.count_edition() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update risk_version set edition = edition + 1 where id = new.version_id;
  return null;
end
$$;
revoke execute on function app.derive_assessment(), app.keep_scope(), app.count_edition()
  from public;
create or replace trigger keep_scope before insert or update of approved_at on risk_version for each row
  when (new.approved_at is not null) execute function app.keep_scope();
create or replace trigger derive_assessment after insert or update on risk_version
  for each row execute function app.derive_assessment();
create or replace trigger count_edition after insert or update on risk_factorjudgement
  for each row execute function app.count_edition();
create or replace trigger count_edition after insert or update on risk_scenario
  for each row execute function app.count_edition();
-- A spreadsheet on its way in is seen by whoever sent it, to a draft they see, and by nobody else. No history: it
-- would outlive the file.
grant select, insert, delete on risk_importdraft to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy own on risk_importdraft for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (by_id = (select app.me()));
create policy own_file on risk_importdraft for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me())
              and exists (select 1 from risk_version v where v.id = version_id and v.approved_at is null));
create policy own_removal on risk_importdraft for delete to tryggmote_app, tryggmote_wide, tryggmote_all
  using (by_id = (select app.me()));
-- The job that forgets them after a day sees only how old they are.
grant select (id, created_at), delete on risk_importdraft to tryggmote_job;
create policy job_sees_age on risk_importdraft for select to tryggmote_job using (true);
create policy job_forgets on risk_importdraft for delete to tryggmote_job using (true);

select app.keep_history('risk_activity');
select app.keep_history('risk_assessment');
select app.keep_history('risk_version');
select app.keep_history('risk_factorjudgement');
select app.keep_history('risk_scenario');
select app.keep_history('risk_participant');
select app.keep_history('risk_opinion');
select app.keep_history('risk_notconsulted');
select app.keep_history('risk_approval');
select app.keep_history('risk_reopening');

-- Where a scored risk lies by a matrix: 0 green, 1 yellow, 2 red; null for one that is not scored.
create or replace function app.area_rank(matrix jsonb, likelihood integer, consequence integer) returns integer
language sql immutable parallel safe
return array_position(array['green', 'yellow', 'red'], matrix->'cells'->(consequence - 1)->>(likelihood - 1)) - 1;
