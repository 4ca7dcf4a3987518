-- Figures about incidents for a unit and the units below it, for those who see how the unit stands on the standard
-- (`app.units_measured`). Those who lead or represent the unit see every number; to others a number is null where fewer
-- than five people are behind it, so that nobody can be made out.
create or replace function app.incident_figures(unit bigint, since timestamptz)
returns table (what text, code text, n integer)
language sql stable security definer set search_path = public, pg_temp as $$
  with seen as materialized (
    select i.concerned_id, i.assessed_level, coalesce(c.natures, i.natures) as natures,
      coalesce(c.channel, i.form) as channel, c.triggers, c.circumstances
    from organisation_unitclosure below
    join organisation_workforce w on w.unit_id = below.descendant_id
    join incidents_incident i on i.workforce_id = w.id and i.created_at >= since
    left join lateral (
      select * from incidents_classification c where c.incident_id = i.id order by c.at desc, c.id desc limit 1
    ) c on true
    where below.ancestor_id = unit and unit = any ((select app.units_measured())::integer[])
  ), counted as (
    select 'all' as what, '' as code, concerned_id from seen
    union all select 'levels', coalesce(assessed_level::text, '-'), concerned_id from seen
    union all select 'natures', code, concerned_id from seen, unnest(natures) code
    union all select 'channels', channel, concerned_id from seen
    union all select 'triggers', code, concerned_id from seen, unnest(triggers) code
    union all select 'circumstances', code, concerned_id from seen, unnest(circumstances) code
  )
  select counted.what, counted.code,
    case when count(distinct concerned_id) >= 5
           or unit = any ((select app.units_led())::integer[])
           or unit = any ((select app.units_represented())::integer[])
         then count(*)::integer end
  from counted
  group by counted.what, counted.code
$$;
revoke execute on function app.incident_figures(bigint, timestamptz) from public;
grant execute on function app.incident_figures(bigint, timestamptz) to tryggmote_app, tryggmote_wide, tryggmote_all;
