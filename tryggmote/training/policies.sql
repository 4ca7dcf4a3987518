-- Training (4.1-4.3, 1.2, § 23A-2). What a person has learnt is seen by that person and by those who lead them; others see
-- counts (`evidence.sql`). What a unit asks for is seen by everybody who may read the unit's documents.

select app.protect('training_completion');
select app.protect('training_absence');
select app.protect('training_override');
select app.protect('training_localelement');
select app.protect('training_risklink');
select app.protect('training_renewal');

-- Those one leads today: one's team, and everybody placed in the workforces one leads directly.
create or replace function app.people_led() returns integer[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct led.id), '{}') from (
    select unnest(app.team()) as id
    union all
    select p.person_id from organisation_placement p
    where p.workforce_id = any (app.led()) and p.starts_on <= app.today() and coalesce(p.ends_on >= app.today(), true)
  ) led
  where led.id <> app.me()
$$;

-- A leader declares what one of theirs has done, never what they have done themselves. Everything else that was done is
-- written by the database from sessions, exercises, certificates and files (`app.complete_training`).
grant select, insert on training_completion to tryggmote_app, tryggmote_wide, tryggmote_all;
grant update (withdrawn_at, withdrawn_by_id) on training_completion to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy own_or_led on training_completion for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (person_id = (select app.me()) or person_id = any ((select app.people_led())::integer[]));
create policy leader_declares on training_completion for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (
    by_id = (select app.me()) and person_id = any ((select app.people_led())::integer[]) and source = 'declared'
    and subject_id is null and withdrawn_at is null and done_on <= (select app.today()));
create policy leader_withdraws on training_completion for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (withdrawn_at is null and person_id = any ((select app.people_led())::integer[]))
  with check (withdrawn_by_id = (select app.me()));

-- What other capabilities know was done, each from its own rows. Telling it again changes nothing.
create or replace function app.complete_training(
  person bigint, element text, done_on date, source text, subject uuid, by_person bigint
) returns void
language sql security definer set search_path = public, pg_temp as $$
  insert into training_completion (id, person_id, element, done_on, source, subject_id, by_id, at)
  values (gen_random_uuid(), person, element, done_on, source, subject, by_person, now())
  on conflict do nothing
$$;
revoke execute on function app.complete_training(bigint, text, date, text, uuid, bigint) from public;

-- And what turned out not to have been done.
create or replace function app.undo_training(person bigint, subject uuid, by_person bigint) returns void
language sql security definer set search_path = public, pg_temp as $$
  update training_completion set withdrawn_at = now(), withdrawn_by_id = by_person
  where person_id = person and subject_id = subject and withdrawn_at is null
$$;
revoke execute on function app.undo_training(bigint, uuid, bigint) from public;

-- Leave and exceptions: one's own, and those of the people one leads. Given by a leader, never to oneself.
grant select, insert on training_absence, training_override to tryggmote_app, tryggmote_wide, tryggmote_all;
grant update (ends_on, withdrawn_at) on training_absence to tryggmote_app, tryggmote_wide, tryggmote_all;
grant update (withdrawn_at) on training_override to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy own_or_led on training_absence for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (person_id = (select app.me()) or person_id = any ((select app.people_led())::integer[]));
create policy leader_records on training_absence for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (
    by_id = (select app.me()) and person_id = any ((select app.people_led())::integer[]) and withdrawn_at is null);
create policy leader_changes on training_absence for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (withdrawn_at is null and person_id = any ((select app.people_led())::integer[]))
  with check (person_id = any ((select app.people_led())::integer[]));
create policy own_or_led on training_override for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (person_id = (select app.me()) or person_id = any ((select app.people_led())::integer[]));
create policy leader_excepts on training_override for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (
    by_id = (select app.me()) and person_id = any ((select app.people_led())::integer[]) and withdrawn_at is null
    and starts_on = (select app.today())
    and until <= (select app.today()) + app.threshold('override_days')::integer);
create policy leader_takes_back on training_override for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (withdrawn_at is null and person_id = any ((select app.people_led())::integer[]))
  with check (person_id = any ((select app.people_led())::integer[]));

-- What the unit asks for itself, and which risks it links to: seen with the unit's documents, kept by its leaders.
grant select, insert on training_localelement, training_risklink to tryggmote_app, tryggmote_wide, tryggmote_all;
grant update (ended_at) on training_localelement, training_risklink to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy of_unit on training_localelement for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (unit_id = any ((select app.units_in_sight())::integer[]));
create policy leader_asks on training_localelement for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and ended_at is null and unit_id = any ((select app.units_led())::integer[]));
create policy leader_ends on training_localelement for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (ended_at is null and unit_id = any ((select app.units_led())::integer[]))
  with check (unit_id = any ((select app.units_led())::integer[]));
create policy of_unit on training_risklink for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (unit_id = any ((select app.units_in_sight())::integer[]));
create policy leader_links on training_risklink for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and ended_at is null and unit_id = any ((select app.units_led())::integer[]));
create policy leader_unlinks on training_risklink for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (ended_at is null and unit_id = any ((select app.units_led())::integer[]))
  with check (unit_id = any ((select app.units_led())::integer[]));

grant select on training_renewal to tryggmote_app, tryggmote_wide, tryggmote_all;
grant update (waived_at, waived_by_id, waived_why) on training_renewal to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy of_unit on training_renewal for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (unit_id = any ((select app.units_in_sight())::integer[]));
create policy leader_waives on training_renewal for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (waived_at is null and unit_id = any ((select app.units_led())::integer[]))
  with check (waived_by_id = (select app.me()));

select app.keep_history('training_completion');
select app.keep_history('training_absence');
select app.keep_history('training_override');
select app.keep_history('training_localelement');
select app.keep_history('training_risklink');
select app.keep_history('training_renewal');
