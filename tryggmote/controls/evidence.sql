-- What controls know of requirement 2.3 and of AML § 2-2, and of procedures for other rules.

-- A unit's own measures: how many nobody is done with, how many are not in place on their date, and how many nobody has
-- found an effect of in time (`rules.evaluate_by`). Measures of units above and below are counted there.
create view evidence_part_measures as
select u.id as unit_id, counted.open::integer, counted.overdue::integer, counted.without_evaluation::integer
from organisation_unit u
cross join lateral (
  select count(*) as open,
    count(*) filter (where m.established_at is null and m.due_on < app.today()) as overdue,
    count(*) filter (where m.established_at is not null and app.today() >
      ((coalesce(m.evaluated_at, m.established_at) at time zone 'Europe/Oslo')::date
       + make_interval(months => app.threshold('effect_months')::integer))::date) as without_evaluation
  from controls_measure m
  where m.unit_id = u.id and m.cancelled_at is null and m.effect <> 'reduced'
) counted
where u.id = any ((select app.units_measured())::integer[]);

-- Each procedure in force that holds in a unit, its own or from above: whether it is past its review, how many work
-- there and have had time to read the version that must be read, and how many of them have. One who has come to the
-- unit has as long as everybody had (`procedure_rules.read_by`).
create view evidence_part_procedures as
select u.id as unit_id, p.id as procedure_id, p.kind, p.forms, p.review_on, counted.audience::integer,
  counted.readers::integer
from organisation_unit u
join organisation_unitclosure above on above.descendant_id = u.id
join controls_procedure p on p.unit_id = above.ancestor_id and p.in_force_number is not null and p.ended_at is null
cross join lateral (
  select count(*) as audience, count(*) filter (where exists (
    select 1 from controls_procedurereading r
    where r.procedure_id = p.id and r.person_id = placed.person_id and r.number >= p.must_read_number)) as readers
  from (
    select pl.person_id, min(pl.starts_on) as since
    from organisation_unitclosure below
    join organisation_workforce w on w.unit_id = below.descendant_id
    join organisation_placement pl on pl.workforce_id = w.id
      and pl.starts_on <= app.today() and coalesce(pl.ends_on >= app.today(), true)
    join organisation_person person on person.id = pl.person_id and coalesce(person.ended_on >= app.today(), true)
    where below.ancestor_id = u.id
    group by pl.person_id
  ) placed
  where p.must_read_at is not null
    and app.add_workdays(greatest(p.must_read_at, placed.since::timestamp at time zone 'Europe/Oslo'),
                         app.threshold('read_workdays')::integer) <= now()
) counted
where u.id = any ((select app.units_measured())::integer[]);

-- AML § 2-2: the office that the unit belongs to has an agreement in force between all employers with people at work
-- there, gone through in time, with a co-ordinator who is there. One employer alone has nobody to agree with.
create view evidence_aml_2_2 as
select u.id as unit_id,
  case
    when cardinality(there.employers) < 2 then 'not_applicable'
    when agreement.id is null then 'missing'
    when found.reason = 'in_force' then 'met'
    else 'partly' end as state,
  case
    when cardinality(there.employers) < 2 then 'one_employer'
    when agreement.id is null and waiting.is_there then 'not_signed'
    when agreement.id is null then 'no_agreement'
    else found.reason end as reason,
  jsonb_build_object('employers', cardinality(there.employers), 'office', office.id) as figures,
  found.runs_out_on
from organisation_unit u
cross join lateral (
  select o.id from organisation_unitclosure c join organisation_unit o on o.id = c.ancestor_id
  where c.descendant_id = u.id and o.kind not in ('directorate', 'county', 'municipality')
  order by c.depth desc limit 1
) office
cross join lateral (select app.employers_in(office.id) as employers) there
left join lateral (
  select a.* from controls_agreement a
  where a.unit_id = office.id and a.signed_at is not null and a.from_on <= app.today()
    and coalesce(a.to_on >= app.today(), true)
  order by a.from_on desc, a.created_at desc limit 1
) agreement on true
cross join lateral (
  select exists (select 1 from controls_agreement a where a.unit_id = office.id and a.signed_at is null) as is_there
) waiting
cross join lateral (
  select least(agreement.to_on, ((coalesce(agreement.reviewed_at, agreement.signed_at) at time zone 'Europe/Oslo')::date
    + make_interval(months => app.threshold('review_months')::integer))::date) as on_day
) last
cross join lateral (
  select last.on_day as runs_out_on, case
    when not (there.employers <@ agreement.employer_ids) then 'party_missing'
    when not app.belongs_to(agreement.co_ordinator_id, office.id) then 'co_ordinator_left'
    when last.on_day < app.today() then 'review_passed'
    else 'in_force' end as reason
) found
where u.id = any ((select app.units_measured())::integer[]);
