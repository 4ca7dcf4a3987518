-- Incidents (requirement 2.4). Who sees one: the reporter, the exposed, their daily and formal leader, the
-- leader of the unit, the safety representative of the area; a leader above when it was escalated or is
-- assessed at level 4 or 5. Nobody else: not colleagues, not administrators, not committees.

select app.protect('incidents_incident');
select app.protect('incidents_recipient');
select app.protect('incidents_opening');
select app.protect('incidents_reply');
select app.protect('incidents_assessedlevel');
select app.protect('incidents_escalation');
select app.protect('incidents_classification');

-- A report and an act are added and never changed. The job that escalates reads who and when, never the text.
grant select, insert on incidents_incident, incidents_recipient, incidents_opening, incidents_reply,
  incidents_assessedlevel, incidents_classification, incidents_escalation
  to tryggmote_app, tryggmote_wide, tryggmote_all;
grant select (id, reporter_id, exposed_id, concerned_id, workforce_id, safety_area_id, created_at,
  read_by_leader_at, escalated_at) on incidents_incident to tryggmote_job;
grant select, insert on incidents_recipient, incidents_escalation to tryggmote_job;

-- The reporter and the exposed; the leaders of the one concerned; the leader of the unit; the safety
-- representative of the area; a leader above when it was escalated or is very serious.
create policy involved on incidents_incident for select to tryggmote_app using (
  reporter_id = app.me()
  or concerned_id = app.me()
  or concerned_id = any (app.team())
  or workforce_id = any (app.led())
  or safety_area_id = any (app.areas())
  or (workforce_id = any (app.overseen()) and (escalated_at is not null or assessed_level >= 4))
);
-- The same for people who hold many keys, written so that the keys are read once.
create policy involved_widely on incidents_incident for select to tryggmote_wide using (
  reporter_id = (select app.me())
  or concerned_id = (select app.me())
  or concerned_id = any ((select app.team())::integer[])
  or workforce_id = any ((select app.led())::integer[])
  or safety_area_id = any ((select app.areas())::integer[])
  or (workforce_id = any ((select app.overseen())::integer[]) and (escalated_at is not null or assessed_level >= 4))
);
-- The directorate stands above every unit, and sees the same as any leader above.
create policy involved_everywhere on incidents_incident for select to tryggmote_all using (
  reporter_id = (select app.me())
  or concerned_id = (select app.me())
  or concerned_id = any ((select app.team())::integer[])
  or workforce_id = any ((select app.led())::integer[])
  or safety_area_id = any ((select app.areas())::integer[])
  or escalated_at is not null
  or assessed_level >= 4
);
-- The job that escalates sees what no leader has read yet.
create policy unread on incidents_incident for select to tryggmote_job using (read_by_leader_at is null);

-- One reports in one's own name, and a new report has not been read, answered or assessed.
create policy report_in_own_name on incidents_incident for insert
  to tryggmote_app, tryggmote_wide, tryggmote_all with check (
  reporter_id = (select app.me())
  and read_by_leader_at is null and read_by_representative_at is null and answered_at is null
  and assessed_level is null and escalated_at is null
);

-- Whoever sees the incident sees what was done about it. One's own rows come first: they need no look-up.
create policy of_incident on incidents_recipient for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (person_id = (select app.me()) or exists (select 1 from incidents_incident i where i.id = incident_id));
create policy of_incident on incidents_opening for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (person_id = (select app.me()) or exists (select 1 from incidents_incident i where i.id = incident_id));
create policy of_incident on incidents_reply for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from incidents_incident i where i.id = incident_id));
create policy of_incident on incidents_assessedlevel for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from incidents_incident i where i.id = incident_id));
create policy of_incident on incidents_classification for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from incidents_incident i where i.id = incident_id));
create policy of_incident on incidents_escalation for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from incidents_incident i where i.id = incident_id));
create policy job_reads on incidents_recipient for select to tryggmote_job using (true);
create policy job_reads on incidents_escalation for select to tryggmote_job using (true);

-- The one who reports writes down who is told at once; afterwards only the job tells more people.
create policy reporter_tells on incidents_recipient for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (exists (select 1 from incidents_incident i where i.id = incident_id and i.reporter_id = (select app.me())));
create policy reporter_passes_on on incidents_escalation for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (exists (select 1 from incidents_incident i where i.id = incident_id and i.reporter_id = (select app.me())));
create policy job_tells on incidents_recipient for insert to tryggmote_job with check (true);
create policy job_passes_on on incidents_escalation for insert to tryggmote_job with check (true);

-- A receipt is written by the one who reads, who is neither the reporter nor the exposed, in a capacity they
-- hold: the one they were told in, or what they lead, represent or stand above (`rules.capacity_of`).
create policy read_by_oneself on incidents_opening for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (person_id = (select app.me()) and exists (
    select 1 from incidents_incident i
    where i.id = incident_id and i.reporter_id <> (select app.me()) and i.concerned_id <> (select app.me())
      and (exists (select 1 from incidents_recipient told
                   where told.incident_id = i.id and told.person_id = (select app.me())
                     and told.capacity = incidents_opening.capacity)
           or case incidents_opening.capacity
              when 'leader' then i.concerned_id = any ((select app.team())::integer[])
                or i.workforce_id = any ((select app.led())::integer[])
              when 'safety_representative' then i.safety_area_id = any ((select app.areas())::integer[])
              when 'next_leader' then i.workforce_id = any ((select app.overseen())::integer[])
                or (select app.has_role('directorate'))
              end)));

-- A leader answers and assesses in their own name, and never in their own case. A safety representative
-- reads and does not answer for the employer.
do $$
declare act text;
begin
  foreach act in array array['incidents_reply', 'incidents_assessedlevel', 'incidents_classification'] loop
    execute format($policy$
      create policy leader_acts on %I for insert to tryggmote_app, tryggmote_wide, tryggmote_all
      with check (by_id = (select app.me()) and exists (
        select 1 from incidents_incident i
        where i.id = incident_id and i.reporter_id <> (select app.me()) and i.concerned_id <> (select app.me())
          and (i.concerned_id = any ((select app.team())::integer[])
               or i.workforce_id = any ((select app.led())::integer[])
               or i.workforce_id = any ((select app.overseen())::integer[])
               or (select app.has_role('directorate')))))
    $policy$, act);
  end loop;
end
$$;

-- The reporter, the exposed and the safety representative see who has read the incident.
create policy readers_of_incident on access_readentry for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (kind in ('incident', 'incident_export') and exists (
    select 1 from incidents_incident i
    where i.id = object_id
      and (i.reporter_id = (select app.me()) or i.concerned_id = (select app.me())
           or i.safety_area_id = any ((select app.areas())::integer[]))));

-- What lists show is derived from the acts by the database itself; no person and no job may set it.
create or replace function app.derive_incident() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  case tg_table_name
    when 'incidents_opening' then
      if new.capacity = 'safety_representative' then
        update incidents_incident set read_by_representative_at = new.at
        where id = new.incident_id and read_by_representative_at is null;
        perform app.derive_step(new.incident_id, 'representative', new.person_id, new.at);
      else
        update incidents_incident set read_by_leader_at = new.at
        where id = new.incident_id and read_by_leader_at is null;
        perform app.derive_step(new.incident_id, 'read', new.person_id, new.at);
      end if;
    when 'incidents_reply' then
      update incidents_incident set answered_at = new.at where id = new.incident_id and answered_at is null;
      perform app.derive_step(new.incident_id, 'answer', new.by_id, new.at);
    when 'incidents_assessedlevel' then
      update incidents_incident set assessed_level = new.level where id = new.incident_id;
      perform app.derive_step(new.incident_id, 'level', new.by_id, new.at);
    when 'incidents_classification' then
      perform app.derive_step(new.incident_id, 'classify', new.by_id, new.at);
    when 'incidents_escalation' then
      update incidents_incident set escalated_at = new.at where id = new.incident_id;
  end case;
  return null;
end
$$;
revoke execute on function app.derive_incident() from public;
create or replace trigger derive_incident after insert on incidents_opening
  for each row execute function app.derive_incident();
create or replace trigger derive_incident after insert on incidents_reply
  for each row execute function app.derive_incident();
create or replace trigger derive_incident after insert on incidents_assessedlevel
  for each row execute function app.derive_incident();
create or replace trigger derive_incident after insert on incidents_classification
  for each row execute function app.derive_incident();
create or replace trigger derive_incident after insert on incidents_escalation
  for each row execute function app.derive_incident();

select app.keep_history('incidents_incident');
select app.keep_history('incidents_recipient');
select app.keep_history('incidents_opening');
select app.keep_history('incidents_reply');
select app.keep_history('incidents_assessedlevel');
select app.keep_history('incidents_escalation');
select app.keep_history('incidents_classification');
