-- What is known of requirement 3.5, and of means of alerting (forskrift om organisering § 10-6).

-- The latest passed test of calling for help in each unit or above it, in the last twelve months (3.5).
create view evidence_part_tests as
select u.id as unit_id, max(c.ended_at) as passed_at
from organisation_unit u
join organisation_unitclosure near on near.descendant_id = u.id
join assistance_call c on c.unit_id = near.ancestor_id
  and c.outcome in ('worked', 'done') and c.acknowledged_at is not null
  and c.ended_at > now() - make_interval(months => app.threshold('review_months')::integer)
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

-- 3.5, as far as it can be known while tests of other measures are kept nowhere here: whether calling for help has been
-- tried in the last twelve months, and whether it worked the last time from each place. Never met by that alone.
create view evidence_3_5 as
select u.id as unit_id,
  case when cardinality(u.meeting_forms) = 0 then 'not_applicable'
       when tested.places = 0 then 'missing' else 'partly' end as state,
  case when cardinality(u.meeting_forms) = 0 then 'not_used'
       when tested.places = 0 then 'never_tested'
       when tested.failed > 0 then 'failing'
       when others.n = 0 then 'no_interval' else 'not_logged' end as reason,
  jsonb_build_object('places', tested.places, 'failed', tested.failed, 'measures', others.n) as figures,
  null::date as runs_out_on
from organisation_unit u
cross join lateral (
  select count(*) as places, count(*) filter (where not latest.passed) as failed
  from (
    select distinct on (c.place) c.outcome = 'worked' and c.acknowledged_at is not null as passed
    from organisation_unitclosure near join assistance_call c on c.unit_id = near.ancestor_id
    where near.descendant_id = u.id and c.purpose = 'test' and c.outcome in ('worked', 'failed') and c.place <> ''
      and c.ended_at > now() - make_interval(months => app.threshold('review_months')::integer)
    order by c.place, c.raised_at desc
  ) latest
) tested
cross join lateral (
  select count(*) as n from controls_measure m
  where m.unit_id = u.id and m.interval_months is not null and m.established_at is not null and m.cancelled_at is null
) others
where u.id = any ((select app.units_measured())::integer[]);
