-- What is known of AML §§ 5-1 and 5-2 and folketrygdloven § 13-14, of the last twelve months.

-- Incidents a leader has judged very serious, and since when: of level 4 or higher, or such that notice must be given. A
-- lower level afterwards does not take away that it must.
create view evidence_part_serious as
select w.unit_id, i.id, i.created_at, level.since
from incidents_incident i
join evidence_part_workforces w on w.id = i.workforce_id
cross join lateral (
  select min(known.at) as since from (
    select a.at from incidents_assessedlevel a where a.incident_id = i.id and a.level >= 4
    union all
    select j.at from statutory_judgement j where j.incident_id = i.id and j.must_notify) known
) level
where (i.assessed_level >= 4
       or exists (select 1 from statutory_judgement j where j.incident_id = i.id and j.must_notify)) and level.since > now() - interval '12 months'
  and w.unit_id = any ((select app.units_measured())::integer[]);

-- Incidents in which somebody may have been injured: very serious ones, those whose description says so, and those with
-- a line in the register or with a leader's word that nobody was. `known_at`: when a leader could know.
create view evidence_part_injuries as
select w.unit_id, i.id, greatest(i.created_at, least(serious.since, described.at)) as known_at,
  (select min(done.at) from (
    select n.at from statutory_injury n where n.incident_id = i.id
    union all select n.at from statutory_noinjury n where n.incident_id = i.id) done) as entered_at
from incidents_incident i
join evidence_part_workforces w on w.id = i.workforce_id
left join evidence_part_serious serious on serious.id = i.id
left join lateral (
  select c.at, c.consequences from incidents_classification c where c.incident_id = i.id
  order by c.at desc, c.id desc limit 1
) described on app.proposes_injury(described.consequences::text[])
where i.created_at > now() - interval '12 months' and w.unit_id = any ((select app.units_measured())::integer[])
  and (serious.id is not null or described.at is not null
       or exists (select 1 from statutory_injury n where n.incident_id = i.id)
       or exists (select 1 from statutory_noinjury n where n.incident_id = i.id));

-- AML § 5-1: each such incident is in the register, or somebody has said why not, within five working days.
create view evidence_aml_5_1 as
select u.id as unit_id,
  case judged.reason when 'none' then 'not_applicable' when 'entered' then 'met' when 'not_entered' then 'missing'
    else 'partly' end as state,
  judged.reason,
  jsonb_build_object('incidents', coalesce(found.n, 0), 'late', coalesce(found.late, 0),
    'missing', coalesce(found.missing, 0), 'waiting', coalesce(found.waiting, 0)) as figures,
  null::date as runs_out_on
from organisation_unit u
left join (
  select p.unit_id, count(*) as n,
    count(*) filter (where p.entered_at > app.add_workdays(p.known_at, app.register_workdays())) as late,
    count(*) filter (where p.entered_at is null
      and now() > app.add_workdays(p.known_at, app.register_workdays())) as missing,
    count(*) filter (where p.entered_at is null
      and now() <= app.add_workdays(p.known_at, app.register_workdays())) as waiting
  from evidence_part_injuries p group by p.unit_id
) found on found.unit_id = u.id
cross join lateral (select case
  when found.n is null then 'none'
  when found.missing > 0 then 'not_entered'
  when found.waiting > 0 then 'waits'
  when found.late > 0 then 'late'
  else 'entered' end as reason) judged
where u.id = any ((select app.units_measured())::integer[]);

-- AML § 5-2: each very serious incident was judged the same day; each notice has both calls, the confirmation and the copy.
create view evidence_aml_5_2 as
select u.id as unit_id,
  case judged.reason when 'none' then 'not_applicable' when 'given' then 'met' when 'not_judged' then 'missing'
    else 'partly' end as state,
  judged.reason,
  jsonb_build_object('incidents', coalesce(found.n, 0), 'not_judged', coalesce(found.not_judged, 0),
    'unfinished', coalesce(found.unfinished, 0), 'late', coalesce(found.late, 0)) as figures,
  null::date as runs_out_on
from organisation_unit u
left join (
  select s.unit_id, count(*) as n,
    count(*) filter (where first.at is null) as not_judged,
    count(*) filter (where latest.must_notify and 4 > (
      select count(distinct a.step) from statutory_noticeact a where a.incident_id = s.id)) as unfinished,
    count(*) filter (where (first.at at time zone 'Europe/Oslo')::date
      > (s.since at time zone 'Europe/Oslo')::date) as late
  from evidence_part_serious s
  left join lateral (
    select min(j.at) as at from statutory_judgement j where j.incident_id = s.id) first on true
  left join lateral (
    select j.must_notify from statutory_judgement j where j.incident_id = s.id
    order by j.at desc, j.id desc limit 1) latest on true
  group by s.unit_id
) found on found.unit_id = u.id
cross join lateral (select case
  when found.n is null then 'none'
  when found.not_judged > 0 then 'not_judged'
  when found.unfinished > 0 then 'unfinished'
  when found.late > 0 then 'late'
  else 'given' end as reason) judged
where u.id = any ((select app.units_measured())::integer[]);

-- Folketrygdloven § 13-14: each injury went to NAV within five working days, or it is written why it is not reported.
create view evidence_ftrl_13_14 as
select u.id as unit_id,
  case judged.reason when 'none' then 'not_applicable' when 'reported' then 'met' when 'not_reported' then 'missing'
    else 'partly' end as state,
  judged.reason,
  jsonb_build_object('injuries', coalesce(found.n, 0), 'missing', coalesce(found.missing, 0),
    'waiting', coalesce(found.waiting, 0), 'late', coalesce(found.late, 0)) as figures,
  null::date as runs_out_on
from organisation_unit u
left join (
  select w.unit_id, count(*) as n,
    count(*) filter (where done.at is null and now() > app.add_workdays(n.at, app.report_workdays())) as missing,
    count(*) filter (where done.at is null and now() <= app.add_workdays(n.at, app.report_workdays())) as waiting,
    count(*) filter (where done.at > app.add_workdays(n.at, app.report_workdays())) as late
  from statutory_injury n
  join evidence_part_workforces w on w.id = n.workforce_id
  -- Sent, by the end of the day they say it was sent; or decided against, as long as that is what counts.
  cross join lateral (
    select least(
      (select min(s.sent_on)::timestamp at time zone 'Europe/Oslo' from statutory_reportsending s
       where s.injury_id = n.id and s."to" = 'nav'),
      (select d.at from (
         select d.at, d.is_due from statutory_reportdecision d where d.injury_id = n.id
         order by d.at desc, d.id desc limit 1) d where not d.is_due)) as at
  ) done
  where n.at > now() - interval '12 months' and w.unit_id = any ((select app.units_measured())::integer[])
  group by w.unit_id
) found on found.unit_id = u.id
cross join lateral (select case
  when found.n is null then 'none'
  when found.missing > 0 then 'not_reported'
  when found.waiting > 0 then 'waits'
  when found.late > 0 then 'late'
  else 'reported' end as reason) judged
where u.id = any ((select app.units_measured())::integer[]);
