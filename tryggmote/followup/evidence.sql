-- What follow-up proves of forskrift om utførelse av arbeid § 23A-5. Figures of a unit: nobody's name and no content.

-- Whom each report of the last twelve months names, the exposed or whoever saw it and reported, and when a plan was first
-- offered. A mere worry touches nobody.
create view evidence_part_followup as
select w.unit_id, i.created_at as reported_at, p.created_at as offered_at,
  app.add_workdays(i.created_at, 2) as offer_by,
  coalesce(i.assessed_level, 0) >= 3 as is_serious,
  (i.created_at at time zone 'Europe/Oslo')::date = (p.created_at at time zone 'Europe/Oslo')::date as is_same_day
from incidents_incident i
join evidence_part_workforces w on w.id = i.workforce_id
left join followup_plan p on p.incident_id = i.id and p.person_id = i.concerned_id
where (i.exposed_id is not null or i.about = 'witness')
  and i.created_at > now() - make_interval(months => app.threshold('review_months')::integer)
  and w.unit_id = any ((select app.units_measured())::integer[]);

-- Every exposed and every witness offered follow-up within two working days, and no step that was agreed is late. Plans of
-- witnesses are counted by being there; that only the person closes a plan is held by the database (`policies.sql`).
create view evidence_23a_5 as
select u.id as unit_id,
  case when judged.reason = 'nothing_happened' then 'not_applicable'
       when judged.reason = 'followed_up' then 'met'
       when named.offered = 0 and named.n > 0 then 'missing'
       else 'partly' end as state,
  judged.reason,
  jsonb_build_object('named', named.n, 'offered', named.offered, 'not_offered', named.not_offered, 'late', named.late,
    'overdue', plans.overdue, 'serious', named.serious, 'same_day', named.same_day) as figures,
  -- Not the next step of a plan: the unit would read in it when somebody has an appointment.
  case when judged.reason = 'followed_up' then (named.first_offer_by at time zone 'Europe/Oslo')::date end as runs_out_on
from organisation_unit u
-- For all units at once: one by one, each would search all incidents again.
left join (
  select f.unit_id, count(*)::integer as n,
    count(*) filter (where f.offered_at is not null)::integer as offered,
    count(*) filter (where f.offered_at is null and f.offer_by < now())::integer as not_offered,
    count(*) filter (where f.offered_at > f.offer_by)::integer as late,
    count(*) filter (where f.is_serious)::integer as serious,
    count(*) filter (where f.is_serious and f.is_same_day)::integer as same_day,
    min(f.offer_by) filter (where f.offered_at is null) as first_offer_by
  from evidence_part_followup f group by f.unit_id
) counted on counted.unit_id = u.id
left join (
  select p.unit_id, count(*) filter (where p.next_due_at < now())::integer as overdue,
    min(p.next_due_at) as next_due_at
  from followup_plan p
  where p.closed_at is null and p.unit_id = any ((select app.units_measured())::integer[])
  group by p.unit_id
) begun on begun.unit_id = u.id
cross join lateral (select coalesce(counted.n, 0) as n, coalesce(counted.offered, 0) as offered,
  coalesce(counted.not_offered, 0) as not_offered, coalesce(counted.late, 0) as late,
  coalesce(counted.serious, 0) as serious, coalesce(counted.same_day, 0) as same_day, counted.first_offer_by) named
cross join lateral (select coalesce(begun.overdue, 0) as overdue, begun.next_due_at) plans
cross join lateral (select case
  when named.n = 0 and plans.next_due_at is null then 'nothing_happened'
  when named.not_offered > 0 then 'not_offered'
  when plans.overdue > 0 then 'overdue'
  when named.late > 0 then 'offered_late'
  else 'followed_up' end as reason) judged
where u.id = any ((select app.units_measured())::integer[]);
