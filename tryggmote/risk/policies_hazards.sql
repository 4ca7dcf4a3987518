-- The hazard inbox (requirements 1.1, 2.1). A hazard is read by whoever raised it or one merged into it, the unit's
-- leaders and safety representatives, and a leader above when it has been passed on.

select app.protect('risk_hazard');
select app.protect('risk_hazarddecision');
select app.protect('risk_hazardescalation');

-- When it was decided and passed on is kept by the database itself.
create or replace function app.derive_hazard() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  case tg_table_name
    when 'risk_hazarddecision' then update risk_hazard set decided_at = new.at where id = new.hazard_id;
    when 'risk_hazardescalation' then update risk_hazard set escalated_at = new.at where id = new.hazard_id;
  end case;
  return null;
end
$$;
revoke execute on function app.derive_hazard() from public;
create or replace trigger derive_hazard after insert on risk_hazarddecision
  for each row execute function app.derive_hazard();
create or replace trigger derive_hazard after insert on risk_hazardescalation
  for each row execute function app.derive_hazard();

-- The hazards in which those one raised have ended by being merged: their answer is the answer to one's own.
create or replace function app.hazards_mine_went_into() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
  with recursive onward as (
    select d.merged_into_id as id
    from risk_hazard h join risk_hazarddecision d on d.hazard_id = h.id
    where h.raised_by_id = app.me() and d.merged_into_id is not null
    union
    select d.merged_into_id
    from onward join risk_hazarddecision d on d.hazard_id = onward.id
    where d.merged_into_id is not null
  )
  select coalesce(array_agg(id), '{}') from onward
$$;
-- A hazard: whoever raised it, or one that was merged into it; the unit's leaders and safety representatives; and
-- leaders above once it is passed on.
grant select, insert on risk_hazard to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy raised_or_answered_for on risk_hazard for select to tryggmote_app, tryggmote_wide, tryggmote_all using (
  raised_by_id = (select app.me())
  or unit_id = any ((select app.units_led())::integer[])
  or unit_id = any ((select app.units_represented())::integer[])
  or (escalated_at is not null and unit_id = any ((select app.units_overseen())::integer[]))
  or id = any ((select app.hazards_mine_went_into())::uuid[])
);
-- When people raised and decided is when they did it, whatever the program says. Ten working days, which the program
-- counts, take at least 11 days and never a month, so nobody puts the deadline off.
create or replace function app.stamp_hazard() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  case tg_table_name
    when 'risk_hazard' then new.raised_at := clock_timestamp();
    when 'risk_hazarddecision' then new.at := clock_timestamp();
  end case;
  return new;
end
$$;
revoke execute on function app.stamp_hazard() from public;
create or replace trigger stamp_hazard before insert on risk_hazard for each row
  when (current_user in ('tryggmote_app', 'tryggmote_wide', 'tryggmote_all')) execute function app.stamp_hazard();
create or replace trigger stamp_hazard before insert on risk_hazarddecision for each row
  when (current_user in ('tryggmote_app', 'tryggmote_wide', 'tryggmote_all')) execute function app.stamp_hazard();
-- One raises a concern, or what a review of the premises found, in one's own name, in a unit whose documents one may
-- read; nothing is decided yet. What comes from an incident, a check or a report is raised by the system only.
create policy raise_in_own_name on risk_hazard for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (raised_by_id = (select app.me()) and unit_id = any ((select app.units_in_sight())::integer[])
              and source in ('concern', 'review') and source_id is null
              and due_at between raised_at + interval '11 days' and raised_at + interval '31 days'
              and decided_at is null and escalated_at is null);
grant select, insert on risk_hazarddecision to tryggmote_app, tryggmote_wide, tryggmote_all;
grant select on risk_hazardescalation to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy of_hazard on risk_hazarddecision for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from risk_hazard h where h.id = hazard_id));
create policy of_hazard on risk_hazardescalation for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from risk_hazard h where h.id = hazard_id));
-- A leader of the unit decides, in their own name; so does the leader above to whom it was passed on. Where it leads
-- to a scenario, that is one of an assessment of the unit or of one above it.
create policy leader_decides on risk_hazarddecision for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and exists (
    select 1 from risk_hazard h
    where h.id = hazard_id and (
      h.unit_id = any ((select app.units_led())::integer[])
      or (h.escalated_at is not null and h.unit_id = any ((select app.units_overseen())::integer[])))
      and ((risk_hazarddecision.assessment_id is null and risk_hazarddecision.lineage is null) or exists (
        select 1 from risk_assessment a
        join organisation_unitclosure c on c.ancestor_id = a.unit_id and c.descendant_id = h.unit_id
        join risk_version v on v.assessment_id = a.id
        join risk_scenario s on s.version_id = v.id and s.lineage = risk_hazarddecision.lineage
        where a.id = risk_hazarddecision.assessment_id))));
-- A hazard is merged with another of the same unit, and never round in a circle. One merge at a time in a unit, so
-- that each knows of the others.
create or replace function app.keep_merges_straight() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  of_unit integer := (select unit_id from risk_hazard where id = new.hazard_id);
begin
  perform pg_advisory_xact_lock(hashtext('risk.merge'), of_unit);
  if of_unit is distinct from (select unit_id from risk_hazard where id = new.merged_into_id) or exists (
    with recursive onward as (
      select new.merged_into_id as id
      union
      select d.merged_into_id
      from onward join risk_hazarddecision d on d.hazard_id = onward.id
      where d.merged_into_id is not null
    )
    select 1 from onward where id = new.hazard_id
  ) then
    raise check_violation using message = 'A hazard is merged with another one of its unit, not with itself.';
  end if;
  return new;
end
$$;
revoke execute on function app.keep_merges_straight() from public;
create or replace trigger keep_merges_straight before insert on risk_hazarddecision for each row
  when (new.merged_into_id is not null) execute function app.keep_merges_straight();
-- The system raises what incidents, checks and stops bring, and passes on what nobody has decided. Of a hazard it
-- reads where it is and how long it has waited, never what it says.
grant select (id, unit_id, source, source_id, raised_by_id, raised_at, due_at, decided_at, escalated_at), insert
  on risk_hazard to tryggmote_job;
grant select, insert on risk_hazardescalation to tryggmote_job;
create policy job_waits on risk_hazard for select to tryggmote_job using (true);
create policy job_raises on risk_hazard for insert to tryggmote_job with check (decided_at is null);
create policy job_passed_on on risk_hazardescalation for select to tryggmote_job using (true);
create policy job_passes_on on risk_hazardescalation for insert to tryggmote_job with check (true);

select app.keep_history('risk_hazard');
select app.keep_history('risk_hazarddecision');
select app.keep_history('risk_hazardescalation');
