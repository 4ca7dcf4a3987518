-- What is known of the representative's demands and stops in the last twelve months (AML §§ 6-2 and 6-3).

-- AML § 6-2: no demand stands unanswered past its deadline.
create view evidence_aml_6_2 as
select u.id as unit_id,
  case judged.reason when 'none' then 'not_applicable' when 'unanswered' then 'missing' else 'met' end as state,
  judged.reason,
  jsonb_build_object('demands', found.demands, 'waiting', found.waiting, 'late', found.late) as figures,
  case when judged.reason = 'waiting' then (found.next_due at time zone 'Europe/Oslo')::date end as runs_out_on
from organisation_unit u
cross join lateral (
  select count(*) as demands,
    count(*) filter (where d.answered_at is null and d.due_at > now()) as waiting,
    count(*) filter (where d.answered_at is null and d.due_at <= now()) as late,
    min(d.due_at) filter (where d.answered_at is null and d.due_at > now()) as next_due
  from concerns_demand d
  where d.unit_id = u.id and (d.answered_at is null or d.at > now() - interval '12 months')
) found
cross join lateral (select case
  when found.demands = 0 then 'none'
  when found.late > 0 then 'unanswered'
  when found.waiting > 0 then 'waiting'
  else 'answered' end as reason) judged
where u.id = any ((select app.units_measured())::integer[]);

-- AML § 6-3: every stop got the leader's first answer, or the Inspectorate's decision, on its day; none stands open unjudged.
create view evidence_aml_6_3 as
select u.id as unit_id,
  case judged.reason when 'none' then 'not_applicable' when 'unanswered' then 'missing' when 'answered' then 'met'
       else 'partly' end as state,
  judged.reason,
  jsonb_build_object('stops', found.stops, 'open', found.open, 'unanswered', found.unanswered, 'late', found.late) as figures,
  null::date as runs_out_on
from organisation_unit u
cross join lateral (
  select count(*) as stops,
    count(*) filter (where s.ended_at is null) as open,
    count(*) filter (where s.ended_at is null and first.at is null and (s.at at time zone 'Europe/Oslo')::date < app.today()) as unanswered,
    count(*) filter (where (first.at at time zone 'Europe/Oslo')::date > (s.at at time zone 'Europe/Oslo')::date) as late
  from concerns_stop s
  left join lateral (select min(a.at) as at from concerns_stopact a where a.stop_id = s.id) first on true
  where s.unit_id = u.id and (s.ended_at is null or s.at > now() - interval '12 months')
) found
cross join lateral (select case
  when found.stops = 0 then 'none'
  when found.unanswered > 0 then 'unanswered'
  when found.open > 0 then 'open'
  when found.late > 0 then 'late'
  else 'answered' end as reason) judged
where u.id = any ((select app.units_measured())::integer[]);
