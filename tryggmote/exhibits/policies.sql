-- Evidence of incidents (issue of 2.4, straffeloven § 155). Who sees an exhibit, opens it and sees who has had it: those who
-- see the incident with its text, and whoever added it. Nobody else: not administrators. A job reads what no scanner has seen,
-- for the scanner.

select app.protect('exhibits_exhibit');
select app.protect('exhibits_chunk');
select app.protect('exhibits_custodyact');

-- An exhibit and its chain are added and never changed. The jobs seal files' keys anew, and have files scanned.
grant select, insert on exhibits_exhibit, exhibits_chunk, exhibits_custodyact
  to tryggmote_app, tryggmote_wide, tryggmote_all;
grant select (id, key_id, sealed_key, removed_at, scan, sha256), update (key_id, sealed_key)
  on exhibits_exhibit to tryggmote_job;
grant select (exhibit_id, part, number, content) on exhibits_chunk to tryggmote_job;

-- Whoever sees the incident, and whoever added it.
create policy of_incident on exhibits_exhibit for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (added_by_id = (select app.me()) or exists (select 1 from incidents_incident i where i.id = incident_id));
-- The same for its bytes and for its chain; but nobody opens what something harmful was found in.
create policy of_exhibit on exhibits_chunk for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from exhibits_exhibit e where e.id = exhibit_id and e.scan <> 'found'));
create policy of_exhibit on exhibits_custodyact for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from exhibits_exhibit e where e.id = exhibit_id));

-- One adds in one's own name, to an incident that one sees, and only something that is there.
create policy add_in_own_name on exhibits_exhibit for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (added_by_id = (select app.me()) and removed_at is null and scan in ('clean', 'not_scanned')
    and exists (select 1 from incidents_incident i where i.id = incident_id));
-- Bytes are put where one has just added something, before it has a chain: afterwards nothing can be put to it.
create policy put_what_one_adds on exhibits_chunk for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (exists (select 1 from exhibits_exhibit e where e.id = exhibit_id and e.added_by_id = (select app.me()))
    and not exists (select 1 from exhibits_custodyact c where c.exhibit_id = exhibits_chunk.exhibit_id));

-- A link of the chain is written in one's own name. To hand over and to remove is for a leader in whose own case it is
-- not (`incidents.rules.may_handle`).
create policy write_in_own_name on exhibits_custodyact for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and exists (select 1 from exhibits_exhibit e where e.id = exhibit_id)
    and (deed in ('added', 'viewed', 'fetched') or exists (
      select 1 from exhibits_exhibit e join incidents_incident i on i.id = e.incident_id
      where e.id = exhibit_id and i.reporter_id <> (select app.me()) and i.concerned_id <> (select app.me())
        and (i.concerned_id = any ((select app.team())::integer[])
             or i.workforce_id = any ((select app.led())::integer[])
             or i.workforce_id = any ((select app.overseen())::integer[])
             or (select app.has_role('directorate'))))));

-- The job seals the keys of files anew when the key they are sealed with has been replaced.
create policy job_finds_keys on exhibits_exhibit for select to tryggmote_job using (removed_at is null);
create policy job_seals_anew on exhibits_exhibit for update to tryggmote_job using (removed_at is null) with check (true);

-- The job opens what no scanner has seen, for the scanner, and has what that said written down: once, and it stands. Returns
-- who added it, who is told when something was found; null when it has been judged or removed.
create policy job_scans on exhibits_chunk for select to tryggmote_job
  using (exists (select 1 from exhibits_exhibit e where e.id = exhibit_id and e.scan = 'not_scanned'));
create or replace function app.judge_exhibit(exhibit uuid, verdict text) returns bigint
language sql volatile security definer set search_path = public, pg_temp as $$
  update exhibits_exhibit set scan = verdict
  where id = exhibit and scan = 'not_scanned' and removed_at is null and verdict in ('clean', 'found')
  returning added_by_id
$$;
revoke execute on function app.judge_exhibit(uuid, text) from public;
grant execute on function app.judge_exhibit(uuid, text) to tryggmote_job;

-- Those who see an exhibit see who has opened it, and its page; the reporter, the exposed and the safety representative also who has
-- looked at the list of an incident's evidence, as they do for the incident itself.
create policy readers_of_exhibit on access_readentry for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (kind in ('exhibit', 'exhibit_page') and exists (select 1 from exhibits_exhibit e where e.id = object_id));
create policy readers_of_exhibits on access_readentry for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (kind = 'exhibits' and exists (
    select 1 from incidents_incident i
    where i.id = object_id
      and (i.reporter_id = (select app.me()) or i.concerned_id = (select app.me())
           or i.safety_area_id = any ((select app.areas())::integer[]))));

-- Removing takes away the bytes and the key to them; what it was, its checksum, and who removed it and why, stay.
create or replace function app.remove_exhibit() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from exhibits_chunk where exhibit_id = new.exhibit_id;
  update exhibits_exhibit set removed_at = new.at, sealed_key = '' where id = new.exhibit_id and removed_at is null;
  return null;
end
$$;
revoke execute on function app.remove_exhibit() from public;
create or replace trigger remove_exhibit after insert on exhibits_custodyact
  for each row when (new.deed = 'removed') execute function app.remove_exhibit();

-- The names of the keys that stored files need, for the check before a process starts. No one is signed in then.
create or replace function app.exhibit_keys_in_use() returns setof text
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct key_id from exhibits_exhibit where removed_at is null
$$;
revoke execute on function app.exhibit_keys_in_use() from public;
grant execute on function app.exhibit_keys_in_use() to tryggmote_app, tryggmote_wide, tryggmote_all, tryggmote_job;

select app.keep_history('exhibits_exhibit');
select app.keep_history('exhibits_custodyact');
