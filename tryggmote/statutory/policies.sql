-- What the law asks after an injury (ADR 0027). Notice (AML § 5-2): the leaders of the incident, the safety
-- representative of the area, and the one it happened to. The register (§ 5-1): the injured, their leaders,
-- and the readers the law names, which union representatives are not. Medical text: only while the injured consents.
-- The report (folketrygdloven § 13-14): the injured and their leaders.

select app.protect('statutory_judgement');
select app.protect('statutory_noticeact');
select app.protect('statutory_injury');
select app.protect('statutory_noinjury');
select app.protect('statutory_consent');
select app.protect('statutory_medicaldetail');
select app.protect('statutory_reportdecision');
select app.protect('statutory_reportsending');
select app.protect('statutory_limitreminder');

grant select, insert on statutory_judgement, statutory_noticeact, statutory_injury, statutory_noinjury,
  statutory_consent, statutory_medicaldetail, statutory_reportdecision, statutory_reportsending
  to tryggmote_app, tryggmote_wide, tryggmote_all;
-- What kind of injury it was, and how long the absence, may become clear later. Nothing else of a line changes.
grant update (kinds, absence) on statutory_injury to tryggmote_app, tryggmote_wide, tryggmote_all;
grant delete on statutory_medicaldetail to tryggmote_app, tryggmote_wide, tryggmote_all;
-- The job that reminds of the limit reads whose injury it is and when it happened, never what it was.
grant select (id, injured_id, workforce_id, happened_on) on statutory_injury to tryggmote_job;
grant select (id, injury_id, is_due, at) on statutory_reportdecision to tryggmote_job;
grant select (id, injury_id, "to") on statutory_reportsending to tryggmote_job;
grant select, insert on statutory_limitreminder to tryggmote_job;
grant select on statutory_limitreminder to tryggmote_app, tryggmote_wide, tryggmote_all;

-- Employees for whom one is occupational health service or sits on the working environment committee: two of the
-- readers that AML § 5-1 names. Asked once a query.
create or replace function app.workforces_registered() returns integer[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct below.workforce_id::integer), '{}')
  from organisation_roleassignment r
  join organisation_workforcereach below
    on below.unit_id = r.unit_id and (r.employer_id is null or r.employer_id = below.employer_id)
  where r.person_id = app.me() and r.role in ('occupational_health', 'committee_member')
    and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)
$$;

do $$
declare
  -- The leaders of the one concerned and of the unit; a leader above when it was escalated or is very serious.
  leads constant text := $sql$
    i.concerned_id = any ((select app.team())::integer[]) or i.workforce_id = any ((select app.led())::integer[])
    or ((i.escalated_at is not null or i.assessed_level >= 4)
        and (i.workforce_id = any ((select app.overseen())::integer[]) or (select app.has_role('directorate'))))
  $sql$;
  everybody constant text := 'tryggmote_app, tryggmote_wide, tryggmote_all';
  of_incident text;
begin
  -- Notice, and that nobody was injured: leaders, the safety representative, and the one it happened to.
  foreach of_incident in array array['statutory_judgement', 'statutory_noticeact', 'statutory_noinjury'] loop
    execute format($sql$
      create policy of_incident on %I for select to %s using (exists (
        select 1 from incidents_incident i
        where i.id = incident_id and (i.concerned_id = (select app.me())
          or i.safety_area_id = any ((select app.areas())::integer[]) or %s)))
    $sql$, of_incident, everybody, leads);
    -- A leader acts in their own name, and never in their own case (`policies_steps.sql` of incidents).
    execute format($sql$
      create policy leader_acts on %I for insert to %s with check (
        by_id = (select app.me()) and app.handles_incident(incident_id))
    $sql$, of_incident, everybody);
  end loop;

  -- The register is read by the injured, their leaders, the safety representative of the area, the occupational
  -- health service and the working environment committee. The Labour Inspection Authority gets a file.
  execute format($sql$
    create policy lawful_readers on statutory_injury for select to %s using (
      injured_id = (select app.me())
      or injured_id = any ((select app.team())::integer[])
      or workforce_id = any ((select app.led())::integer[])
      or safety_area_id = any ((select app.areas())::integer[])
      or workforce_id = any ((select app.workforces_registered())::integer[])
      or exists (select 1 from incidents_incident i where i.id = incident_id and (%s)))
  $sql$, everybody, leads);
  -- A leader of the incident enters one of the two it is about, and may say more of it later.
  execute format($sql$
    create policy leader_enters on statutory_injury for insert to %s with check (
      by_id = (select app.me()) and app.handles_incident(incident_id)
      and exists (select 1 from incidents_incident i
                  where i.id = incident_id and injured_id in (i.concerned_id, i.reporter_id)))
  $sql$, everybody);
  execute format($sql$
    create policy leader_says_more on statutory_injury for update to %s
      using (app.handles_incident(incident_id))
  $sql$, everybody);

  -- Whether there is consent is known to whoever reads the line. Only the injured gives it or takes it back.
  execute format($sql$
    create policy of_injury on statutory_consent for select to %s
      using (exists (select 1 from statutory_injury j where j.id = injury_id))
  $sql$, everybody);
  execute format($sql$
    create policy injured_decides on statutory_consent for insert to %s with check (
      by_id = (select app.me())
      and exists (select 1 from statutory_injury j where j.id = injury_id and j.injured_id = (select app.me())))
  $sql$, everybody);
  -- Medical text is written and deleted by the injured alone, and read with the line only while they consent.
  execute format($sql$
    create policy with_consent on statutory_medicaldetail for select to %s using (
      exists (select 1 from statutory_injury j where j.id = injury_id)
      and (select c.is_given from statutory_consent c where c.injury_id = statutory_medicaldetail.injury_id
           order by c.at desc, c.id desc limit 1))
  $sql$, everybody);
  execute format($sql$
    create policy injured_writes on statutory_medicaldetail for insert to %s with check (
      exists (select 1 from statutory_injury j where j.id = injury_id and j.injured_id = (select app.me()))
      and (select c.is_given from statutory_consent c where c.injury_id = statutory_medicaldetail.injury_id
           order by c.at desc, c.id desc limit 1))
  $sql$, everybody);
  execute format($sql$
    create policy injured_deletes on statutory_medicaldetail for delete to %s using (
      exists (select 1 from statutory_injury j where j.id = injury_id and j.injured_id = (select app.me())))
  $sql$, everybody);

  -- The report and its limit are the injured's and their leaders' matter, not the register's other readers'.
  foreach of_incident in array array['statutory_reportdecision', 'statutory_reportsending', 'statutory_limitreminder'] loop
    execute format($sql$
      create policy of_injury on %I for select to %s using (exists (
        select 1 from statutory_injury j
        where j.id = injury_id and (
          j.injured_id = (select app.me()) or j.injured_id = any ((select app.team())::integer[])
          or j.workforce_id = any ((select app.led())::integer[])
          or exists (select 1 from incidents_incident i where i.id = j.incident_id and (%s)))))
    $sql$, of_incident, everybody, leads);
  end loop;
  foreach of_incident in array array['statutory_reportdecision', 'statutory_reportsending'] loop
    execute format($sql$
      create policy leader_acts on %I for insert to %s with check (
        by_id = (select app.me()) and exists (
          select 1 from statutory_injury j where j.id = injury_id and app.handles_incident(j.incident_id)))
    $sql$, of_incident, everybody);
  end loop;
end
$$;

create policy job_reads on statutory_injury for select to tryggmote_job using (true);
create policy job_reads on statutory_reportdecision for select to tryggmote_job using (true);
create policy job_reads on statutory_reportsending for select to tryggmote_job using (true);
create policy job_reads on statutory_limitreminder for select to tryggmote_job using (true);
create policy job_reminds on statutory_limitreminder for insert to tryggmote_job with check (true);

-- The injured and the safety representative see who has read the line in the register.
create policy readers_of_injury on access_readentry for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (kind = 'injury' and exists (
    select 1 from statutory_injury j
    where j.id = object_id
      and (j.injured_id = (select app.me()) or j.safety_area_id = any ((select app.areas())::integer[]))));

select app.keep_history('statutory_judgement');
select app.keep_history('statutory_noticeact');
select app.keep_history('statutory_injury');
select app.keep_history('statutory_noinjury');
select app.keep_history('statutory_consent');
select app.keep_history('statutory_medicaldetail');
select app.keep_history('statutory_reportdecision');
select app.keep_history('statutory_reportsending');
