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
