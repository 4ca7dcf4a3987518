-- Premises (requirement 3.1). Everybody who may read the unit's documents sees its buildings, zones and rooms, and what is
-- noted about each room: it is their safety. Leaders of the unit register and change.

select app.protect('premises_building');
select app.protect('premises_zone');
select app.protect('premises_room');
select app.protect('premises_roomnote');

grant select, insert on premises_building, premises_zone, premises_room, premises_roomnote
  to tryggmote_app, tryggmote_wide, tryggmote_all;
-- What a thing is called and how it is reached may be written anew; whose it is may not.
grant update (name, address, public_entrance, staff_entrance, parking, is_temporary, left_on) on premises_building
  to tryggmote_app, tryggmote_wide, tryggmote_all;
grant update (name, access, control) on premises_zone to tryggmote_app, tryggmote_wide, tryggmote_all;
grant update (name, kind, forms, zone_id, left_on) on premises_room to tryggmote_app, tryggmote_wide, tryggmote_all;

-- Whether one leads the unit that uses a building (`rules.may_change`).
create or replace function app.leads_building(building uuid) returns boolean
language sql stable as $$
  select exists (
    select 1 from premises_building b where b.id = building and b.unit_id = any ((select app.units_led())::integer[]))
$$;
create or replace function app.leads_zone(zone uuid) returns boolean
language sql stable as $$
  select exists (select 1 from premises_zone z where z.id = zone and app.leads_building(z.building_id))
$$;

create policy of_unit on premises_building for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (unit_id = any ((select app.units_in_sight())::integer[]));
create policy of_building on premises_zone for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from premises_building b where b.id = building_id));
create policy of_zone on premises_room for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from premises_zone z where z.id = zone_id));
create policy of_room on premises_roomnote for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from premises_room r where r.id = room_id));

create policy leader_registers on premises_building for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (created_by_id = (select app.me()) and unit_id = any ((select app.units_led())::integer[]));
create policy leader_registers on premises_zone for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (app.leads_building(building_id));
create policy leader_registers on premises_room for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (app.leads_zone(zone_id));
create policy leader_notes on premises_roomnote for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and is_latest and exists (
    select 1 from premises_room r where r.id = room_id and app.leads_zone(r.zone_id)));

create policy leader_changes on premises_building for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (unit_id = any ((select app.units_led())::integer[]));
create policy leader_changes on premises_zone for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (app.leads_building(building_id));
create policy leader_changes on premises_room for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (app.leads_zone(zone_id)) with check (app.leads_zone(zone_id));

-- What counts about a room is what was noted last. Two who note at once wait for each other on the room's row.
create or replace function app.latest_room_note() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform 1 from premises_room where id = new.room_id for update;
  update premises_roomnote set is_latest = false where room_id = new.room_id and is_latest;
  return new;
end
$$;
revoke execute on function app.latest_room_note() from public;
create or replace trigger latest_room_note before insert on premises_roomnote
  for each row execute function app.latest_room_note();

select app.keep_history('premises_building');
select app.keep_history('premises_zone');
select app.keep_history('premises_room');
select app.keep_history('premises_roomnote');
