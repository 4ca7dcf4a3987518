-- Lessons (2.4, AML § 3-1). A draft is seen by those who lead or represent the unit, and by whoever wrote it. What is
-- shared is read within its scope until it is taken back. Somebody who is asked sees what they are asked about.

select app.protect('learning_lesson');
select app.protect('learning_lessonversion');
select app.protect('learning_lessonsource');
select app.protect('learning_lessonasking');
select app.protect('learning_lessonsharing');
select app.protect('learning_lessonwithdrawal');

-- The versions, and the lessons they are of, that the one who asks was asked about before they went beyond the unit.
create or replace function app.lesson_versions_asked_about() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(version_id), '{}') from learning_lessonasking where person_id = app.me()
$$;
create or replace function app.lessons_asked_about() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct v.lesson_id), '{}')
  from learning_lessonversion v where v.id = any (app.lesson_versions_asked_about())
$$;

grant select, insert on learning_lesson to tryggmote_app, tryggmote_wide, tryggmote_all;
-- What is shared with everybody is so with everybody who has signed in: asking who it is stops a program that forgot.
create policy shared_or_written on learning_lesson for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (
    (shared_number is not null and withdrawn_at is null
     and (shared_in_id is null and (select app.me()) is not null
          or shared_in_id = any ((select app.units_in_sight())::integer[])
          or unit_id = any ((select app.units_in_sight())::integer[])))
    or unit_id = any ((select app.units_led())::integer[])
    or unit_id = any ((select app.units_represented())::integer[])
    or created_by_id = (select app.me())
    or id = any ((select app.lessons_asked_about())::uuid[]));
-- Those who lead or represent a workplace write, in their own name; nothing is shared yet.
create policy write on learning_lesson for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (
    created_by_id = (select app.me())
    and (unit_id = any ((select app.units_led())::integer[])
         or unit_id = any ((select app.units_represented())::integer[]))
    and exists (select 1 from organisation_unit u
                where u.id = unit_id and u.kind not in ('directorate', 'county', 'municipality'))
    and shared_number is null and shared_scope = '' and shared_in_id is null and shared_at is null
    and withdrawn_at is null);

-- Readers see the version that is shared and no earlier one: it may have been replaced because it gave somebody away.
grant select, insert, update (title, happened, learned, changed, forms, circumstances, scope, by_id, at, revision, saved_with)
  on learning_lessonversion to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy shared_or_written on learning_lessonversion for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (
    by_id = (select app.me())
    or id = any ((select app.lesson_versions_asked_about())::uuid[])
    or exists (
      select 1 from learning_lesson l
      where l.id = lesson_id
        and ((l.shared_number = number and l.withdrawn_at is null)
             or l.unit_id = any ((select app.units_led())::integer[])
             or l.unit_id = any ((select app.units_represented())::integer[]))));
create policy write_draft on learning_lessonversion for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and shared_at is null and exists (
    select 1 from learning_lesson l
    where l.id = lesson_id and l.withdrawn_at is null
      and (l.unit_id = any ((select app.units_led())::integer[])
           or l.unit_id = any ((select app.units_represented())::integer[]))));
create policy write_on_draft on learning_lessonversion for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (shared_at is null and exists (
    select 1 from learning_lesson l
    where l.id = lesson_id and l.withdrawn_at is null
      and (l.unit_id = any ((select app.units_led())::integer[])
           or l.unit_id = any ((select app.units_represented())::integer[]))))
  with check (by_id = (select app.me()));

-- Which incidents a lesson comes from is seen by those who see the lesson and the incident.
grant select, insert on learning_lessonsource to tryggmote_app, tryggmote_wide, tryggmote_all;
grant usage on sequence learning_lessonsource_id_seq to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy of_incident on learning_lessonsource for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from incidents_incident i where i.id = incident_id)
         and exists (select 1 from learning_lesson l where l.id = lesson_id));
create policy name_source on learning_lessonsource for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (
    by_id = (select app.me())
    and exists (select 1 from incidents_incident i where i.id = incident_id)
    and exists (select 1 from learning_lesson l
                where l.id = lesson_id
                  and (l.unit_id = any ((select app.units_led())::integer[])
                       or l.unit_id = any ((select app.units_represented())::integer[]))));

-- Who was asked is seen by themselves, and by those who see the incident: nobody learns here who was exposed. Only
-- they answer. They are asked through `app.ask_exposed`, since not everybody who shares sees every incident.
grant select, update (answer, answered_at) on learning_lessonasking to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy asked on learning_lessonasking for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (person_id = (select app.me()) or exists (select 1 from incidents_incident i where i.id = incident_id));
create policy answer_oneself on learning_lessonasking for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (person_id = (select app.me()));

-- The exposed of the incidents a lesson comes from, in any report of them, who must be asked before it is shared so
-- far: always beyond the unit, and within it those to whom it happened elsewhere.
create or replace function app.exposed_to_ask(lesson uuid, scope text) returns table (person_id bigint, incident_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  with event as (
    select app.event_of(s.incident_id) as id from learning_lessonsource s where s.lesson_id = lesson
  ), report as (
    select id from event
    union
    select s.incident_id from incidents_sameevent s join event e on e.id = s.event_id where s.undone_at is null
  )
  select distinct on (i.exposed_id) i.exposed_id, i.id
  from report r
  join incidents_incident i on i.id = r.id and i.exposed_id is not null
  join organisation_workforce w on w.id = i.workforce_id
  join learning_lesson l on l.id = lesson
  where scope <> 'unit' or not exists (
    select 1 from organisation_unitclosure c where c.ancestor_id = l.unit_id and c.descendant_id = w.unit_id)
  order by i.exposed_id, i.id
$$;
revoke execute on function app.exposed_to_ask(uuid, text) from public;

-- Asks those who have not been asked about this revision, and returns them. Only for those who may write on it.
create or replace function app.ask_exposed(version uuid, until timestamptz) returns bigint[]
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  asked bigint[];
begin
  with written as (
    select v.* from learning_lessonversion v join learning_lesson l on l.id = v.lesson_id
    where v.id = version and v.shared_at is null and l.withdrawn_at is null
      and (l.unit_id = any (app.units_led()) or l.unit_id = any (app.units_represented()))
  ), made as (
    insert into learning_lessonasking
      (id, version_id, revision, incident_id, person_id, by_id, at, answer_by, answer)
    select gen_random_uuid(), w.id, w.revision, e.incident_id, e.person_id, app.me(), now(), until, ''
    from written w cross join lateral app.exposed_to_ask(w.lesson_id, w.scope) e
    where e.person_id <> app.me()
    on conflict do nothing
    returning person_id
  )
  select coalesce(array_agg(person_id), '{}') into asked from made;
  return asked;
end
$$;
revoke execute on function app.ask_exposed(uuid, timestamptz) from public;
grant execute on function app.ask_exposed(uuid, timestamptz) to tryggmote_app, tryggmote_wide, tryggmote_all;

-- Whether nobody of them stands in the way: each has said yes, or has had their days and not said no. One's own consent
-- is the sharing; that of nobody else can be named, or who was exposed could be guessed here.
drop function if exists app.exposed_agree(uuid, bigint);
create or replace function app.exposed_let(sharer bigint, version uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select not exists (
    select 1 from learning_lessonversion v
    cross join lateral app.exposed_to_ask(v.lesson_id, v.scope) e
    where v.id = version and e.person_id <> sharer and not exists (
      select 1 from learning_lessonasking a
      where a.version_id = v.id and a.revision = v.revision and a.person_id = e.person_id
        and (a.answer = 'yes' or (a.answer = '' and a.answer_by <= now()))))
$$;
create or replace function app.exposed_agree(version uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select app.exposed_let(app.me(), version)
$$;
revoke execute on function app.exposed_let(bigint, uuid) from public;
revoke execute on function app.exposed_agree(uuid) from public;
grant execute on function app.exposed_agree(uuid) to tryggmote_app, tryggmote_wide, tryggmote_all;

-- Within the unit those who lead or represent it share; beyond it a leader of the unit does.
grant select, insert on learning_lessonsharing, learning_lessonwithdrawal
  to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy of_version on learning_lessonsharing for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from learning_lessonversion v where v.id = version_id));
create policy leader_shares on learning_lessonsharing for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and exists (
    select 1 from learning_lessonversion v join learning_lesson l on l.id = v.lesson_id
    where v.id = version_id and l.withdrawn_at is null
      and (l.unit_id = any ((select app.units_led())::integer[])
           or (scope = 'unit' and l.unit_id = any ((select app.units_represented())::integer[])))));
create policy of_lesson on learning_lessonwithdrawal for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from learning_lesson l where l.id = lesson_id));
create policy take_back on learning_lessonwithdrawal for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and exists (
    select 1 from learning_lesson l
    where l.id = lesson_id
      and (l.unit_id = any ((select app.units_led())::integer[])
           or l.unit_id = any ((select app.units_represented())::integer[])
           or l.created_by_id = (select app.me()))));

-- Versions are numbered as they are written, whatever number is sent.
create or replace function app.number_lesson_version() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select coalesce(max(v.number), 0) + 1 into new.number
  from learning_lessonversion v where v.lesson_id = new.lesson_id;
  return new;
end
$$;
revoke execute on function app.number_lesson_version() from public;
create or replace trigger number_lesson_version before insert on learning_lessonversion
  for each row when (current_user <> 'tryggmote_owner') execute function app.number_lesson_version();

-- What has been shared stands as it was; a new version is written instead.
create or replace function app.keep_shared_lessons() returns trigger
language plpgsql as $$
begin
  raise insufficient_privilege using message = 'What is shared is not changed; a new version is written.';
end
$$;
create or replace trigger keep_shared_lessons before update on learning_lessonversion
  for each row when (old.shared_at is not null) execute function app.keep_shared_lessons();

-- Where a lesson stands is derived from what was done. A draft that was changed after it was read is not shared, nor
-- one that an exposed employee has not been asked about.
create or replace function app.derive_lesson() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  shared learning_lessonversion;
  reach integer;
begin
  case tg_table_name
    when 'learning_lessonsharing' then
      update learning_lessonversion set shared_at = new.at
      where id = new.version_id and revision = new.revision and scope = new.scope and shared_at is null
      returning * into shared;
      if not found then
        raise check_violation using message = 'The lesson is not as it was read.';
      end if;
      if not app.exposed_let(new.by_id, new.version_id) then
        raise check_violation using message = 'Those it happened to are asked first.';
      end if;
      select case new.scope
        when 'unit' then l.unit_id
        when 'county' then (
          select c.ancestor_id from organisation_unitclosure c
          join organisation_unit u on u.id = c.ancestor_id and u.kind = 'county'
          where c.descendant_id = l.unit_id order by c.depth limit 1)
        end into reach
      from learning_lesson l where l.id = shared.lesson_id;
      if new.scope <> 'all' and reach is null then
        raise check_violation using message = 'The unit belongs to no county.';
      end if;
      update learning_lesson
      set shared_number = shared.number, shared_scope = new.scope, shared_in_id = reach, shared_at = new.at
      where id = shared.lesson_id;
    when 'learning_lessonwithdrawal' then
      update learning_lesson set withdrawn_at = new.at where id = new.lesson_id and withdrawn_at is null;
  end case;
  return null;
end
$$;
revoke execute on function app.derive_lesson() from public;
create or replace trigger derive_lesson after insert on learning_lessonsharing
  for each row execute function app.derive_lesson();
create or replace trigger derive_lesson after insert on learning_lessonwithdrawal
  for each row execute function app.derive_lesson();

select app.keep_history('learning_lesson');
select app.keep_history('learning_lessonversion');
select app.keep_history('learning_lessonsource');
select app.keep_history('learning_lessonasking');
select app.keep_history('learning_lessonsharing');
select app.keep_history('learning_lessonwithdrawal');

-- Lessons go with a unit that becomes a part of another (ADR 0032).
select app.goes_with_unit('learning_lesson');
-- What was shared with the unit is shared with the one it has become a part of.
create or replace function app.hand_over_with_lessons() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update learning_lesson set shared_in_id = new.to_unit_id
  where unit_id = new.to_unit_id and shared_in_id = new.from_unit_id;
  return null;
end
$$;
revoke execute on function app.hand_over_with_lessons() from public;
create or replace trigger hand_over_with_lessons after insert on organisation_handover
  for each row execute function app.hand_over_with_lessons();
