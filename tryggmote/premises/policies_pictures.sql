-- Pictures and plans of premises (3.1) show where people can be caught: they are seen by those who work in the unit, its
-- leaders and its representatives, and by nobody above or beside it.

-- Whether one belongs to the unit that uses a building. Guards and administrators see no content (`units_in_sight`).
create or replace function app.at_home_in(building uuid) returns boolean
language sql stable as $$
  select exists (
    select 1 from premises_building b
    where b.id = building and (
      (b.unit_id = any ((select app.member_units())::integer[])
       and b.unit_id = any ((select app.units_in_sight())::integer[]))
      or b.unit_id = any ((select app.units_led())::integer[])
      or b.unit_id = any ((select app.units_represented())::integer[])))
$$;

select app.protect('premises_picture');
grant select, insert, delete on premises_picture to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy at_home on premises_picture for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (app.at_home_in(building_id));
-- Leaders of the unit put them in and take them out; a picture of a room is of a room in that building.
create policy leader_shows on premises_picture for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and app.leads_building(building_id) and (room_id is null or exists (
    select 1 from premises_room r join premises_zone z on z.id = r.zone_id
    where r.id = room_id and z.building_id = premises_picture.building_id)));
create policy leader_removes on premises_picture for delete to tryggmote_app, tryggmote_wide, tryggmote_all
  using (app.leads_building(building_id));

select app.keep_history('premises_picture');
