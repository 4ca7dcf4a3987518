-- What is known of means of alerting (forskrift om organisering § 10-6).

-- The latest passed test of calling for help in each unit or above it, in the last twelve months (3.5):
-- it counts to the end of its last day.
create view evidence_part_tests as
select u.id as unit_id, max(c.ended_at) as passed_at
from organisation_unit u
join organisation_unitclosure near on near.descendant_id = u.id
join evidence_part_survivors place on place.survivor_id = near.ancestor_id
join assistance_call c on c.unit_id = place.unit_id
  and c.outcome in ('worked', 'done') and c.acknowledged_at is not null
  and (c.ended_at at time zone 'Europe/Oslo')::date
    + make_interval(months => app.threshold('review_months')::integer) >= (select app.today())
where u.id = any ((select app.units_measured())::integer[])
group by u.id;

-- Forskrift om organisering § 10-6: a means of alerting in every meeting form (`residual/evidence.sql`), tried with
-- somebody answering in time. What cannot be done is described as residual risk (3.0), and alerts nobody.
create view evidence_organisering_10_6 as
select u.id as unit_id,
  case when used.n = 0 then 'not_applicable' when judged.reason = 'tested' then 'met'
       when used.help = 0 and tested.passed_at is null then 'missing' else 'partly' end as state,
  judged.reason,
  jsonb_build_object('forms', used.n, 'help', used.help) as figures,
  case when judged.reason = 'tested' then ((tested.passed_at at time zone 'Europe/Oslo')::date
    + make_interval(months => app.threshold('review_months')::integer))::date end as runs_out_on
from organisation_unit u
cross join lateral (
  select count(*) as n, count(*) filter (where c.is_filled) as help
  from evidence_part_cells c where c.unit_id = u.id and c.element = 'calling_help'
) used
left join evidence_part_tests tested on tested.unit_id = u.id
cross join lateral (select case
  when used.n = 0 then 'not_used'
  when used.help < used.n then 'no_help'
  when tested.passed_at is null then 'not_tested'
  else 'tested' end as reason) judged
where u.id = any ((select app.units_measured())::integer[]);
