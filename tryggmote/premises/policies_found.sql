-- Buildings are found by name and address, rooms by name; both follow the building's unit (ADR 0049).
select app.make_findable('building', 'premises_building', 'name, address, unit_id, left_on', $$
  select b.id::text, b.unit_id, true, '{}'::bigint[], b.name::text, b.address::text
  from premises_building b where b.left_on is null and ($1 is null or b.id = $1::uuid)
$$);
select app.make_findable('room', 'premises_room', 'name, zone_id, left_on', $$
  select r.id::text, b.unit_id, true, '{}'::bigint[], r.name::text, ''
  from premises_room r join premises_zone z on z.id = r.zone_id join premises_building b on b.id = z.building_id
  where r.left_on is null and ($1 is null or r.id = $1::uuid)
$$);
create or replace function app.find_rooms_anew() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform app.find_anew('room', r.id::text)
  from premises_room r join premises_zone z on z.id = r.zone_id where z.building_id = new.id;
  return null;
end
$$;
revoke execute on function app.find_rooms_anew() from public;
create or replace trigger find_rooms_anew after update of unit_id on premises_building
  for each row when (old.unit_id <> new.unit_id) execute function app.find_rooms_anew();
