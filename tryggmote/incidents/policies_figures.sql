-- Whether the one who asks may read every incident of the unit and the units below it, whoever it happens to: leads all
-- who work there, or represents every safety area there.
create or replace function app.reads_every_incident(unit bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select not exists (
    select 1 from organisation_unitclosure c join organisation_workforce w on w.unit_id = c.descendant_id
    where c.ancestor_id = unit and not w.id = any (app.led()))
  or (unit = any (app.units_represented()) and not exists (
    select 1 from organisation_unitclosure c
    join organisation_safetyarea a on a.unit_id = c.descendant_id
    where c.ancestor_id = unit and not a.id = any (app.areas()))
  and not exists (
    select 1 from organisation_unitclosure c
    join organisation_safetyarea a on a.unit_id = c.ancestor_id
    join organisation_unit u on u.id = a.unit_id and u.kind not in ('directorate', 'county', 'municipality')
    where c.descendant_id = unit and not a.id = any (app.areas())))
$$;
revoke execute on function app.reads_every_incident(bigint) from public;
grant execute on function app.reads_every_incident(bigint) to tryggmote_app, tryggmote_wide, tryggmote_all;

-- Figures about incidents for a unit and the units below it, for those who see how the unit stands on the standard
-- (`app.units_measured`) and may read every incident that is counted. Others are told that there are numbers they do not
-- see here: theirs are those of `statistics`, in fixed periods, so that none can be told from another (ADR 0055).
-- Several reports of one event, and what was told of it later, count once.
create or replace function app.incident_figures(unit bigint, since timestamptz)
returns table (what text, code text, n integer)
language sql stable security definer set search_path = public, pg_temp as $$
  with asked as materialized (
    select app.reads_every_incident(unit) as reads_all where unit = any ((select app.units_measured())::integer[])
  ), seen as materialized (
    select coalesce(same.event_id, later.earlier_id, i.id) as event_id, i.assessed_level,
      coalesce(c.natures, i.natures) as natures, coalesce(c.channel, i.form) as channel, c.triggers, c.circumstances
    from asked
    join organisation_unitclosure below on below.ancestor_id = unit and asked.reads_all
    join organisation_workforce w on w.unit_id = below.descendant_id
    join incidents_incident i on i.workforce_id = w.id and i.created_at >= since
    left join incidents_laterreport later on later.incident_id = i.id
    left join incidents_sameevent same
      on same.incident_id = coalesce(later.earlier_id, i.id) and same.undone_at is null
    left join lateral (
      select * from incidents_classification c where c.incident_id = i.id order by c.at desc, c.id desc limit 1
    ) c on true
  ), said as (
    select 'all' as what, '' as code, event_id from seen
    union all select 'levels', coalesce(assessed_level::text, '-'), event_id from seen
    union all select 'natures', code, event_id from seen, unnest(natures) code
    union all select 'channels', channel, event_id from seen
    union all select 'triggers', code, event_id from seen, unnest(triggers) code
    union all select 'circumstances', code, event_id from seen, unnest(circumstances) code
  )
  select said.what, said.code, count(distinct event_id)::integer from said group by said.what, said.code
  union all
  select 'all', '', null from asked where not asked.reads_all
$$;
revoke execute on function app.incident_figures(bigint, timestamptz) from public;
grant execute on function app.incident_figures(bigint, timestamptz) to tryggmote_app, tryggmote_wide, tryggmote_all;
