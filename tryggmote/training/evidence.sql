-- What is known of training: how each person stands in each element today, and requirements 1.2, 4.1, 4.2 and 4.3.

-- Every element there is: the common ones (`elements.py`) hold everywhere, a unit's own in that unit and below it.
create view evidence_part_elements as
select null::bigint as unit_id, e.place, e.element, e.kind, e.requirement, e.who, e.forms, e.months, e.is_gate,
  e.start_days, e.grace_days, e.answers
from app.training_elements() e
union all
select l.unit_id, 1000, l.id::text, l.kind, '4.1', array['meets_clients'], l.forms::text[], l.months,
  l.before_first_meeting, l.start_days, 0, '{}'::text[]
from training_localelement l where l.ended_at is null;

-- Whom each element is for today, and since when. `workforce_id` is null for what somebody owes in a role. Those who test
-- equipment are those the unit has chosen to.
create view evidence_part_owed as
select p.person_id, w.unit_id, p.workforce_id, p.starts_on as since, e.element, e.place, e.kind, e.requirement, e.forms,
  e.months, e.is_gate, e.start_days, e.grace_days
from organisation_placement p
join organisation_workforce w on w.id = p.workforce_id
join organisation_unit u on u.id = w.unit_id
join evidence_part_elements e on 'meets_clients' = any (e.who)
  and (e.forms = '{}' or e.forms && u.meeting_forms::text[])
  and (e.unit_id is null or exists (
    select 1 from organisation_unitclosure c where c.ancestor_id = e.unit_id and c.descendant_id = w.unit_id))
where p.meets_clients and p.starts_on <= app.today() and coalesce(p.ends_on >= app.today(), true)
union all
select r.person_id, r.unit_id, null, min(r.starts_on), e.element, e.place, e.kind, e.requirement, e.forms,
  e.months, e.is_gate, e.start_days, e.grace_days
from organisation_roleassignment r
join evidence_part_elements e on
  ('leader' = any (e.who)
    and r.role in ('leader', 'office_leader', 'county_director', 'municipal_director', 'directorate'))
  or ('safety_representative' = any (e.who) and r.role in ('safety_representative', 'chief_safety_representative'))
  or ('committee_member' = any (e.who) and r.role = 'committee_member')
where r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)
group by r.person_id, r.unit_id, e.element, e.place, e.kind, e.requirement, e.forms, e.months, e.is_gate, e.start_days,
  e.grace_days
union all
select t.person_id, t.unit_id, null, min((t.chosen_at at time zone 'Europe/Oslo')::date), e.element, e.place, e.kind,
  e.requirement, e.forms, e.months, e.is_gate, e.start_days, e.grace_days
from equipment_responsible t
join evidence_part_elements e on 'tester' = any (e.who)
group by t.person_id, t.unit_id, e.element, e.place, e.kind, e.requirement, e.forms, e.months, e.is_gate, e.start_days,
  e.grace_days;

-- How each person stands in each element they owe. `until`: the last day it is in order, null for ever (and for what was
-- never done); `lasts_until`: the last day it still counts. What was learnt before a renewal was asked for counts as many
-- days more as the renewal gives.
create view evidence_part_training as
select o.person_id, o.unit_id, o.workforce_id, o.element, o.place, o.kind, o.requirement, o.forms, o.is_gate, held.done_on,
  asked.by as renew_by,
  least((held.done_on + make_interval(months => o.months))::date, asked.by) as until,
  least((held.done_on + make_interval(months => o.months))::date + o.grace_days, asked.by) as lasts_until,
  app.training_standing(today.day, o.since, o.months, o.is_gate, o.start_days, o.grace_days, held.done_on, asked.by,
    away.now, away.back) as standing
from evidence_part_owed o
-- Worked out once: the day in Oslo costs more than the rest of the rule, and there are thousands of cells.
cross join (select app.today() as day offset 0) today
left join lateral (
  select c.done_on from training_completion c
  where c.person_id = o.person_id and c.element = o.element and c.withdrawn_at is null
  order by c.done_on desc limit 1
) held on true
left join lateral (
  select min(r.since + r.within_days) as by
  from training_renewal r
  join organisation_unitclosure c on c.ancestor_id = r.unit_id and c.descendant_id = o.unit_id
  where r.element = o.element and r.waived_at is null and r.since > held.done_on
) asked on true
left join lateral (
  select coalesce(bool_or(a.starts_on <= app.today() and coalesce(a.ends_on >= app.today(), true)), false) as now,
    max(a.ends_on + 1) filter (where a.ends_on < app.today()) as back
  from training_absence a
  where a.person_id = o.person_id and a.withdrawn_at is null
) away on true;

-- The same for pages: one's own, and those of the people one leads.
create view evidence_training as
select person_id, unit_id, workforce_id, element, place, kind, requirement, forms, is_gate, done_on, renew_by, until, lasts_until, standing
from evidence_part_training
where person_id = app.me() or person_id = any ((select app.people_led())::integer[]);

-- Each unit with those who meet clients there and in the units below it: how many, how many lack something that is asked for, the first day on which
-- one more would; and meetings held without the training, or let through by an exception, lately.
create view evidence_part_trained as
select u.id as unit_id, found.people::integer, found.lacking::integer, found.next_day, untrained.n::integer as met_untrained
from organisation_unit u
cross join lateral (
  select array_agg(c.descendant_id) as ids from organisation_unitclosure c where c.ancestor_id = u.id
) below
cross join lateral (
  select count(distinct t.person_id) as people,
    count(distinct t.person_id) filter (where t.standing = 'missing') as lacking,
    min(t.lasts_until) filter (where t.standing in ('held', 'running_out', 'late')) as next_day
  from evidence_part_training t
  where t.unit_id = any (below.ids) and t.workforce_id is not null and t.standing <> 'away'
) found
cross join lateral (
  select (
    select count(*) from organisation_workforce w join encounters_check c on c.workforce_id = w.id
    where w.unit_id = any (below.ids) and c.not_cleared_why <> '' and c.decision in ('go', 'go_with_measures')
      and c.created_at >= app.today() - app.threshold('untrained_days')::integer
  ) + (
    select count(*) from training_override o
    where o.withdrawn_at is null and o.until >= app.today() - app.threshold('untrained_days')::integer
      and exists (
        select 1 from organisation_placement p join organisation_workforce w on w.id = p.workforce_id
        where p.person_id = o.person_id and w.unit_id = any (below.ids)
          and p.starts_on <= app.today() and coalesce(p.ends_on >= app.today(), true))
  ) as n
) untrained
where u.id = any ((select app.units_measured())::integer[]);

-- Each unit with each element asked of those who meet clients there.
create view evidence_part_asked as
select u.id as unit_id, e.element, e.place, e.answers
from organisation_unit u
join evidence_part_elements e on 'meets_clients' = any (e.who)
  and (e.forms = '{}' or e.forms && u.meeting_forms::text[])
  and (e.unit_id is null or exists (
    select 1 from organisation_unitclosure c where c.ancestor_id = e.unit_id and c.descendant_id = u.id))
where u.id = any ((select app.units_measured())::integer[]);

-- The same of units with meetings, and whether each links to a risk in an assessment in
-- force: by the starter scenario it prepares for, or because a leader has said so.
create view evidence_part_linked as
select e.unit_id, e.element, e.place, linked.n > 0 as is_linked
from evidence_part_asked e
join organisation_unit u on u.id = e.unit_id and cardinality(u.meeting_forms) > 0
cross join lateral (
  select count(*) as n from evidence_part_scenarios s
  where s.unit_id = e.unit_id and (
    s.starter = any (e.answers)
    or exists (
      select 1 from training_risklink l
      join organisation_unitclosure c on c.ancestor_id = l.unit_id and c.descendant_id = e.unit_id
      where l.element = e.element and l.lineage = s.lineage and l.ended_at is null))
) linked;

-- Each unit with each risk above acceptance in its assessments in force, and whether something asked of those
-- there prepares for it: what nobody is asked to learn, or is asked no longer, prepares nobody.
create view evidence_part_prepared as
select s.unit_id, s.lineage, s.hazard,
  exists (
    select 1 from evidence_part_asked e where e.unit_id = s.unit_id and s.starter = any (e.answers))
  or exists (
    select 1 from training_risklink l
    join organisation_unitclosure c on c.ancestor_id = l.unit_id and c.descendant_id = s.unit_id
    join evidence_part_asked e on e.unit_id = s.unit_id and e.element = l.element
    where l.lineage = s.lineage and l.ended_at is null) as is_prepared
from evidence_part_scenarios s
where s.rank > 0;

-- The same for pages.
create view evidence_linked as select * from evidence_part_linked;
create view evidence_scenarios as select unit_id, lineage, hazard, rank from evidence_part_scenarios;
create view evidence_prepared as select * from evidence_part_prepared;

-- 4.2: every element links to a risk, and every risk above acceptance is covered by an element.
create view evidence_4_2 as
select u.id as unit_id,
  case judged.reason when 'no_meetings' then 'not_applicable' when 'based_on_risk' then 'met'
       when 'no_assessment' then 'missing' else 'partly' end as state,
  judged.reason,
  jsonb_build_object('elements', elements.n, 'unlinked', elements.unlinked, 'risks', risks.n, 'uncovered', risks.uncovered) as figures,
  case when judged.reason = 'based_on_risk' then r.next_review end as runs_out_on
from organisation_unit u
join evidence_part_risks r on r.unit_id = u.id
cross join lateral (
  select count(*) as n, count(*) filter (where not l.is_linked) as unlinked from evidence_part_linked l where l.unit_id = u.id
) elements
cross join lateral (
  select count(*) as n, count(*) filter (where not p.is_prepared) as uncovered from evidence_part_prepared p where p.unit_id = u.id
) risks
cross join lateral (select case
  when cardinality(u.meeting_forms) = 0 then 'no_meetings'
  when r.in_force = 0 then 'no_assessment'
  when risks.uncovered > 0 then 'uncovered'
  when elements.unlinked > 0 then 'unlinked'
  else 'based_on_risk' end as reason) judged;

-- Each unit with those who lead it, up to the office (1.2), and with its representatives and committee members on every
-- level (4.3): how many, how many lack what their role asks for, and the first day on which one more would.
create view evidence_part_role_training as
select u.id as unit_id, required.requirement, found.people::integer, found.lacking::integer, found.next_day
from organisation_unit u
cross join (values ('1.2'), ('4.3')) required (requirement)
cross join lateral (
  select count(distinct t.person_id) as people,
    count(distinct t.person_id) filter (where t.standing = 'missing') as lacking,
    min(t.lasts_until) filter (where t.standing in ('held', 'running_out', 'late')) as next_day
  from organisation_unitclosure c
  join organisation_unit holder on holder.id = c.ancestor_id
  join evidence_part_training t on t.unit_id = c.ancestor_id and t.requirement = required.requirement
  where c.descendant_id = u.id and t.standing <> 'away' and (
    required.requirement = '4.3' or c.depth = 0 or holder.kind not in ('directorate', 'county', 'municipality'))
) found
where u.id = any ((select app.units_measured())::integer[]);

-- 4.3: all safety representatives and committee members hold their training.
create view evidence_4_3 as
select unit_id,
  case when people = 0 or lacking = people then 'missing' when lacking = 0 then 'met' else 'partly' end as state,
  case when people = 0 then 'nobody' when lacking = 0 then 'trained' else 'lacking' end as reason,
  jsonb_build_object('people', people, 'lacking', lacking) as figures,
  case when people > 0 and lacking = 0 then next_day end as runs_out_on
from evidence_part_role_training where requirement = '4.3';

-- Each unit with the last day of the years that have an approved plan, this one and those after it without a gap; null
-- when this year has none. The plan of a unit up to the office holds for those below it too.
create view evidence_part_planned as
select u.id as unit_id, (
  select make_date(max(run.year), 12, 31)
  from (
    select p.year, p.year - row_number() over (order by p.year) as island
    from (
      select distinct p.year::integer as year
      from organisation_unitclosure c
      join organisation_unit holder on holder.id = c.ancestor_id
      join training_plan p on p.unit_id = c.ancestor_id and p.approved_at is not null
      where c.descendant_id = u.id and p.year >= extract(year from app.today())
        and (c.depth = 0 or holder.kind not in ('directorate', 'county', 'municipality'))
    ) p
  ) run
  where run.island = extract(year from app.today()) - 1
) as planned_until
from organisation_unit u
where u.id = any ((select app.units_measured())::integer[]);

-- 4.1: the year has an approved plan, all who meet clients hold what is asked for, and nobody without it has met any lately.
create view evidence_4_1 as
select unit_id,
  case when judged.reason = 'no_meetings' then 'not_applicable' when judged.reason = 'trained' then 'met'
       when lacking = people then 'missing' else 'partly' end as state,
  judged.reason,
  jsonb_build_object('people', people, 'lacking', lacking, 'met_untrained', met_untrained,
    'days', app.threshold('untrained_days')::integer, 'year', extract(year from app.today())::integer) as figures,
  case when judged.reason = 'trained' then least(next_day, planned_until) end as runs_out_on
from evidence_part_trained
join evidence_part_planned using (unit_id)
cross join lateral (select case
  when people = 0 then 'no_meetings'
  when planned_until is null then 'no_plan'
  when lacking = people then 'nobody_trained'
  when lacking > 0 then 'some_lack'
  when met_untrained > 0 then 'met_untrained'
  else 'trained' end as reason) judged;

-- How many in each unit stand alike in each element, and until when: what a leader's plan for the year is made of.
create view evidence_training_needs as
select t.unit_id, t.element, t.place, t.kind, t.until, t.renew_by is not null as is_renewal, count(*)::integer as n
from evidence_part_training t
where t.unit_id = any ((select app.units_led())::integer[]) and t.standing <> 'away'
  and (t.done_on is null or t.until is not null)
group by t.unit_id, t.element, t.place, t.kind, t.until, t.renew_by is not null;

-- How many of those in each unit who owe an element went through it on each day: how far a plan has come.
create view evidence_training_done as
select o.unit_id, o.element, c.done_on, count(distinct c.person_id)::integer as n
from evidence_part_owed o
join training_completion c on c.person_id = o.person_id and c.element = o.element and c.withdrawn_at is null
where o.unit_id = any ((select app.units_led() || app.units_represented() || app.units_overseen())::integer[])
group by o.unit_id, o.element, c.done_on;

-- Each session one may see: how many have a place and how many wait, and one's own place in the line.
create view evidence_sessions as
select s.id as session_id, s.starts_at, least(line.n, s.capacity)::integer as taken,
  greatest(line.n - s.capacity, 0)::integer as waiting, line.mine::integer as my_place
from training_session s
cross join lateral (
  select count(*) as n, max(l.place) filter (where l.person_id = (select app.me())) as mine
  from (
    select su.person_id, row_number() over (order by su.at, su.id) as place
    from training_signup su where su.session_id = s.id and su.withdrawn_at is null
  ) l
) line
where s.open_to_id = any ((select app.units_in_sight())::integer[])
  or s.unit_id = any ((select app.units_in_sight())::integer[]) or s.led_by_id = (select app.me());

-- How many stand where in each element, for those who lead, represent or oversee a unit: never who.
create view evidence_training_counts as
select t.unit_id, t.element, t.place, t.standing, count(*)::integer as n
from evidence_part_training t
where t.unit_id = any ((select app.units_led() || app.units_represented() || app.units_overseen())::integer[])
group by t.unit_id, t.element, t.place, t.standing;
