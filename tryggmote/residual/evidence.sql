-- What is known of requirements 3.0, 3.2, 3.3 and 3.4: what fills each element in each meeting form a unit uses, and what
-- is described as residual risk. What a unit has chosen holds in those below it, up to the office; what is chosen for a
-- whole county sees to no rooms of one office. What is said of all units, and not only of those in sight, is for duties too
-- (`duties.sql`), and named as their parts are.

-- Each unit with each thing chosen for an element there that still counts: a measure in use, a procedure in force whose
-- review has not passed, an action card with an approved local part; for this meeting form. `until`: the last day.
create view duty_part_filling as
select u.id as unit_id, f.id as filling_id, f.element, f.form,
  case when p.id is null then 'infinity'::date else p.review_on end as until
from organisation_unit u
join organisation_unitclosure above on above.descendant_id = u.id
join organisation_unit holder on holder.id = above.ancestor_id
  and (above.depth = 0 or holder.kind not in ('directorate', 'county', 'municipality'))
join residual_filling f on f.unit_id = holder.id and f.ended_at is null
left join controls_measure m on m.id = f.measure_id
left join controls_procedure p on p.id = f.procedure_id
where (m.established_at is not null and m.cancelled_at is null and (m.forms = '{}' or f.form = any (m.forms)))
  or (p.in_force_number is not null and p.ended_at is null and p.review_on >= app.today()
      and (p.forms = '{}' or f.form = any (p.forms)))
  or (f.card <> '' and exists (
      select 1 from controls_cardaddition a
      join organisation_unitclosure c on c.ancestor_id = a.unit_id and c.descendant_id = u.id
      where a.card = f.card and a.approved_at is not null));
create view evidence_part_fillings as
select * from duty_part_filling where unit_id = any ((select app.units_measured())::integer[]);

-- Each unit with each approved residual risk that holds there and is not withdrawn, whether its day has passed or not.
create view duty_part_described as
select above.descendant_id as unit_id, r.id as record_id, r.element, r.form, r.review_on,
  r.review_on >= app.today() as is_in_force, r.in_force_number
from residual_record r
join organisation_unit holder on holder.id = r.unit_id
join organisation_unitclosure above on above.ancestor_id = holder.id
  and (above.depth = 0 or holder.kind not in ('directorate', 'county', 'municipality'))
where r.in_force_number is not null and r.withdrawn_at is null;

-- The same with how many it concerns among those of the unit, how many of them have confirmed, and how many of the measures
-- that are to make up for it are in use no longer.
create view evidence_part_residual as
select u.id as unit_id, r.record_id, r.element, r.form, r.review_on, r.is_in_force,
  known.concerned::integer, known.confirmed::integer, gone.n::integer as measures_gone
from organisation_unit u
join duty_part_described r on r.unit_id = u.id
join residual_version v on v.record_id = r.record_id and v.number = r.in_force_number
cross join lateral (
  select count(*) as concerned, count(read.id) as confirmed
  from information_item i
  join app.concerned() c on c.unit_id = u.id and c.form = i.form
  left join information_reading read on read.item_id = i.id and read.person_id = c.person_id
  where i.subject_id = v.id and i.is_standing and i.ended_at is null
) known
cross join lateral (
  select count(*) as n from controls_measure m
  where m.id = any (v.measure_ids) and m.cancelled_at is not null
) gone
where u.id = any ((select app.units_measured())::integer[]);

-- Each unit with each element in each meeting form it uses: filled, described as residual risk, or neither. `until`: the
-- last day of that, 'infinity' for no day in particular.
create view evidence_part_cells as
select u.id as unit_id, e.place, e.requirement, e.element, e.form,
  filled.until is not null as is_filled, described.until is not null as is_residual,
  greatest(filled.until, described.until) as until
from organisation_unit u
join app.required_elements() e on e.form = any (u.meeting_forms)
cross join lateral (
  select max(f.until) as until from evidence_part_fillings f
  where f.unit_id = u.id and f.element = e.element and f.form = e.form
) filled
cross join lateral (
  select max(r.review_on) as until from evidence_part_residual r
  where r.unit_id = u.id and r.element = e.element and r.form = e.form and r.is_in_force
) described
where u.id = any ((select app.units_measured())::integer[]);

-- The same for pages and duties: parts are read by rules alone.
create view evidence_cells as select * from evidence_part_cells;
create view evidence_fillings as select unit_id, filling_id from evidence_part_fillings;

-- How each unit stands in each of the three requirements.
create view evidence_part_required as
select u.id as unit_id, required.requirement,
  case when found.cells = 0 then 'not_applicable'
       when found.empty = 0 then 'met'
       when found.empty = found.cells then 'missing'
       else 'partly' end as state,
  case when found.cells = 0 then 'not_used'
       when found.empty > 0 then 'empty'
       when found.residual > 0 then 'secured_with_residual'
       else 'secured' end as reason,
  jsonb_build_object('cells', found.cells, 'residual', found.residual, 'done', found.cells - found.empty,
    'missing', found.missing) as figures,
  case when found.empty = 0 then nullif(found.until, 'infinity') end as runs_out_on
from organisation_unit u
cross join (select distinct e.requirement from app.required_elements() e) required
cross join lateral (
  select count(*) as cells,
    count(*) filter (where not c.is_filled and c.is_residual) as residual,
    count(*) filter (where not c.is_filled and not c.is_residual) as empty,
    coalesce(jsonb_agg(jsonb_build_object('element', c.element, 'form', c.form) order by c.place)
      filter (where not c.is_filled and not c.is_residual), '[]') as missing,
    min(c.until) as until
  from evidence_part_cells c where c.unit_id = u.id and c.requirement = required.requirement
) found
where u.id = any ((select app.units_measured())::integer[]);

-- 3.2: in one's own premises. 3.3: outside. 3.4: on the telephone and on screens.
create view evidence_3_2 as
select unit_id, state, reason, figures, runs_out_on from evidence_part_required where requirement = '3.2';
create view evidence_3_3 as
select unit_id, state, reason, figures, runs_out_on from evidence_part_required where requirement = '3.3';
create view evidence_3_4 as
select unit_id, state, reason, figures, runs_out_on from evidence_part_required where requirement = '3.4';

-- 3.0: each residual risk is approved, in force, builds on measures in use, and is confirmed by all it concerns: those who
-- meet clients in the form and their nearest leaders.
create view evidence_3_0 as
select u.id as unit_id,
  case judged.reason when 'none' then 'not_applicable' when 'known' then 'met'
       when 'not_approved' then 'missing' else 'partly' end as state,
  judged.reason,
  jsonb_build_object('records', found.n, 'expired', found.expired, 'drafts', drafts.n, 'gone', found.gone,
    'unknown', found.unknown, 'concerned', found.concerned, 'confirmed', found.confirmed) as figures,
  case when judged.reason = 'known' then found.until end as runs_out_on
from organisation_unit u
cross join lateral (
  select count(*) as n, count(*) filter (where not r.is_in_force) as expired,
    count(*) filter (where r.measures_gone > 0) as gone,
    count(*) filter (where r.confirmed < r.concerned) as unknown,
    coalesce(sum(r.concerned), 0) as concerned, coalesce(sum(r.confirmed), 0) as confirmed, min(r.review_on) as until
  from evidence_part_residual r where r.unit_id = u.id
) found
cross join lateral (
  select count(*) as n from residual_record r
  where r.unit_id = u.id and r.in_force_number is null and r.withdrawn_at is null
) drafts
cross join lateral (select case
  when found.n = 0 and drafts.n = 0 then 'none'
  when found.n = 0 then 'not_approved'
  when found.expired > 0 then 'expired'
  when found.gone > 0 then 'measure_gone'
  when found.unknown > 0 then 'not_known'
  when drafts.n > 0 then 'some_not_approved'
  else 'known' end as reason) judged
where u.id = any ((select app.units_measured())::integer[]);
