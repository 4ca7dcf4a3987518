-- The steps that an incident asks of leaders (2.4, § 23A-5). Whoever sees the incident sees them; and the leader of
-- the other employer's people in the office sees the step that is theirs (AML § 2-2), not the incident.

select app.protect('incidents_step');
select app.protect('incidents_steptaken');
grant select, insert, update (due_at, level, rule_version) on incidents_step
  to tryggmote_app, tryggmote_wide, tryggmote_all;
grant select, insert on incidents_steptaken to tryggmote_app, tryggmote_wide, tryggmote_all;

create policy of_incident_or_own on incidents_step for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (workforce_id = any ((select app.led())::integer[])
         or exists (select 1 from incidents_incident i where i.id = incident_id));
-- The job that tells the next leader sees which steps wait, never what anybody wrote.
grant select, update (raised_at) on incidents_step to tryggmote_job;
create policy job_reads on incidents_step for select to tryggmote_job using (done_at is null);
create policy job_raises on incidents_step for update to tryggmote_job using (done_at is null) with check (done_at is null);
create policy job_reads_overdue on incidents_incident for select to tryggmote_job
  using (exists (select 1 from incidents_step s where s.incident_id = incidents_incident.id and s.done_at is null));

create policy of_step on incidents_steptaken for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from incidents_step s where s.id = step_id));

-- A leader in whose own case it is not (`rules.may_handle`).
create or replace function app.handles_incident(incident uuid) returns boolean
language sql stable parallel safe
return exists (
  select 1 from incidents_incident i
  where i.id = incident and i.reporter_id <> app.me() and i.concerned_id <> app.me()
    and (i.concerned_id = any (app.team()) or i.workforce_id = any (app.led())
         or i.workforce_id = any (app.overseen()) or app.has_role('directorate')));

-- Whether the people of this workforce share the office in which it happened.
create or replace function app.is_of_its_office(incident uuid, workforce bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select 1
    from incidents_incident i
    join organisation_workforce place on place.id = i.workforce_id
    join organisation_workforce other on other.id = workforce
    join organisation_unitclosure up on up.descendant_id = place.unit_id
    join organisation_unit office on office.id = up.ancestor_id
      and office.kind not in ('directorate', 'county', 'municipality')
    join organisation_unitclosure down on down.ancestor_id = office.id and down.descendant_id = other.unit_id
    where i.id = incident)
$$;
revoke execute on function app.is_of_its_office(uuid, bigint) from public;
grant execute on function app.is_of_its_office(uuid, bigint) to tryggmote_app, tryggmote_wide, tryggmote_all;

-- What every report asks for is written by the one who reports; the rest by the leader who sets the level.
create policy asked_at_report on incidents_step for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (level is null and done_at is null and done_by_id is null and outcome = '' and raised_at is null and exists (
    select 1 from incidents_incident i
    where i.id = incident_id and i.reporter_id = (select app.me()) and i.workforce_id = incidents_step.workforce_id));
create policy asked_by_level on incidents_step for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (level is not null and done_at is null and done_by_id is null and outcome = '' and raised_at is null
              and app.handles_incident(incident_id) and app.is_of_its_office(incident_id, workforce_id));
create policy due_earlier on incidents_step for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (app.handles_incident(incident_id)) with check (app.handles_incident(incident_id));

-- A deadline is never put off, by nobody.
create or replace function app.refuse_later_deadline() returns trigger
language plpgsql as $$
begin
  -- What was taken back and is asked for again begins anew.
  if new.due_at > old.due_at and old.outcome <> 'not_needed' then
    raise exception 'A deadline is not put off.';
  end if;
  return new;
end
$$;
revoke execute on function app.refuse_later_deadline() from public;
create or replace trigger never_later before update of due_at on incidents_step
  for each row execute function app.refuse_later_deadline();

-- A step of one's own employer is taken by whoever handles the incident; that of the other employer by a leader of
-- its people (`rules.may_take_shared`). The level, whoever sets it, takes the other's step back and asks for it again.
create policy taken_by_leader on incidents_steptaken for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and exists (
    select 1 from incidents_step s
    where s.id = step_id
      and ((app.handles_incident(s.incident_id) and exists (
             select 1 from incidents_incident i
             where i.id = s.incident_id and (
               i.workforce_id = s.workforce_id
               or (incidents_steptaken.outcome = 'not_needed' and not app.level_asks_for(s.code, i.assessed_level))
               or (incidents_steptaken.outcome = 'asked_again' and s.outcome = 'not_needed'))))
           or (s.workforce_id = any ((select app.led())::integer[])
               and not exists (select 1 from incidents_incident i
                               where i.id = s.incident_id and i.workforce_id = s.workforce_id)))));

-- What stands on a step is derived from what was done, by the database itself.
create or replace function app.derive_step(incident uuid, step text, who bigint, moment timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  update incidents_step set done_at = moment, done_by_id = who, outcome = 'done'
  where incident_id = incident and code = step and done_at is null
$$;
revoke execute on function app.derive_step(uuid, text, bigint, timestamptz) from public;

create or replace function app.derive_step_taken() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.outcome = 'asked_again' then
    update incidents_step set done_at = null, done_by_id = null, outcome = '', raised_at = null
    where id = new.step_id;
  else
    update incidents_step set done_at = new.at, done_by_id = new.by_id, outcome = new.outcome
    where id = new.step_id;
  end if;
  return null;
end
$$;
revoke execute on function app.derive_step_taken() from public;
create or replace trigger derive_step_taken after insert on incidents_steptaken
  for each row execute function app.derive_step_taken();

-- What the leader of the other employer's people may know of an incident they share: where in the office, which
-- meeting form, when and how serious; never what happened or to whom.
create or replace function app.shared_incidents()
returns table (step_id uuid, unit_id bigint, form text, happened_at timestamptz, assessed_level smallint)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, w.unit_id, i.form, i.happened_at, i.assessed_level
  from incidents_step s
  join incidents_incident i on i.id = s.incident_id and i.workforce_id <> s.workforce_id
  join organisation_workforce w on w.id = i.workforce_id
  where s.workforce_id = any (app.led())
$$;
revoke execute on function app.shared_incidents() from public;
grant execute on function app.shared_incidents() to tryggmote_app, tryggmote_wide, tryggmote_all;

select app.keep_history('incidents_step');
select app.keep_history('incidents_steptaken');
