-- What goes with a unit that becomes a part of another, or with what is handed over (ADR 0032). A unit may then have two
-- residual risks of one element: each holds where it came from, until a leader makes one of them.
select app.goes_with_unit('residual_record', keeps_origin => true);

-- What is chosen for an element goes with the measure or procedure, and all of it with its unit; not what the other unit
-- has chosen itself. Such fillings say nothing new, and stay as history.
create or replace function app.hand_over_with_measures() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  went text[];
begin
  with gone as (
    update residual_filling f set unit_id = new.to_unit_id
    where f.unit_id = new.from_unit_id
      and (new.is_whole or f.id::text = any (app.chosen_of(new, 'residual_filling'))
        or exists (select 1 from controls_measure m where m.id = f.measure_id and m.unit_id = new.to_unit_id)
        or exists (select 1 from controls_procedure p where p.id = f.procedure_id and p.unit_id = new.to_unit_id))
      and not (f.ended_at is null and exists (
        select 1 from residual_filling own
        where own.unit_id = new.to_unit_id and own.ended_at is null and own.element = f.element and own.form = f.form
          and own.measure_id is not distinct from f.measure_id
          and own.procedure_id is not distinct from f.procedure_id and own.card = f.card))
    returning f.id
  )
  select array_agg(id::text) into went from gone;
  perform app.note_handed_over(new.id, 'residual_filling', went, false);
  return null;
end
$$;
-- What people must know of a residual risk goes with it, with who has confirmed.
create or replace function app.hand_over_with_records() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update information_item i set unit_id = new.to_unit_id
  from residual_version v join residual_record r on r.id = v.record_id
  where i.subject_id = v.id and i.is_standing and i.unit_id = new.from_unit_id and r.unit_id = new.to_unit_id;
  return null;
end
$$;
revoke execute on function app.hand_over_with_measures(), app.hand_over_with_records() from public;
create or replace trigger hand_over_with_measures after insert on organisation_handover
  for each row execute function app.hand_over_with_measures();
create or replace trigger hand_over_with_records after insert on organisation_handover
  for each row execute function app.hand_over_with_records();
