-- Requirements' status (compliance has no tables: it is computed from what people have done).

-- The units that requirements are measured for, of those in sight: workplaces that exist and are no part of another by
-- now. Counties, municipalities and the directorate are seen through the units below them.
create or replace function app.units_measured() returns integer[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(u.id), '{}') from organisation_unit u
  where u.kind in ('office', 'contact_centre', 'special', 'department', 'team')
    and coalesce(u.ended_on >= app.today(), true) and u.merged_into_id is null
    and ((select app.sees_all_units()) or u.id = any ((select app.units_in_sight())::integer[]))
$$;
