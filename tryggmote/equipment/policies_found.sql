-- Equipment is found by name, where it is, serial number, and the code on its label, also typed in two (ADR 0049).
select app.make_findable(
  'equipment', 'equipment_item', 'name, place, room_id, zone_id, serial, supplier, code, unit_id, ended_on', $$
  select i.id::text, i.unit_id, true, '{}'::bigint[], i.name::text,
         concat_ws(' ', i.place, r.name, z.name, i.serial, i.supplier, i.code, left(i.code, 4), right(i.code, 4))
  from equipment_item i left join premises_room r on r.id = i.room_id left join premises_zone z on z.id = i.zone_id
  where $1 is null or i.id = $1::uuid
$$);
create or replace function app.find_equipment_anew() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform app.find_anew('equipment', i.id::text) from equipment_item i where new.id in (i.room_id, i.zone_id);
  return null;
end
$$;
revoke execute on function app.find_equipment_anew() from public;
create or replace trigger find_equipment_anew after update of name on premises_room
  for each row when (old.name <> new.name) execute function app.find_equipment_anew();
create or replace trigger find_equipment_anew after update of name on premises_zone
  for each row when (old.name <> new.name) execute function app.find_equipment_anew();
