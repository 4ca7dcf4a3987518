-- Concerns: seen by whoever wrote them and those they were sent to, for as long as these lead or represent the writer.

select app.protect('concerns_concern');
select app.protect('concerns_recipient');
select app.protect('concerns_answer');
select app.protect('concerns_verdict');

-- The concerns one may read. A leader who no longer leads, and a representative who no longer represents, reads no more.
create or replace function app.concerns_seen() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(seen.id), '{}') from (
    select c.id from concerns_concern c where c.writer_id = app.me()
    union
    select c.id
    from concerns_recipient r join concerns_concern c on c.id = r.concern_id
    where r.person_id = app.me() and case r.capacity
      when 'representative' then c.safety_area_id = any (app.areas())
      else c.writer_id = any (app.team()) or c.workforce_id = any (app.led() || app.overseen())
        or app.has_role('directorate') end
  ) seen
$$;
-- Whether anybody was sent the concern as a leader: then it is not for a representative to answer.
create or replace function app.concern_reached_a_leader(concern uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from concerns_recipient r where r.concern_id = concern and r.capacity = 'leader')
$$;
revoke execute on function app.concerns_seen(), app.concern_reached_a_leader(uuid) from public;
grant execute on function app.concerns_seen(), app.concern_reached_a_leader(uuid)
  to tryggmote_app, tryggmote_wide, tryggmote_all;

grant select, insert on concerns_concern, concerns_recipient, concerns_answer, concerns_verdict
  to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy written_or_sent on concerns_concern for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (writer_id = (select app.me()) or id = any ((select app.concerns_seen())::uuid[]));
create policy of_concern on concerns_recipient for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (concern_id = any ((select app.concerns_seen())::uuid[]));
create policy of_concern on concerns_answer for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (concern_id = any ((select app.concerns_seen())::uuid[]));
create policy of_concern on concerns_verdict for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (concern_id = any ((select app.concerns_seen())::uuid[]));

-- One writes in one's own name, of where one works; nothing has been answered yet.
create policy write_in_own_name on concerns_concern for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (writer_id = (select app.me()) and answered_at is null and passed_on_at is null and is_settled is null
    and exists (select 1 from organisation_placement p
                where p.person_id = (select app.me()) and p.workforce_id = concerns_concern.workforce_id
                  and p.starts_on <= (select app.today()) and coalesce(p.ends_on >= (select app.today()), true)));
-- The writer sends it; those who have it share it where the writer has said so; afterwards only the job sends it on.
create policy writer_sends on concerns_recipient for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (exists (select 1 from concerns_concern c where c.id = concern_id and (
    (reason = 'sent' and c.writer_id = (select app.me()))
    or (reason = 'shared' and c.may_be_shared and c.writer_id <> (select app.me())))));
-- One who was sent it answers in their own name: a leader, or a representative when no leader was sent it.
create policy sent_answers on concerns_answer for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and exists (
    select 1 from concerns_recipient r
    where r.concern_id = concerns_answer.concern_id and r.person_id = (select app.me())
      and case when r.capacity = 'leader' then outcome <> 'followed'
          else outcome = 'followed' and not app.concern_reached_a_leader(r.concern_id) end));
-- The writer says, once, whether the answer settles it.
create policy writer_judges on concerns_verdict for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (exists (
    select 1 from concerns_concern c where c.id = concern_id and c.writer_id = (select app.me()) and c.answered_at is not null));

-- The job passes on what nobody has answered, or what was not settled. It reads who and when, never what was written.
grant select (id, workforce_id, safety_area_id, writer_id, may_be_shared, at, due_at, answered_at, passed_on_at)
  on concerns_concern to tryggmote_job;
grant select, insert on concerns_recipient to tryggmote_job;
create policy job_sees_waiting on concerns_concern for select to tryggmote_job using (true);
create policy job_reads on concerns_recipient for select to tryggmote_job using (true);
create policy job_passes_on on concerns_recipient for insert to tryggmote_job with check (reason in ('unanswered', 'unsettled'));

-- The writer sees who has read the concern, and when.
create policy readers_of_concern on access_readentry for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (kind = 'concern' and exists (
    select 1 from concerns_concern c where c.id = object_id and c.writer_id = (select app.me())));

-- Times are the server's: whatever a program says, what people do happens now, and the deadline follows from it.
-- Only the owner, who loads a history, says otherwise.
create or replace function app.stamp_with_deadline() returns trigger
language plpgsql as $$
begin
  if current_user <> 'tryggmote_owner' then
    new.at := clock_timestamp();
  end if;
  new.due_at := new.at + make_interval(days => app.threshold(tg_argv[0])::integer);
  return new;
end
$$;
revoke execute on function app.stamp_with_deadline() from public;
create or replace trigger stamp_with_deadline before insert on concerns_concern
  for each row execute function app.stamp_with_deadline('concern_days');
do $$
declare act text;
begin
  foreach act in array array['concerns_recipient', 'concerns_answer', 'concerns_verdict'] loop
    execute format('create or replace trigger happens_now before insert on %I for each row '
                   'when (current_user <> ''tryggmote_owner'') execute function app.happens_now()', act);
  end loop;
end
$$;

-- Where the concern stands follows from what was done. One answer at a time; passed on, it waits anew for the whole time.
create or replace function app.derive_concern() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  case tg_table_name
    when 'concerns_answer' then
      update concerns_concern set answered_at = new.at where id = new.concern_id and answered_at is null;
      if not found then
        raise check_violation using message = 'The concern is answered.';
      end if;
    when 'concerns_verdict' then
      update concerns_concern set is_settled = new.settles where id = new.concern_id;
    when 'concerns_recipient' then
      update concerns_concern set passed_on_at = new.at, answered_at = null,
        due_at = new.at + make_interval(days => app.threshold('concern_days')::integer)
      where id = new.concern_id;
  end case;
  return null;
end
$$;
revoke execute on function app.derive_concern() from public;
create or replace trigger derive_concern after insert on concerns_answer
  for each row execute function app.derive_concern();
create or replace trigger derive_concern after insert on concerns_verdict
  for each row execute function app.derive_concern();
create or replace trigger derive_concern after insert on concerns_recipient
  for each row when (new.reason in ('unanswered', 'unsettled')) execute function app.derive_concern();

select app.keep_history('concerns_concern');
select app.keep_history('concerns_recipient');
select app.keep_history('concerns_answer');
select app.keep_history('concerns_verdict');
