-- What goes with a unit that becomes a part of another, or with assessments that are handed over (ADR 0032).
select app.goes_with_unit('risk_activity', keeps_origin => true);
select app.goes_with_unit('risk_assessment');
select app.goes_with_unit('risk_hazard');

-- An assessment takes the hazards that were decided into it, and the activities that no other of the unit's covers.
create or replace function app.hand_over_with_assessments() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  assessments uuid[] := array(
    select unnest(p.row_ids)::uuid from organisation_handoverpart p
    where p.handover_id = new.id and p.kind = 'risk_assessment');
  went text[];
begin
  with gone as (
    update risk_hazard h set unit_id = new.to_unit_id
    from risk_hazarddecision d
    where d.hazard_id = h.id and d.assessment_id = any (assessments) and h.unit_id = new.from_unit_id
    returning h.id
  )
  select array_agg(id::text) into went from gone;
  perform app.note_handed_over(new.id, 'risk_hazard', went, false);
  with gone as (
    update risk_activity a set unit_id = new.to_unit_id, came_from_id = new.from_unit_id
    where a.unit_id = new.from_unit_id
      and exists (
        select 1 from risk_assessment covers
        where covers.id = any (assessments) and a.id = any (covers.activity_ids || covers.approved_activity_ids))
      and not exists (
        select 1 from risk_assessment covers
        where covers.unit_id = new.from_unit_id and a.id = any (covers.activity_ids || covers.approved_activity_ids))
    returning a.id
  )
  select array_agg(id::text) into went from gone;
  perform app.note_handed_over(new.id, 'risk_activity', went, false);
  return null;
end
$$;
revoke execute on function app.hand_over_with_assessments() from public;
create or replace trigger hand_over_with_assessments after insert on organisation_handover
  for each row when (not new.is_whole and new.reverses_id is null) execute function app.hand_over_with_assessments();
