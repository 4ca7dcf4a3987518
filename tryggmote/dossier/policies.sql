-- Dossiers: made by and for one person, who may pass them on (issue of inspections; AML § 18-5).

select app.protect('dossier_dossier');
select app.protect('dossier_file');
select app.protect('dossier_invitation');
select app.protect('dossier_opening');

-- Units one looks into as an auditor, with all below.
create or replace function app.units_audited() returns integer[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct c.descendant_id), '{}')
  from organisation_roleassignment r join organisation_unitclosure c on c.ancestor_id = r.unit_id
  where r.person_id = app.me() and r.role = 'auditor'
    and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)
$$;

-- Units one may have a dossier of: those one leads, represents or sees from above, or audits.
create or replace function app.units_of_dossiers() returns integer[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct id), '{}')
  from unnest(app.units_led() || app.units_represented() || app.units_overseen() || app.units_audited()) id
  where id = any (app.units_measured())
$$;

grant select on dossier_dossier, dossier_file to tryggmote_app, tryggmote_wide, tryggmote_all;
grant insert on dossier_dossier to tryggmote_app, tryggmote_wide, tryggmote_all;

-- One's own, as long as one may have a dossier of the unit.
create policy own on dossier_dossier for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (by_id = (select app.me()) and unit_id = any ((select app.units_of_dossiers())::integer[]));
create policy ask_for on dossier_dossier for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and unit_id = any ((select app.units_of_dossiers())::integer[])
    and until <= app.today() and done = 0 and made_at is null and failed_at is null
    and rules = '' and data_digest = '' and seal = '');
create policy of_dossier on dossier_file for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from dossier_dossier d where d.id = dossier_id));

-- The job makes it as the one who asked, and puts the files here once. It never reads one.
grant select, update (done, total, made_at, failed_at, rules, data_digest, seal) on dossier_dossier to tryggmote_job;
grant insert on dossier_file to tryggmote_job;
create policy job_makes on dossier_dossier for select to tryggmote_job using (true);
create policy job_says on dossier_dossier for update to tryggmote_job using (made_at is null) with check (true);
create policy job_puts on dossier_file for insert to tryggmote_job
  with check (exists (select 1 from dossier_dossier d where d.id = dossier_id and d.made_at is null));

-- The events of a period in the unit and below it, each once, for one who may read every incident there: what, how serious,
-- in which form and month, and never the day, the place, the words or who. `people`: how many are behind all of them.
create or replace function app.dossier_incidents(unit bigint, since timestamptz, until timestamptz)
returns table (month date, natures text[], form text, level smallint, is_handled boolean, people integer)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not (unit = any (app.units_of_dossiers()) and app.reads_every_incident(unit)) then
    return;
  end if;
  return query
  with event as materialized (
    select distinct on (event.id) event.id, i.concerned_id, i.assessed_level, i.natures::text[] as natures, i.form::text as form,
      date_trunc('month', i.happened_at at time zone 'Europe/Oslo')::date as month,
      i.answered_at is not null and i.assessed_level is not null as is_handled
    from organisation_unitclosure below
    join organisation_workforce w on w.unit_id = below.descendant_id
    join incidents_incident i on i.workforce_id = w.id and i.created_at >= since and i.created_at < until
    left join incidents_laterreport later on later.incident_id = i.id
    left join incidents_sameevent same on same.incident_id = coalesce(later.earlier_id, i.id) and same.undone_at is null
    cross join lateral (select coalesce(same.event_id, later.earlier_id, i.id) as id) event
    where below.ancestor_id = unit
    order by event.id, i.created_at
  )
  select e.month, e.natures, e.form, e.assessed_level, e.is_handled,
    (select count(distinct x.concerned_id)::integer from event x)
  from event e
  order by e.month, e.form, e.assessed_level nulls first, e.natures;
end
$$;
revoke execute on function app.units_audited(), app.units_of_dossiers(),
  app.dossier_incidents(bigint, timestamptz, timestamptz) from public;
grant execute on function app.units_audited(), app.units_of_dossiers(),
  app.dossier_incidents(bigint, timestamptz, timestamptz) to tryggmote_app, tryggmote_wide, tryggmote_all;

-- Whoever made a dossier lets others in to it, sees who has opened it, and shuts the door again. An auditor lets nobody in.
grant select, insert, update (revoked_at) on dossier_invitation to tryggmote_app, tryggmote_wide, tryggmote_all;
grant select on dossier_opening to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy of_dossier on dossier_invitation for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from dossier_dossier d where d.id = dossier_id));
create policy invite on dossier_invitation for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (ends_at > now() and ends_at < now() + interval '91 days' and revoked_at is null and sent_at is null
    and code_asked_at is null and wrong_codes = 0 and wrong_in_all = 0 and exists (
      select 1 from dossier_dossier d where d.id = dossier_id and d.made_at is not null
        and d.unit_id = any (app.units_led() || app.units_represented() || app.units_overseen())));
create policy shut on dossier_invitation for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (revoked_at is null and exists (select 1 from dossier_dossier d where d.id = dossier_id))
  with check (revoked_at is not null);
create policy of_invitation on dossier_opening for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from dossier_invitation i where i.id = invitation_id));

-- Whoever comes by a link is nobody here: the job looks after the door as long as it is open, and writes down who went in.
-- What lies behind it is read as whoever made it, and is closed when they may not have it any more.
grant select, update (sent_at, code_asked_at, wrong_codes, wrong_in_all) on dossier_invitation to tryggmote_job;
grant insert on dossier_opening to tryggmote_job;
create policy door on dossier_invitation for select to tryggmote_job using (revoked_at is null and ends_at > now());
create policy door_kept on dossier_invitation for update to tryggmote_job
  using (revoked_at is null and ends_at > now()) with check (true);
create policy went_in on dossier_opening for insert to tryggmote_job
  with check (exists (select 1 from dossier_invitation i where i.id = invitation_id));
create or replace trigger happens_now before insert on dossier_opening
  for each row when (current_user <> 'tryggmote_owner') execute function app.happens_now();

select app.keep_history('dossier_dossier');
select app.keep_history('dossier_invitation');
