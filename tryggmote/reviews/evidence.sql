-- What reviews prove of requirement 3.1.

-- Each building in use that counts for a unit: those of its office and of everything below it. Departments and teams have
-- the office's. `last_on`: when it was last reviewed as a whole and signed by both. `unreviewed`: how many changes are in
-- use that nobody has reviewed. `is_unsigned`: a review lacks only a signature.
create view evidence_part_premises as
select u.id as unit_id, office.id as office_id, b.id as building_id, whole.last_on,
  (whole.last_on + make_interval(months => app.threshold('review_months')::integer))::date as until,
  changes.unreviewed::integer, waiting.is_there as is_unsigned
from organisation_unit u
cross join lateral (
  select o.id from organisation_unitclosure c join organisation_unit o on o.id = c.ancestor_id
  where c.descendant_id = u.id and o.kind not in ('directorate', 'county', 'municipality')
  order by c.depth desc limit 1
) office
join organisation_unitclosure below on below.ancestor_id = office.id
join premises_building b on b.unit_id = below.descendant_id and b.left_on is null
cross join lateral (
  select (max(r.signed_at) at time zone 'Europe/Oslo')::date as last_on
  from reviews_review r where r.building_id = b.id and r.is_whole and r.signed_at is not null
) whole
cross join lateral (
  select count(*) as unreviewed from reviews_change c
  where c.building_id = b.id and c.ended_at is null and c.in_use_on <= app.today()
    and not exists (select 1 from reviews_review r where r.change_id = c.id and r.signed_at is not null)
) changes
cross join lateral (
  select exists (
    select 1 from reviews_review r join reviews_signature s on s.review_id = r.id
    where r.building_id = b.id and r.signed_at is null and r.cancelled_at is null) as is_there
) waiting
where u.id = any ((select app.units_measured())::integer[]);

-- 3.1: every building is reviewed as a whole within a year, with the safety representative, and after each change.
create view evidence_3_1 as
select u.id as unit_id,
  case when counted.buildings = 0 or counted.never = counted.buildings then 'missing'
       when judged.reason = 'reviewed' then 'met'
       else 'partly' end as state,
  judged.reason,
  jsonb_build_object('buildings', counted.buildings, 'never', counted.never, 'expired', counted.expired,
    'unreviewed', counted.unreviewed) as figures,
  case when judged.reason = 'reviewed' then counted.until end as runs_out_on
from organisation_unit u
cross join lateral (
  select count(*)::integer as buildings,
    count(*) filter (where p.last_on is null)::integer as never,
    count(*) filter (where p.until < app.today())::integer as expired,
    coalesce(sum(p.unreviewed), 0)::integer as unreviewed,
    coalesce(bool_or(p.is_unsigned), false) as is_unsigned,
    min(p.until) as until
  from evidence_part_premises p where p.unit_id = u.id
) counted
cross join lateral (select case
  when counted.buildings = 0 then 'no_building'
  when counted.unreviewed > 0 then 'in_use_unreviewed'
  when counted.never + counted.expired > 0 and counted.is_unsigned then 'not_signed'
  when counted.never > 0 then 'never_reviewed'
  when counted.expired > 0 then 'expired'
  else 'reviewed' end as reason) judged
where u.id = any ((select app.units_measured())::integer[]);
