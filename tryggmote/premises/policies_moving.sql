-- A building is moved by one who answers for both units, as leader or as director above: offices are merged and split.

select app.protect('premises_buildingmove');
grant select, insert on premises_buildingmove to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy of_building on premises_buildingmove for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from premises_building b where b.id = building_id));
create policy move on premises_buildingmove for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and app.answers_for(from_unit_id) and app.answers_for(to_unit_id)
    and exists (select 1 from premises_building b where b.id = building_id and b.unit_id = from_unit_id));

-- The building is where it was moved last. Of two who move it at once the second finds that it is elsewhere.
create or replace function app.move_building() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update premises_building set unit_id = new.to_unit_id where id = new.building_id and unit_id = new.from_unit_id;
  if not found then
    raise exception 'The building has been moved already.' using errcode = 'check_violation';
  end if;
  return null;
end
$$;
revoke execute on function app.move_building() from public;
create or replace trigger move_building after insert on premises_buildingmove
  for each row execute function app.move_building();

select app.keep_history('premises_buildingmove');

-- All buildings of a unit that becomes a part of another are moved; of a part of a unit, those chosen (ADR 0032).
create or replace function app.hand_over_buildings() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  went text[];
begin
  with moved as (
    insert into premises_buildingmove (id, building_id, from_unit_id, to_unit_id, by_id, at)
    select gen_random_uuid(), b.id, new.from_unit_id, new.to_unit_id, new.by_id, new.at
    from premises_building b
    where b.unit_id = new.from_unit_id
      and (new.is_whole or b.id::text = any (app.chosen_of(new, 'premises_building')))
    returning building_id
  )
  select array_agg(building_id::text) into went from moved;
  perform app.note_handed_over(new.id, 'premises_building', went, false);
  return null;
end
$$;
revoke execute on function app.hand_over_buildings() from public;
create or replace trigger hand_over_premises_building after insert on organisation_handover
  for each row execute function app.hand_over_buildings();
