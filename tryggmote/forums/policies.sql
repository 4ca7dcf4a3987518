-- Meetings of forums (requirement 1.3, AML § 7-2). Who sees one: those invited, and those who arrange such meetings in the
-- unit; a staff meeting, everybody who works there. What is published is read by all who read the unit's documents. No policy
-- here shows an incident: what a meeting is told of incidents is counted without text, name or day (`policies_incidents.sql`).

-- Units in which one's own employees work, as a director: the offices one owns a part of.
create or replace function app.units_owned() returns integer[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct w.unit_id::integer), '{}')
  from organisation_workforce w where w.id = any (app.overseen())
$$;
-- Units whose working environment committee one sits on.
create or replace function app.units_of_committee() returns integer[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct r.unit_id::integer), '{}') from organisation_roleassignment r
  where r.person_id = app.me() and r.role = 'committee_member'
    and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)
$$;
-- Meetings one is invited to.
create or replace function app.forums_invited() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(p.meeting_id), '{}') from forums_participant p where p.person_id = app.me()
$$;
-- Whether one calls such meetings in the unit, and writes their minutes: its leaders; for a partnership both its owners; for
-- a committee its members; for their own meetings the safety representatives.
create or replace function app.arranges_forum(unit bigint, kind text) returns boolean
language sql stable as $$
  select unit = any ((select app.units_led())::integer[])
    or (kind = 'partnership' and unit = any ((select app.units_owned())::integer[]))
    or (kind = 'committee' and unit = any ((select app.units_of_committee())::integer[]))
    or (kind = 'safety' and unit = any ((select app.units_represented())::integer[]))
$$;
-- Whether one sits at the meeting, or arranges it: sees what is not published.
create or replace function app.at_forum(meeting uuid) returns boolean
language sql stable as $$
  select exists (
    select 1 from forums_meeting m
    where m.id = meeting and (m.id = any ((select app.forums_invited())::uuid[]) or app.arranges_forum(m.unit_id, m.kind)
      or (m.kind = 'staff' and m.unit_id = any ((select app.member_units())::integer[]))))
$$;
-- Whether one may write in it: arranges it, and it is neither sent for approval nor called off.
create or replace function app.writes_forum(meeting uuid) returns boolean
language sql stable as $$
  select exists (
    select 1 from forums_meeting m
    where m.id = meeting and m.sent_at is null and m.called_off_at is null and app.arranges_forum(m.unit_id, m.kind))
$$;
-- Whether somebody may speak for a party in the unit's forum (`rules.side_of`). The state's side of a partnership is the
-- county director or the office's own leader when the state employs them; the municipality's is its director. Elsewhere
-- leaders sit for the employer, elected representatives for the employees, and members of a committee for either.
create or replace function app.may_sit(person bigint, unit bigint, kind text, side text) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  with held as (
    select r.role, above.depth as up, u.kind as held_in
    from organisation_roleassignment r
    join organisation_unit u on u.id = r.unit_id
    left join organisation_unitclosure above on above.ancestor_id = r.unit_id and above.descendant_id = unit
    left join organisation_unitclosure below on below.descendant_id = r.unit_id and below.ancestor_id = unit
    where r.person_id = person and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)
      and (above.id is not null or below.id is not null)
  )
  select case
    when side = '' then true
    when kind = 'partnership' and side = 'municipal' then exists (
      select 1 from held where role = 'municipal_director' and up is not null and held_in = 'municipality')
    when kind = 'partnership' and side = 'state' then exists (
      select 1 from held where role = 'county_director' and up is not null)
      or (exists (select 1 from held where role in ('leader', 'office_leader') and up = 0) and exists (
        select 1 from organisation_employment e join organisation_unit employer on employer.id = e.employer_id
        where e.person_id = person and employer.kind = 'directorate'
          and e.starts_on <= app.today() and coalesce(e.ends_on >= app.today(), true)))
    when kind = 'partnership' then false
    when side = 'employer' then exists (
      select 1 from held where up is not null and role in
        ('leader', 'office_leader', 'county_director', 'municipal_director', 'directorate', 'committee_member'))
    when side = 'employees' then exists (
      select 1 from held
      where role in ('safety_representative', 'chief_safety_representative', 'union_representative', 'committee_member'))
      and not exists (select 1 from held where up is not null and role in
        ('leader', 'office_leader', 'county_director', 'municipal_director', 'directorate'))
    else false end
$$;
revoke execute on function app.units_owned(), app.units_of_committee(), app.forums_invited(),
  app.may_sit(bigint, bigint, text, text) from public;
grant execute on function app.units_owned(), app.units_of_committee(), app.forums_invited(),
  app.may_sit(bigint, bigint, text, text) to tryggmote_app, tryggmote_wide, tryggmote_all;

select app.protect('forums_meeting');
select app.protect('forums_participant');
select app.protect('forums_point');
select app.protect('forums_case');
select app.protect('forums_caseanswer');
select app.protect('forums_decision');
select app.protect('forums_approval');
select app.protect('forums_return');
select app.protect('forums_pack');

grant select, insert on forums_meeting, forums_participant, forums_point, forums_case, forums_caseanswer, forums_decision,
  forums_approval, forums_return, forums_pack to tryggmote_app, tryggmote_wide, tryggmote_all;
grant delete on forums_participant to tryggmote_app, tryggmote_wide, tryggmote_all;
grant update (starts_at, place, called_off_at, sent_at, published_at) on forums_meeting
  to tryggmote_app, tryggmote_wide, tryggmote_all;
grant update (attended) on forums_participant to tryggmote_app, tryggmote_wide, tryggmote_all;
grant update (minutes, minutes_by_id, minutes_at) on forums_point to tryggmote_app, tryggmote_wide, tryggmote_all;
grant update (done_at, done_by_id) on forums_decision to tryggmote_app, tryggmote_wide, tryggmote_all;

create policy at_the_table on forums_meeting for select to tryggmote_app, tryggmote_wide, tryggmote_all using (
  id = any ((select app.forums_invited())::uuid[])
  or unit_id = any ((select app.units_led())::integer[])
  or (kind = 'partnership' and unit_id = any ((select app.units_owned())::integer[]))
  or (kind = 'committee' and unit_id = any ((select app.units_of_committee())::integer[]))
  or (kind = 'safety' and unit_id = any ((select app.units_represented())::integer[]))
  or (kind = 'staff' and unit_id = any ((select app.member_units())::integer[]))
  or (published_at is not null and unit_id = any ((select app.units_in_sight())::integer[]))
);
-- Whoever reads the meeting reads who was there, what was said, decided and approved.
do $$
declare part text;
begin
  foreach part in array array['participant', 'point', 'approval'] loop
    execute format('create policy of_meeting on forums_%s for select to tryggmote_app, tryggmote_wide, tryggmote_all '
                   'using (exists (select 1 from forums_meeting m where m.id = meeting_id))', part);
  end loop;
  -- Papers, what was sent back and which incidents are taken up are for those at the table.
  foreach part in array array['case', 'return', 'pack'] loop
    execute format('create policy at_the_table on forums_%s for select to tryggmote_app, tryggmote_wide, tryggmote_all '
                   'using (app.at_forum(meeting_id))', part);
  end loop;
end
$$;
-- Whoever is to see to a decision reads it, wherever they work.
create policy of_point on forums_decision for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (owner_id = (select app.me()) or exists (select 1 from forums_point p where p.id = point_id));

-- One calls a meeting in one's own name, of a forum the unit can have; nothing has happened in it yet.
create policy call on forums_meeting for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (called_by_id = (select app.me()) and app.arranges_forum(unit_id, kind) and round = 1
    and sent_at is null and approved_at is null and published_at is null and called_off_at is null
    and (kind <> 'partnership' or exists (select 1 from organisation_unit u where u.id = unit_id and u.kind = 'office')));
create policy lead on forums_meeting for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (app.arranges_forum(unit_id, kind)) with check (app.arranges_forum(unit_id, kind));
-- Nobody sits for a party they cannot speak for; an owner may send somebody in their own place.
create policy invite on forums_participant for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and attended is null and app.writes_forum(meeting_id) and exists (
    select 1 from forums_meeting m
    where m.id = meeting_id and app.belongs_to(person_id, m.unit_id) and case
      when sent_for_id is null then app.may_sit(person_id, m.unit_id, m.kind, side)
      else sent_for_id = (select app.me()) and m.kind = 'partnership' and side <> ''
        and app.may_sit((select app.me()), m.unit_id, m.kind, side)
        and not app.may_sit(person_id, m.unit_id, m.kind, case side when 'state' then 'municipal' else 'state' end) end));
create policy take_off on forums_participant for delete to tryggmote_app, tryggmote_wide, tryggmote_all
  using (attended is null and app.writes_forum(meeting_id));
create policy note_attendance on forums_participant for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (app.writes_forum(meeting_id)) with check (app.writes_forum(meeting_id));
create policy put_on on forums_point for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (app.writes_forum(meeting_id));
create policy write on forums_point for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (app.writes_forum(meeting_id)) with check (minutes_by_id = (select app.me()) and app.writes_forum(meeting_id));
create policy decide on forums_decision for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and done_at is null and exists (
    select 1 from forums_point p join forums_meeting m on m.id = p.meeting_id
    where p.id = point_id and app.writes_forum(m.id)
      and (app.belongs_to(owner_id, m.unit_id)
           or exists (select 1 from forums_participant x where x.meeting_id = m.id and x.person_id = owner_id))));
create policy see_to_it on forums_decision for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (becomes = 'task' and done_at is null and (owner_id = (select app.me()) or exists (
    select 1 from forums_point p join forums_meeting m on m.id = p.meeting_id
    where p.id = point_id and app.arranges_forum(m.unit_id, m.kind))))
  with check (done_by_id = (select app.me()));
-- A party approves through somebody who sat for it and was there, the minutes as they were sent.
create policy approve on forums_approval for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and exists (
    select 1 from forums_meeting m join forums_participant p on p.meeting_id = m.id
    where m.id = meeting_id and m.sent_at is not null and m.approved_at is null and m.round = forums_approval.round
      and p.person_id = (select app.me()) and p.attended and p.side <> '' and p.side = forums_approval.side));
create policy send_back on forums_return for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and exists (
    select 1 from forums_meeting m join forums_participant p on p.meeting_id = m.id
    where m.id = meeting_id and m.sent_at is not null and m.approved_at is null and m.round = forums_return.round
      and p.person_id = (select app.me()) and p.attended));
create policy ask_for on forums_pack for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and app.at_forum(meeting_id) and done = 0 and content is null
    and made_at is null and failed_at is null);

-- A meeting goes one way: written until it is sent, once it has been held; published once both parties have approved.
create or replace function app.keep_forum_order() returns trigger
language plpgsql as $$
begin
  if old.called_off_at is not null or (old.sent_at is not null
      and (new.sent_at, new.starts_at, new.place, new.called_off_at)
        is distinct from (old.sent_at, old.starts_at, old.place, old.called_off_at))
    or (new.sent_at is not null and new.starts_at > now())
    or (old.published_at is not null and new.published_at is distinct from old.published_at)
    or (new.published_at is not null and new.approved_at is null) then
    raise check_violation using message = 'The meeting does not go that way.';
  end if;
  return new;
end
$$;
create or replace trigger keep_forum_order before update on forums_meeting
  for each row when (current_user <> 'tryggmote_owner') execute function app.keep_forum_order();

-- Both parties have approved: then the minutes count. Sent back: then they are written anew.
create or replace function app.derive_forum() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform 1 from forums_meeting where id = new.meeting_id for update;
  if tg_table_name = 'forums_return' then
    update forums_meeting set sent_at = null, round = round + 1
    where id = new.meeting_id and round = new.round and sent_at is not null and approved_at is null;
    if not found then
      raise check_violation using message = 'The minutes are not waiting for approval.';
    end if;
  else
    update forums_meeting m set approved_at = new.at
    where m.id = new.meeting_id and m.approved_at is null and m.sent_at is not null
      and (select count(distinct a.side) from forums_approval a where a.meeting_id = m.id and a.round = m.round) = 2;
  end if;
  return null;
end
$$;
revoke execute on function app.derive_forum() from public;
create or replace trigger derive_forum after insert on forums_approval for each row execute function app.derive_forum();
create or replace trigger derive_forum after insert on forums_return for each row execute function app.derive_forum();
create or replace trigger happens_now before insert on forums_approval
  for each row when (current_user <> 'tryggmote_owner') execute function app.happens_now();

-- The job makes the papers as the one who asked for them, and puts them here.
grant select (id, meeting_id, language, by_id, done, total, made_at, failed_at),
  update (done, total, made_at, failed_at, content) on forums_pack to tryggmote_job;
create policy job_makes on forums_pack for select to tryggmote_job using (true);
create policy job_puts on forums_pack for update to tryggmote_job using (made_at is null) with check (true);

select app.keep_history('forums_meeting');
select app.keep_history('forums_participant');
select app.keep_history('forums_point');
select app.keep_history('forums_caseanswer');
select app.keep_history('forums_decision');
select app.keep_history('forums_approval');
select app.keep_history('forums_return');

-- Meetings go with a unit that becomes a part of another (ADR 0032).
select app.goes_with_unit('forums_meeting');
