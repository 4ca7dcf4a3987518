-- What is known of requirement 3.6.

-- Of those who have worked in a unit or below it long enough, how many have opened the book lately, and on which days,
-- the earliest first. The book of a unit below counts: it holds all that the one above does.
create view evidence_part_handbook as
select u.id as unit_id, counted.audience::integer, counted.openers::integer, counted.opened_on
from organisation_unit u
cross join lateral (
  select count(*) as audience, count(placed.opened_at) as openers,
    array_agg((placed.opened_at at time zone 'Europe/Oslo')::date order by placed.opened_at)
      filter (where placed.opened_at is not null) as opened_on
  from (
    select pl.person_id, min(pl.starts_on) as since, (
      select max(o.opened_at)
      from handbook_opening o
      join organisation_unitclosure book on book.descendant_id = o.unit_id and book.ancestor_id = u.id
      where o.person_id = pl.person_id
        and (o.opened_at at time zone 'Europe/Oslo')::date
          + make_interval(months => app.threshold('handbook_months')::integer) >= (select app.today())
    ) as opened_at
    from organisation_unitclosure below
    join organisation_workforce w on w.unit_id = below.descendant_id
    join organisation_placement pl on pl.workforce_id = w.id
      and pl.starts_on <= app.today() and coalesce(pl.ends_on >= app.today(), true)
    join organisation_person person on person.id = pl.person_id and coalesce(person.ended_on >= app.today(), true)
    where below.ancestor_id = u.id
    group by pl.person_id
  ) placed
  -- A newcomer has some days; one who has opened it already counts at once.
  where placed.opened_at is not null
    or placed.since <= app.today() - app.threshold('handbook_days')::integer
) counted
where u.id = any ((select app.units_measured())::integer[]);

-- How many should have opened it and how many have: for the page of those who lead or represent the unit.
create view evidence_openers as select unit_id, audience, openers from evidence_part_handbook;

-- 3.6: there is something established to read about, and enough have opened the book. That everything established is in
-- it, and that everybody in the unit can open it, is so by construction: the book is read from the records themselves.
-- An opening counts to the end of its last day. The evidence runs out on the day the share would fall if nobody opened it again.
create view evidence_3_6 as
select u.id as unit_id,
  case judged.reason
    when 'nobody_here' then 'not_applicable'
    when 'opened' then 'met'
    when 'not_opened' then 'partly'
    else 'missing' end as state,
  judged.reason,
  jsonb_build_object('audience', h.audience, 'openers', h.openers,
    'share', round(app.threshold('handbook_share') * 100),
    'months', app.threshold('handbook_months')) as figures,
  case when judged.reason = 'opened' then
    (h.opened_on[h.openers - wanted.openers + 1]
      + make_interval(months => app.threshold('handbook_months')::integer))::date end as runs_out_on
from organisation_unit u
join evidence_part_handbook h on h.unit_id = u.id
cross join lateral (select ceil(h.audience * app.threshold('handbook_share'))::integer as openers) wanted
cross join lateral (
  select exists (
    select 1 from organisation_unitclosure c
    join organisation_unit above on above.id = c.ancestor_id
      and (c.depth = 0 or above.kind not in ('directorate', 'county', 'municipality'))
    join controls_measure m on m.unit_id = c.ancestor_id and m.established_at is not null and m.cancelled_at is null
    where c.descendant_id = u.id
  ) or exists (
    select 1 from organisation_unitclosure c
    join controls_procedure p on p.unit_id = c.ancestor_id and p.in_force_number is not null and p.ended_at is null
    where c.descendant_id = u.id
  ) as something
) book
cross join lateral (select case
  when h.audience = 0 then 'nobody_here'
  when not book.something then 'empty'
  when h.openers = 0 then 'nobody_opened'
  when h.openers < wanted.openers then 'not_opened'
  else 'opened' end as reason) judged
where u.id = any ((select app.units_measured())::integer[]);
