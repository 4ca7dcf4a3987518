-- What risk assessments prove of requirements 1.1, 2.1 and 2.3, and of AML § 3-2.

-- Which approved assessments hold for a unit: its own, and those of the units above it up to the office. What is
-- assessed for a whole county is no assessment of the rooms and people of one office.
create view evidence_part_assessments as
select c.descendant_id as unit_id, a.id as assessment_id, a.approved_forms as forms, a.approved_number, a.review_on,
       a.review_on >= app.today() as is_in_force
from risk_assessment a
join organisation_unitclosure c on c.ancestor_id = a.unit_id
join organisation_unit holder on holder.id = a.unit_id
where a.approved_number is not null
  and (c.depth = 0 or holder.kind not in ('directorate', 'county', 'municipality'))
  and c.descendant_id = any ((select app.units_measured())::integer[]);

-- Each scenario of the assessments in force for a unit, with where it lies: 0 green, 1 yellow, 2 red (`app.area_rank`).
create view evidence_part_scenarios as
select p.unit_id, p.assessment_id, s.id as scenario_id, s.lineage, s.starter, s.hazard, p.forms, p.review_on,
  app.area_rank(v.matrix, s.current_likelihood, s.current_consequence) as rank
from evidence_part_assessments p
join risk_version v on v.assessment_id = p.assessment_id and v.number = p.approved_number
join risk_scenario s on s.version_id = v.id and s.removed_at is null
where p.is_in_force;

-- Of the assessments in force for a unit: how many there are, how many have run out, the next review, whether a
-- safety representative and an employee said something of each, how many risks are above acceptance (not green, by
-- the matrix each was scored with), and for how many of those no measure is planned.
create view evidence_part_risks as
select
  u.id as unit_id,
  (select count(*) from evidence_part_assessments p where p.unit_id = u.id and p.is_in_force)::integer as in_force,
  (select count(*) from evidence_part_assessments p where p.unit_id = u.id and not p.is_in_force)::integer as expired,
  (select min(p.review_on) from evidence_part_assessments p where p.unit_id = u.id and p.is_in_force) as next_review,
  heard.unheard::integer, risks.above::integer, risks.without_measure::integer
from organisation_unit u
cross join lateral (
  select count(*) as unheard
  from evidence_part_assessments p
  join risk_version v on v.assessment_id = p.assessment_id and v.number = p.approved_number
  where p.unit_id = u.id and p.is_in_force and not (
    exists (select 1 from risk_participant t join risk_opinion o on o.version_id = t.version_id and o.person_id = t.person_id
            where t.version_id = v.id and t.capacity = 'safety_representative')
    and exists (select 1 from risk_participant t where t.version_id = v.id and t.capacity = 'employee'))
) heard
cross join lateral (
  select count(*) as above,
         count(*) filter (where not exists (
           select 1 from controls_measure m
           where m.cancelled_at is null
             and (m.id = any (s.measure_ids) or (m.origin_kind = 'scenario' and m.origin_id = s.lineage))
         )) as without_measure
  from evidence_part_assessments p
  join risk_version v on v.assessment_id = p.assessment_id and v.number = p.approved_number
  join risk_scenario s on s.version_id = v.id and s.removed_at is null
  where p.unit_id = u.id and p.is_in_force
    and v.matrix->'cells'->(s.current_consequence - 1)->>(s.current_likelihood - 1) <> 'green'
) risks
where u.id = any ((select app.units_measured())::integer[]);

-- 2.1: every meeting form in the unit's profile is covered by an approved assessment that has not run out. Approval
-- itself asks for all eight factors and the judgement of them together.
create view evidence_2_1 as
select
  u.id as unit_id,
  case when cardinality(u.meeting_forms) = 0 then 'not_applicable'
       when forms.covered = forms.used then 'met'
       when forms.covered = 0 then 'missing'
       else 'partly' end as state,
  case when cardinality(u.meeting_forms) = 0 then 'no_meetings'
       when forms.covered = forms.used then 'covered'
       when forms.expired > 0 then 'expired'
       else 'not_covered' end as reason,
  jsonb_build_object('used', forms.used, 'covered', forms.covered, 'missing', forms.missing) as figures,
  case when forms.covered = forms.used then forms.until end as runs_out_on
from organisation_unit u
cross join lateral (
  select count(*) as used,
         count(*) filter (where best.until >= app.today()) as covered,
         count(*) filter (where best.until < app.today()) as expired,
         coalesce(jsonb_agg(form) filter (where best.until is null or best.until < app.today()), '[]') as missing,
         min(best.until) as until
  from unnest(u.meeting_forms) form
  left join lateral (
    select max(p.review_on) as until from evidence_part_assessments p
    where p.unit_id = u.id and p.forms @> array[form]::varchar[]
  ) best on true
) forms
where u.id = any ((select app.units_measured())::integer[]);

-- 1.1: an approved assessment in force with safety representative and employees heard; every risk above acceptance
-- has a measure, none overdue; the employees have read the latest information.
create view evidence_1_1 as
select
  r.unit_id,
  case when r.in_force = 0 and r.expired = 0 then 'missing' when judged.reason = 'done' then 'met' else 'partly' end as state,
  judged.reason,
  jsonb_build_object('in_force', r.in_force, 'unheard', r.unheard, 'above', r.above, 'without_measure', r.without_measure,
    'overdue', m.overdue, 'audience', i.audience, 'readers', i.readers) as figures,
  case when judged.reason = 'done' then r.next_review end as runs_out_on
from evidence_part_risks r
join evidence_part_measures m on m.unit_id = r.unit_id
join evidence_part_information i on i.unit_id = r.unit_id
cross join lateral (select case
  when r.in_force = 0 and r.expired > 0 then 'expired'
  when r.in_force = 0 then 'no_assessment'
  when r.unheard > 0 then 'unheard'
  when r.without_measure > 0 then 'without_measure'
  when m.overdue > 0 then 'overdue'
  when i.readers < i.audience * app.threshold('read_share') then 'unread'
  else 'done' end as reason) judged;

-- 2.3: no risk above acceptance without a measure, no measure overdue, each evaluated in time, the information read.
create view evidence_2_3 as
select
  r.unit_id,
  case when r.in_force = 0 then 'missing' when judged.reason = 'done' then 'met' else 'partly' end as state,
  judged.reason,
  jsonb_build_object('above', r.above, 'without_measure', r.without_measure, 'overdue', m.overdue,
    'without_evaluation', m.without_evaluation, 'audience', i.audience, 'readers', i.readers) as figures,
  case when judged.reason = 'done' then r.next_review end as runs_out_on
from evidence_part_risks r
join evidence_part_measures m on m.unit_id = r.unit_id
join evidence_part_information i on i.unit_id = r.unit_id
cross join lateral (select case
  when r.in_force = 0 then 'no_assessment'
  when r.without_measure > 0 then 'without_measure'
  when m.overdue > 0 then 'overdue'
  when m.without_evaluation > 0 then 'without_evaluation'
  when i.readers < i.audience * app.threshold('read_share') then 'unread'
  else 'done' end as reason) judged;

-- AML § 3-2 third paragraph: for all that the assessments in force mark as especially dangerous, a written instruction
-- holds in every meeting form; each has been gone through in time, and is read by all who have had time to.
create view evidence_aml_3_2 as
select
  r.unit_id,
  case when r.in_force = 0 or (dangerous.n > 0 and dangerous.uninstructed = dangerous.n) then 'missing'
       when judged.reason = 'none_dangerous' then 'not_applicable'
       when judged.reason = 'in_force' then 'met'
       else 'partly' end as state,
  judged.reason,
  jsonb_build_object('dangerous', dangerous.n, 'uninstructed', dangerous.uninstructed,
                     'audience', instructions.audience, 'readers', instructions.readers) as figures,
  case when judged.reason = 'in_force' then least(instructions.review_on, r.next_review) end as runs_out_on
from evidence_part_risks r
cross join lateral (
  -- Work without meeting forms may concern any: only an instruction for all of them holds (`rules.is_instructed`).
  select count(*) as n, count(*) filter (where exists (
    select 1 from unnest(coalesce(nullif(s.forms, '{}'), nullif(p.forms, '{}'), '{any}')) form
    where not exists (
      select 1 from organisation_unitclosure above
      join controls_procedure i on i.unit_id = above.ancestor_id and i.kind = 'written_instruction'
        and i.in_force_number is not null and i.ended_at is null
      where above.descendant_id = r.unit_id and (i.forms = '{}' or form = any (i.forms))))) as uninstructed
  from evidence_part_assessments p
  join risk_version v on v.assessment_id = p.assessment_id and v.number = p.approved_number
  join risk_scenario s on s.version_id = v.id and s.removed_at is null and s.is_especially_dangerous
  where p.unit_id = r.unit_id and p.is_in_force
) dangerous
cross join lateral (
  select count(*) filter (where i.review_on < app.today()) as late,
    count(*) filter (where i.readers < i.audience) as unread, coalesce(sum(i.audience), 0) as audience,
    coalesce(sum(i.readers), 0) as readers, min(i.review_on) as review_on
  from evidence_part_procedures i
  where i.unit_id = r.unit_id and i.kind = 'written_instruction' and dangerous.n > 0
) instructions
cross join lateral (select case
  -- What has run out may be what was dangerous.
  when dangerous.n = 0 and r.expired > 0 then 'expired'
  when r.in_force = 0 then 'no_assessment'
  when dangerous.n = 0 then 'none_dangerous'
  when dangerous.uninstructed > 0 then 'no_instruction'
  when instructions.late > 0 then 'review_passed'
  when instructions.unread > 0 then 'not_read'
  else 'in_force' end as reason) judged;
