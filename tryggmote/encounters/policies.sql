-- Meetings, checks and reported risks (requirement 2.2). A meeting is its owner's alone. A check is seen by
-- those who are in the meeting, by the employee's daily and formal leader and the unit's leader; the safety
-- representative of the area sees those rated high. Nobody above, no colleague, no administrator.

select app.protect('encounters_meeting');
select app.protect('encounters_calendarfeed');
select app.protect('encounters_check');
select app.protect('encounters_checkcount');
select app.protect('encounters_riskreport');

-- Meetings and calendars: the owner plans, and nobody else looks.
grant select, insert, update, delete on encounters_calendarfeed to tryggmote_app, tryggmote_wide, tryggmote_all;
-- That it was checked is for the database alone to say (below).
grant select, insert, update (starts_at, ends_at, form, place, title, outcome, feed_id), delete on encounters_meeting
  to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy begins_unchecked on encounters_meeting as restrictive for insert
  to tryggmote_app, tryggmote_wide, tryggmote_all with check (checked_at is null);
create policy own_plan on encounters_meeting to tryggmote_app, tryggmote_wide, tryggmote_all
  using (owner_id = (select app.me())) with check (owner_id = (select app.me()));
create policy own_calendars on encounters_calendarfeed to tryggmote_app, tryggmote_wide, tryggmote_all
  using (owner_id = (select app.me())) with check (owner_id = (select app.me()));
-- The job that fetches calendars reads whose they are, and then acts as the owner; never the address.
grant select (id, owner_id) on encounters_calendarfeed to tryggmote_job;
create policy whose on encounters_calendarfeed for select to tryggmote_job using (true);
-- Meetings are removed 30 days after they were held.
grant select, delete on encounters_meeting to tryggmote_job;
create policy outlived on encounters_meeting for select to tryggmote_job
  using (starts_at < now() - interval '30 days');
create policy remove_outlived on encounters_meeting for delete to tryggmote_job
  using (starts_at < now() - interval '30 days');

-- What was answered is never changed; what was decided, answered and how it went is added.
grant select, insert on encounters_check to tryggmote_app, tryggmote_wide, tryggmote_all;
grant update (decision, decided_at, leader_asked_at, leader_answer, leader_words, answered_by_id, answered_at,
  override_reason, override_by_id, override_at, outcome, outcome_at)
  on encounters_check to tryggmote_app, tryggmote_wide, tryggmote_all;

-- Those in the meeting; the leaders of the employee and of the unit; the safety representative when it is high.
-- To stand above a unit opens no check, so the three roles have one policy. It calls the functions directly
-- also for people with many keys: those stand above, see next to nothing here, and would otherwise walk
-- through every check to find that out.
create policy involved on encounters_check for select to tryggmote_app, tryggmote_wide, tryggmote_all using (
  participant_ids @> array[app.me()]
  or workforce_id = any (app.led())
  or employee_id = any (app.team())
  or (level = 3 and safety_area_id = any (app.areas()))
);
-- Workforces one belongs to today, by working there.
create or replace function app.placed() returns integer[]
language sql stable as $$
  select coalesce(array_agg(p.workforce_id), '{}') from organisation_placement p
  where p.person_id = app.me() and p.starts_on <= app.today() and coalesce(p.ends_on >= app.today(), true)
$$;
-- One checks one's own meeting, is in it and works where it is. No leader has answered before the check is made.
create policy check_own_meeting on encounters_check for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (
    employee_id = (select app.me()) and participant_ids @> array[(select app.me())]
    and workforce_id = any ((select app.placed())::integer[])
    and answered_by_id is null and override_by_id is null
  );
-- A room of a check is one of the workplace's own, or of a unit above it up to the office (`rooms_to_choose`). Asked only
-- when a room is named, with a plan that is kept: the check's post is what people wait for.
create or replace function app.refuse_rooms_of_others() returns trigger
language plpgsql as $$
begin
  if not exists (
    select 1 from premises_room r
    join premises_zone z on z.id = r.zone_id
    join premises_building b on b.id = z.building_id
    join organisation_unit u on u.id = b.unit_id
    join organisation_unitclosure c on c.ancestor_id = u.id
      and (c.depth = 0 or u.kind not in ('directorate', 'county', 'municipality'))
    join organisation_workforce w on w.unit_id = c.descendant_id
    where r.id = new.room_id and w.id = new.workforce_id) then
    raise insufficient_privilege using message = 'The room is not one of the workplace.';
  end if;
  return new;
end
$$;
revoke execute on function app.refuse_rooms_of_others() from public;
create or replace trigger refuse_rooms_of_others before insert on encounters_check for each row
  when (new.room_id is not null and current_user <> 'tryggmote_owner') execute function app.refuse_rooms_of_others();
-- A meeting knows that it was checked, by its owner or by somebody else in it: then the evidence (2.2) does not depend on
-- the check, which may have been made well before the meeting and is deleted first. Others' plans are seen by nobody, so
-- the database writes it.
create or replace function app.note_that_meeting_is_checked() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update encounters_meeting m set checked_at = new.created_at
  where m.checked_at is null and (m.id = new.meeting_id and m.owner_id = new.employee_id
    or m.starts_at = new.starts_at and m.owner_id = any (new.participant_ids));
  return null;
end
$$;
revoke execute on function app.note_that_meeting_is_checked() from public;
create or replace trigger note_that_meeting_is_checked after insert on encounters_check for each row
  when (new.meeting_id is not null or new.starts_at is not null)
  execute function app.note_that_meeting_is_checked();
-- The employee decides, and tells how it went.
create policy employee_decides on encounters_check for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (employee_id = (select app.me()));
-- A leader answers, in their own name and not for somebody else.
create policy leader_answers on encounters_check for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (
    employee_id <> (select app.me())
    and (workforce_id = any ((select app.led())::integer[]) or employee_id = any ((select app.team())::integer[]))
  )
  with check (answered_by_id = (select app.me()) or override_by_id = (select app.me()));
-- A policy cannot tell columns apart. So a trigger keeps the employee from writing what leaders say, and leaders
-- from deciding: their answer may only take a decision back, so that it is made again.
create or replace function app.keep_to_own_part_of_check() returns trigger
language plpgsql as $$
begin
  if old.employee_id = app.me() then
    if (new.leader_answer, new.leader_words, new.answered_by_id, new.answered_at,
        new.override_reason, new.override_by_id, new.override_at)
       is distinct from
       (old.leader_answer, old.leader_words, old.answered_by_id, old.answered_at,
        old.override_reason, old.override_by_id, old.override_at) then
      raise insufficient_privilege using message = 'What leaders say of a check is theirs to write.';
    end if;
  elsif (new.outcome, new.outcome_at, new.leader_asked_at)
        is distinct from (old.outcome, old.outcome_at, old.leader_asked_at)
        or (new.decision <> old.decision and new.decision <> '')
        or new.answered_by_id is distinct from old.answered_by_id and new.answered_by_id <> app.me()
        or new.override_by_id is distinct from old.override_by_id and new.override_by_id <> app.me() then
    raise insufficient_privilege using message = 'What is decided, and how it went, is the employee''s to write.';
  end if;
  return new;
end
$$;
revoke execute on function app.keep_to_own_part_of_check() from public;
create or replace trigger keep_to_own_part before update on encounters_check for each row
  when (current_user in ('tryggmote_app', 'tryggmote_wide', 'tryggmote_all'))
  execute function app.keep_to_own_part_of_check();

-- Checks are deleted after 30 days; the job that does it sees no others, and keeps the counts.
grant select, delete on encounters_check to tryggmote_job;
create policy outlived on encounters_check for select to tryggmote_job
  using (created_at < now() - interval '30 days');
create policy remove_outlived on encounters_check for delete to tryggmote_job
  using (created_at < now() - interval '30 days');

-- Counts are figures for those who lead the unit or stand above it.
grant select on encounters_checkcount to tryggmote_app, tryggmote_wide, tryggmote_all;
grant select, insert, update on encounters_checkcount to tryggmote_job;
grant usage on sequence encounters_checkcount_id_seq to tryggmote_job;
create policy figures_of_unit on encounters_checkcount for select to tryggmote_app using (
  workforce_id = any (app.led()) or workforce_id = any (app.overseen()));
create policy figures_of_units on encounters_checkcount for select to tryggmote_wide using (
  workforce_id = any ((select app.led())::integer[]) or workforce_id = any ((select app.overseen())::integer[]));
create policy figures_of_all on encounters_checkcount for select to tryggmote_all using (app.me() is not null);
create policy counted on encounters_checkcount for select to tryggmote_job using (true);
create policy count on encounters_checkcount for insert to tryggmote_job with check (true);
create policy count_more on encounters_checkcount for update to tryggmote_job using (true) with check (true);

-- Stops and reported risks: the reporter, their leaders and the unit's, the safety representative of the area.
grant select, insert on encounters_riskreport to tryggmote_app, tryggmote_wide, tryggmote_all;
grant update (form, place, what, answer, answered_by_id, answered_at)
  on encounters_riskreport to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy involved on encounters_riskreport for select to tryggmote_app using (
  reporter_id = app.me()
  or workforce_id = any (app.led())
  or reporter_id = any (app.team())
  or safety_area_id = any (app.areas())
);
create policy involved_widely on encounters_riskreport for select to tryggmote_wide, tryggmote_all using (
  reporter_id = (select app.me())
  or workforce_id = any ((select app.led())::integer[])
  or reporter_id = any ((select app.team())::integer[])
  or safety_area_id = any ((select app.areas())::integer[])
);
-- One reports in one's own name from where one works, and nothing is answered yet.
create policy report_in_own_name on encounters_riskreport for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (
    reporter_id = (select app.me()) and workforce_id = any ((select app.placed())::integer[])
    and answered_at is null
  );
-- The reporter may add words, until it is answered.
create policy reporter_adds_words on encounters_riskreport for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (reporter_id = (select app.me()) and answered_at is null)
  with check (answered_at is null and answered_by_id is null and answer = '');
-- A leader answers once, in their own name, and never their own report.
create policy leader_answers on encounters_riskreport for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (
    reporter_id <> (select app.me()) and answered_at is null
    and (workforce_id = any ((select app.led())::integer[]) or reporter_id = any ((select app.team())::integer[]))
  )
  with check (answered_by_id = (select app.me()));
-- The words are the reporter's: whoever answers changes none of them.
create or replace function app.keep_the_reporters_words() returns trigger
language plpgsql as $$
begin
  raise insufficient_privilege using message = 'What was reported is the reporter''s to write.';
end
$$;
revoke execute on function app.keep_the_reporters_words() from public;
create or replace trigger keep_the_reporters_words before update of form, place, what on encounters_riskreport
  for each row
  when (current_user in ('tryggmote_app', 'tryggmote_wide', 'tryggmote_all') and old.reporter_id <> app.me())
  execute function app.keep_the_reporters_words();

-- The employee and the reporter see who has read what they wrote.
create policy readers_of_check on access_readentry for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (kind = 'check' and exists (
    select 1 from encounters_check c where c.id = object_id and c.employee_id = (select app.me())));
create policy readers_of_risk on access_readentry for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (kind = 'risk' and exists (
    select 1 from encounters_riskreport r where r.id = object_id and r.reporter_id = (select app.me())));

-- Checks have no history: it would outlive them.
select app.keep_history('encounters_riskreport');
