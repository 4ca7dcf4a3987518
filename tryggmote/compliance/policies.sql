-- Requirements' status: computed from what people have done, and kept by the database (`standing.sql`).

-- The units that requirements are measured for, of those in sight: workplaces that exist and are no part of another by
-- now. Counties, municipalities and the directorate are seen through the units below them.
create or replace function app.units_measured() returns integer[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(u.id), '{}') from organisation_unit u
  where u.kind in ('office', 'contact_centre', 'special', 'department', 'team')
    and coalesce(u.ended_on >= app.today(), true) and u.merged_into_id is null
    and ((select app.sees_all_units()) or u.id = any ((select app.units_in_sight())::integer[]))
$$;

-- How units have stood: as far as one may see how they stand. Nobody but the database writes it.
select app.protect('compliance_standing');
select app.protect('compliance_lastkept');
grant select on compliance_standing, compliance_lastkept to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy of_units_measured on compliance_standing for select to tryggmote_app, tryggmote_wide
  using (unit_id = any ((select app.units_measured())::integer[]));
-- Of a thousand units a set is searched faster than a list.
create policy of_all_units_measured on compliance_standing for select to tryggmote_all
  using (unit_id in (select unnest(app.units_measured())));
create policy known on compliance_lastkept for select to tryggmote_app, tryggmote_wide, tryggmote_all using (true);

-- How many work in each of these units and below it today; where people work is known to all.
create or replace function app.unit_sizes(units bigint[]) returns table (unit_id bigint, people integer)
language sql stable set search_path = public, pg_temp as $$
  select c.ancestor_id, count(distinct p.person_id)::integer
  from organisation_unitclosure c
  join organisation_workforce w on w.unit_id = c.descendant_id
  join organisation_placement p on p.workforce_id = w.id
  where c.ancestor_id = any (units) and p.starts_on <= app.today() and coalesce(p.ends_on >= app.today(), true)
  group by c.ancestor_id
$$;
-- Three bands of size, by the number of people; the same as `rollup.Size`.
create or replace function app.size_band(people integer) returns integer
language sql immutable parallel safe
return case when people >= 41 then 41 when people >= 16 then 16 else 0 end;

-- How many of the units of the same kind and size as this one meet each requirement, wherever they are: which they are
-- nobody is told, and of fewer than five nothing; nor where fewer than five are left when one takes away those one sees
-- oneself. Nothing for a unit out of sight.
create or replace function app.units_alike(asked bigint) returns table (rule text, met integer, n integer)
language sql stable security definer set search_path = public, pg_temp as $$
  with kin as materialized (
    select array_agg(other.id) as ids
    from organisation_unit u
    join organisation_unit other on other.kind = u.kind and other.merged_into_id is null
      and coalesce(other.ended_on >= app.today(), true)
    where u.id = asked and u.id = any ((select app.units_measured())::integer[])
  ), sized as materialized (
    select s.unit_id, app.size_band(s.people) as band from app.unit_sizes((select ids from kin)) s
  )
  select s.rule, count(*) filter (where s.state = 'met')::integer, count(*)::integer
  from sized own
  join sized other on other.band = own.band and other.unit_id <> own.unit_id
  join compliance_standing s on s.unit_id = other.unit_id and s.until_at is null and s.state <> 'not_applicable'
  where own.unit_id = asked
  group by s.rule
  having count(*) >= 5
    and count(*) filter (where other.unit_id <> all ((select app.units_measured())::integer[])) not between 1 and 4
$$;
revoke execute on function app.units_alike(bigint) from public;
grant execute on function app.units_alike(bigint) to tryggmote_app, tryggmote_wide, tryggmote_all;
