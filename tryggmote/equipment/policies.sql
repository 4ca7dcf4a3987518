-- Safety equipment and its tests (requirement 3.5). Everybody who may read the unit's documents sees its equipment and how
-- each test went, and records tests: it is their safety. Leaders of the unit keep the register.

select app.protect('equipment_item');
select app.protect('equipment_itemtest');
select app.protect('equipment_measuretest');
select app.protect('equipment_responsible');
select app.protect('equipment_importdraft');

-- A test is added and never changed. Of an item nobody but the database writes how it stands.
grant select, insert on equipment_item, equipment_itemtest, equipment_measuretest, equipment_responsible
  to tryggmote_app, tryggmote_wide, tryggmote_all;
grant update (name, type, room_id, zone_id, place, supplier, serial, interval_months, in_use_from, ended_on,
  taken_out_at) on equipment_item to tryggmote_app, tryggmote_wide, tryggmote_all;
grant update (person_id, chosen_by_id, chosen_at), delete on equipment_responsible to tryggmote_app, tryggmote_wide, tryggmote_all;

-- Whether a place lies in the unit's own premises; an item without one is somewhere in words.
create or replace function app.place_is_of_unit(unit bigint, room uuid, zone uuid) returns boolean
language sql stable as $$
  select room is null and zone is null or exists (
    select 1 from premises_building b
    join premises_zone z on z.building_id = b.id
    left join premises_room r on r.zone_id = z.id
    where b.unit_id = unit and (r.id = room or z.id = zone))
$$;

create policy of_unit on equipment_item for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (unit_id = any ((select app.units_in_sight())::integer[]));
create policy leader_registers on equipment_item for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (
    made_by_id = (select app.me()) and unit_id = any ((select app.units_led())::integer[])
    and app.place_is_of_unit(unit_id, room_id, zone_id)
    and tested_at is null and passed_on is null and not is_failing);
create policy leader_changes on equipment_item for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (unit_id = any ((select app.units_led())::integer[]))
  with check (app.place_is_of_unit(unit_id, room_id, zone_id));

-- Whoever sees an item sees its tests, and records one in their own name.
create policy of_item on equipment_itemtest for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from equipment_item i where i.id = item_id));
create policy own_test on equipment_itemtest for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and exists (select 1 from equipment_item i where i.id = item_id));

-- The same for measures that are in force and have an interval.
create policy of_measure on equipment_measuretest for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from controls_measure m where m.id = measure_id));
create policy own_test on equipment_measuretest for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and exists (
    select 1 from controls_measure m
    where m.id = measure_id and m.interval_months is not null and m.established_at is not null and m.cancelled_at is null));

-- Who is asked to test is seen with the equipment, and chosen by leaders of the unit among those who belong there.
create policy of_unit on equipment_responsible for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (unit_id = any ((select app.units_in_sight())::integer[]));
create policy leader_chooses on equipment_responsible for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (chosen_by_id = (select app.me()) and unit_id = any ((select app.units_led())::integer[])
              and app.belongs_to(person_id, unit_id));
create policy leader_chooses_anew on equipment_responsible for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (unit_id = any ((select app.units_led())::integer[]))
  with check (chosen_by_id = (select app.me()) and app.belongs_to(person_id, unit_id));
create policy leader_chooses_nobody on equipment_responsible for delete to tryggmote_app, tryggmote_wide, tryggmote_all
  using (unit_id = any ((select app.units_led())::integer[]));

-- A spreadsheet on its way in is seen by whoever sent it, and by nobody else. No history: it would outlive the file.
grant select, insert, delete on equipment_importdraft to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy own on equipment_importdraft for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (by_id = (select app.me()));
create policy own_file on equipment_importdraft for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and unit_id = any ((select app.units_led())::integer[]));
create policy own_removal on equipment_importdraft for delete to tryggmote_app, tryggmote_wide, tryggmote_all
  using (by_id = (select app.me()));
-- The job that forgets them after a day sees only how old they are.
grant select (id, created_at), delete on equipment_importdraft to tryggmote_job;
create policy job_sees_age on equipment_importdraft for select to tryggmote_job using (true);
create policy job_forgets on equipment_importdraft for delete to tryggmote_job using (true);

-- How an item stands follows from its latest test; what a phone sends late counts where it belongs in time. Two who test at
-- once wait for each other on the item's row. What was taken out is not tested.
create or replace function app.derive_item() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update equipment_item set
    tested_at = greatest(tested_at, new.at),
    is_failing = case when new.at >= coalesce(tested_at, new.at) then not new.passed else is_failing end,
    passed_on = case when new.passed then greatest(passed_on, (new.at at time zone 'Europe/Oslo')::date) else passed_on end
  where id = new.item_id and coalesce(ended_on >= (new.at at time zone 'Europe/Oslo')::date, true);
  if not found then
    raise check_violation using message = 'The item was taken out before it was tested.';
  end if;
  return null;
end
$$;
revoke execute on function app.derive_item() from public;
create or replace trigger derive_item after insert on equipment_itemtest for each row execute function app.derive_item();

-- Two who find the same measure failing wait for each other, so that one new measure comes of it.
create or replace function app.hold_tested_measure() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform 1 from controls_measure where id = new.measure_id for update;
  return null;
end
$$;
revoke execute on function app.hold_tested_measure() from public;
create or replace trigger hold_tested_measure after insert on equipment_measuretest
  for each row execute function app.hold_tested_measure();

-- A test is not of the future, and not older than what a phone may have kept: the intervals are counted from it. A minute
-- for clocks that differ.
create or replace function app.refuse_impossible_tests() returns trigger
language plpgsql as $$
begin
  if new.at > clock_timestamp() + interval '1 minute' or new.at < clock_timestamp() - interval '30 days' then
    raise check_violation using message = 'It cannot have been tested then.';
  end if;
  return new;
end
$$;
do $$
declare kind text;
begin
  foreach kind in array array['item', 'measure'] loop
    execute format('create or replace trigger refuse_impossible_tests before insert on equipment_%stest for each row '
                   'when (current_user <> ''tryggmote_owner'') execute function app.refuse_impossible_tests()', kind);
  end loop;
end
$$;

-- A failed test is a measure at once, whoever found it: nobody waits for a leader. The system plans it, in the name of the
-- one who tested, of what failed in their latest test and for an owner who belongs to the unit; nothing else.
create or replace function app.may_plan_after_failure(kind text, origin uuid, unit bigint, tester bigint, owner bigint)
returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select app.belongs_to(owner, unit) and case kind
    when 'equipment' then exists (
      select 1 from equipment_item i
      join equipment_itemtest t on t.item_id = i.id and t.at = i.tested_at and not t.passed and t.by_id = tester
      where i.id = origin and i.unit_id = unit and i.is_failing)
    when 'measure' then exists (
      select 1 from controls_measure m
      cross join lateral (
        select t.passed, t.by_id from equipment_measuretest t where t.measure_id = m.id order by t.at desc limit 1) latest
      where m.id = origin and m.unit_id = unit and not latest.passed and latest.by_id = tester)
    else false end
$$;
revoke execute on function app.may_plan_after_failure(text, uuid, bigint, bigint, bigint) from public;
grant execute on function app.may_plan_after_failure(text, uuid, bigint, bigint, bigint) to tryggmote_job;
grant insert on controls_measure to tryggmote_job;
create policy failed_test_plans on controls_measure for insert to tryggmote_job
  with check (
    app.may_plan_after_failure(origin_kind, origin_id, unit_id, created_by_id, owner_id)
    and established_at is null and evaluated_at is null and effect = '' and cancelled_at is null);

select app.keep_history('equipment_item');
select app.keep_history('equipment_itemtest');
select app.keep_history('equipment_measuretest');
select app.keep_history('equipment_responsible');

-- What stands in a building moves with it, with its tests. What is carried stays with those who carry it.
create or replace function app.move_equipment() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update equipment_item i set unit_id = new.unit_id
  from premises_zone z left join premises_room r on r.zone_id = z.id
  where z.building_id = new.id and (i.room_id = r.id or i.zone_id = z.id);
  return null;
end
$$;
revoke execute on function app.move_equipment() from public;
create or replace trigger move_equipment after update of unit_id on premises_building
  for each row when (old.unit_id <> new.unit_id) execute function app.move_equipment();

-- All of it goes with a unit that becomes a part of another (ADR 0032). Who tests a type is the receiving unit's choice.
select app.goes_with_unit('equipment_item');
select app.goes_with_unit('equipment_responsible', one_of => 'type');
