-- What has happened in a unit counts for the one it has become a part of, on to the last of them (ADR 0032).

-- Each unit with the one its records count for: itself, or what it went into.
create view evidence_part_survivors as
with recursive onward as (
  select u.id as unit_id, u.merged_into_id as survivor_id from organisation_unit u where u.merged_into_id is not null
  union
  select o.unit_id, u.merged_into_id
  from onward o join organisation_unit u on u.id = o.survivor_id and u.merged_into_id is not null
), last as (
  select o.unit_id, o.survivor_id
  from onward o join organisation_unit u on u.id = o.survivor_id and u.merged_into_id is null
)
select u.id as unit_id, coalesce(last.survivor_id, u.id) as survivor_id
from organisation_unit u left join last on last.unit_id = u.id
where coalesce(last.survivor_id, u.id) = any ((select app.units_measured())::integer[]);

-- Each workforce (ADR 0003) with the unit that what happened to it counts for.
create view evidence_part_workforces as
select w.id, s.survivor_id as unit_id, w.employer_id
from organisation_workforce w join evidence_part_survivors s on s.unit_id = w.unit_id;
