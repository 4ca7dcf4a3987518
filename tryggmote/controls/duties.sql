-- What measures (2.3), procedures (2.3, 2.4), the agreement between employers (AML § 2-2) and action cards (3.2) ask of
-- people. `duties.py`, `procedure_duties.py`, `agreement_duties.py` and `action_card_duties.py` have the words.

-- Measures that nobody is done with, each with the last day to do what is owed next (`rules.late_after`).
create view duty_part_measure as
select m.id, m.unit_id, m.owner_id, m.title, u.name as unit, m.established_at is null as is_planned, m.effect,
  m.evaluated_at, m.established_at, last.late_after
from controls_measure m
join organisation_unit u on u.id = m.unit_id
cross join lateral (
  select case when m.established_at is null then m.due_on
    else ((coalesce(m.evaluated_at, m.established_at) at time zone 'Europe/Oslo')::date
          + make_interval(months => app.threshold('effect_months')::integer))::date end as late_after
) last
where m.cancelled_at is null and m.effect <> 'reduced';

create view duty_measure_planned as
select m.owner_id as person_id, m.id::text as subject, m.unit_id, app.end_of(m.late_after) as due_at,
  app.urgency_by(m.late_after) as urgency, jsonb_build_object(
    'unit', m.unit, 'title', m.title, 'due', m.late_after, 'is_late', m.late_after < app.today()) as words
from duty_part_measure m
where m.is_planned;

-- Before three months nobody can tell whether a measure works; one that was found to do nothing is asked about at once
-- (`rules.ask_for_evaluation_from`).
create view duty_measure_evaluation as
select m.owner_id as person_id, m.id::text as subject, m.unit_id, app.end_of(m.late_after) as due_at,
  app.urgency_by(m.late_after) as urgency, jsonb_build_object(
    'unit', m.unit, 'title', m.title, 'is_without_effect', m.effect <> '') as words
from duty_part_measure m
where not m.is_planned and (m.evaluated_at is not null
  or ((m.established_at at time zone 'Europe/Oslo')::date + interval '3 months')::date <= app.today());

-- Leaders are asked about what others in their units have let wait one working day too long (`rules.leader_reminded_on`).
create view duty_measure_overdue as
select led.person_id, m.id::text as subject, m.unit_id, app.end_of(m.late_after) as due_at,
  app.urgency_by(m.late_after) as urgency, jsonb_build_object('unit', m.unit, 'title', m.title, 'name', owner.name,
    'due', m.late_after, 'is_planned', m.is_planned) as words
from duty_part_measure m
join organisation_person owner on owner.id = m.owner_id
join duty_part_led led on led.unit_id = m.unit_id and led.person_id <> m.owner_id
where m.late_after < app.today()
  and app.add_workdays(m.late_after::timestamp at time zone 'Europe/Oslo', 1) < app.end_of(app.today())
  and app.belongs_to(m.owner_id, m.unit_id);

create view duty_measure_without_owner as
select led.person_id, m.id::text as subject, m.unit_id, null::timestamptz as due_at, 2 as urgency,
  jsonb_build_object('unit', m.unit, 'title', m.title, 'name', owner.name) as words
from duty_part_measure m
join organisation_person owner on owner.id = m.owner_id
join duty_part_led led on led.unit_id = m.unit_id
where not app.belongs_to(m.owner_id, m.unit_id);

-- What must be read where somebody works, or above, and they have not. As long as the news of it is unread, that is what
-- they are asked to read; then it remains to confirm. Newcomers have as long as everybody had (`procedure_rules.read_by`).
create view duty_procedure_unread as
select here.person_id, p.id::text as subject, p.unit_id,
  app.add_workdays(greatest(p.must_read_at, came.since::timestamp at time zone 'Europe/Oslo'),
                   app.threshold('read_workdays')::integer) as due_at,
  2 as urgency, jsonb_build_object('unit', u.name, 'title', p.title) as words
from (
  select pl.person_id, c.ancestor_id as unit_id, min(pl.starts_on) as since
  from organisation_placement pl
  join organisation_workforce w on w.id = pl.workforce_id
  join organisation_unitclosure c on c.descendant_id = w.unit_id
  where pl.starts_on <= app.today() and coalesce(pl.ends_on >= app.today(), true)
  group by pl.person_id, c.ancestor_id
) here
join (
  select pl.person_id, min(pl.starts_on) as since
  from organisation_placement pl
  where pl.starts_on <= app.today() and coalesce(pl.ends_on >= app.today(), true)
  group by pl.person_id
) came on came.person_id = here.person_id
join controls_procedure p on p.unit_id = here.unit_id and p.must_read_number is not null and p.ended_at is null
join organisation_unit u on u.id = p.unit_id
where not exists (
  select 1 from controls_procedurereading r
  where r.procedure_id = p.id and r.person_id = here.person_id and r.number >= p.must_read_number)
and not exists (
  select 1 from information_item news
  where news.subject_id = p.id and news.unit_id = here.unit_id and news.is_important and not news.is_standing
    and news.at >= app.end_of(app.today() - 366) and here.since <= (news.at at time zone 'Europe/Oslo')::date
    and not exists (
      select 1 from information_reading r where r.item_id = news.id and r.person_id = here.person_id));

create view duty_procedure_waiting as
select led.person_id, p.id::text as subject, p.unit_id, null::timestamptz as due_at, 2 as urgency,
  jsonb_build_object('unit', u.name, 'title', p.title) as words
from controls_procedure p
join organisation_unit u on u.id = p.unit_id
join duty_part_led led on led.unit_id = p.unit_id
where p.ended_at is null and exists (
  select 1 from controls_procedureversion v
  where v.procedure_id = p.id and v.approved_at is null and v.ready_at is not null);

-- Asked for 30 days before (`procedure_rules.review_asked_for_from`), when there is not a draft to approve.
create view duty_procedure_review as
select led.person_id, p.id::text as subject, p.unit_id, app.end_of(p.review_on) as due_at, 3 as urgency,
  jsonb_build_object('unit', u.name, 'title', p.title, 'due', p.review_on) as words
from controls_procedure p
join organisation_unit u on u.id = p.unit_id
join duty_part_led led on led.unit_id = p.unit_id
where p.ended_at is null and p.review_on <= app.today() + 30 and not exists (
  select 1 from controls_procedureversion v
  where v.procedure_id = p.id and v.approved_at is null and v.ready_at is not null);

-- The latest agreement of each unit, with the last day on which it counts (`rules.agreement_runs_out_on`).
create view duty_part_agreement as
select a.id, a.unit_id, u.name as unit, a.employer_ids, a.signed_at,
  least(a.to_on, ((coalesce(a.reviewed_at, a.signed_at) at time zone 'Europe/Oslo')::date
    + make_interval(months => app.threshold('review_months')::integer))::date) as runs_out_on
from controls_agreement a
join organisation_unit u on u.id = a.unit_id
where not exists (
  select 1 from controls_agreement later where later.unit_id = a.unit_id and later.created_at > a.created_at);

-- Those who lead there and act for a party that has not signed (`app.acts_for`).
create view duty_agreement_to_sign as
select led.person_id, a.id::text as subject, a.unit_id, null::timestamptz as due_at, 2 as urgency,
  jsonb_build_object('unit', a.unit) as words
from duty_part_agreement a
join duty_part_led led on led.unit_id = a.unit_id
where a.signed_at is null and exists (
  select 1
  from unnest(a.employer_ids) party (employer_id)
  join organisation_unitclosure c on c.descendant_id = a.unit_id
  join organisation_roleassignment r on r.unit_id = c.ancestor_id and r.person_id = led.person_id
    and r.role in ('leader', 'office_leader', 'county_director', 'municipal_director')
    and (r.employer_id is null or r.employer_id = party.employer_id)
    and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)
  where not exists (
    select 1 from controls_agreementsigning s where s.agreement_id = a.id and s.employer_id = party.employer_id));

create view duty_agreement_review as
select led.person_id, a.id::text as subject, a.unit_id, app.end_of(a.runs_out_on) as due_at, 2 as urgency,
  jsonb_build_object('unit', a.unit, 'due', a.runs_out_on) as words
from duty_part_agreement a
join duty_part_led led on led.unit_id = a.unit_id
where a.signed_at is not null and a.runs_out_on - 30 <= app.today();

-- A card that a newer version no longer has asks for nothing.
create view duty_card_addition_waiting as
select led.person_id, a.id::text as subject, a.unit_id, null::timestamptz as due_at, 2 as urgency,
  jsonb_build_object('unit', u.name, 'card', a.card) as words
from controls_cardaddition a
join organisation_unit u on u.id = a.unit_id
join duty_part_led led on led.unit_id = a.unit_id
where a.approved_at is null and a.ready_at is not null and a.card = any (app.action_cards());
