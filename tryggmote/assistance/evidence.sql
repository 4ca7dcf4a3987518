-- What is known of requirements 3.2, 3.3 and 3.4, and of means of alerting (forskrift om organisering § 10-6).

-- Each unit with each meeting form it uses, and whether a measure of a kind is in place there: its own, or one of a unit
-- above it. A measure without forms holds in all of them.
create view evidence_part_secured as
select u.id as unit_id, form.code as form,
  coalesce(bool_or(m.kind = 'calling_help'), false) as help,
  coalesce(bool_or(m.kind = 'design'), false) as layout,
  coalesce(bool_or(m.kind = 'equipment'), false) as protective
from organisation_unit u
cross join lateral unnest(u.meeting_forms) form (code)
left join organisation_unitclosure above on above.descendant_id = u.id
left join controls_measure m on m.unit_id = above.ancestor_id and m.established_at is not null and m.cancelled_at is null
  and (m.forms = '{}' or form.code = any (m.forms))
where u.id = any ((select app.units_measured())::integer[])
group by u.id, form.code;

-- Each unit with each action card that has an approved local part in force there, its own or from above: what to do,
-- where out, and who meets the police. That is the procedure for alerting and evacuation.
create view evidence_part_cards as
select distinct u.id as unit_id, a.card
from organisation_unit u
join organisation_unitclosure above on above.descendant_id = u.id
join controls_cardaddition a on a.unit_id = above.ancestor_id and a.approved_at is not null
where u.id = any ((select app.units_measured())::integer[]);

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

-- 3.2: in one's own premises calling for help, layout, alerting and evacuation for a threatening situation and for
-- ongoing violence, and protective equipment.
create view evidence_3_2 as
select u.id as unit_id,
  case when cardinality(used.forms) = 0 then 'not_applicable'
       when judged.reason = 'secured' then 'met'
       when not (used.help or used.layout or used.protective or cards.threat or cards.violence) then 'missing'
       else 'partly' end as state,
  judged.reason,
  jsonb_build_object('forms', used.forms) as figures,
  null::date as runs_out_on
from organisation_unit u
cross join lateral (
  select coalesce(array_agg(s.form), '{}') as forms, coalesce(bool_and(s.help), false) as help,
    coalesce(bool_and(s.layout), false) as layout, coalesce(bool_and(s.protective), false) as protective
  from evidence_part_secured s where s.unit_id = u.id and s.form in ('reception', 'planned', 'group')
) used
cross join lateral (
  select coalesce(bool_or(c.card = 'threat'), false) as threat, coalesce(bool_or(c.card = 'violence'), false) as violence
  from evidence_part_cards c where c.unit_id = u.id
) cards
cross join lateral (select case
  when cardinality(used.forms) = 0 then 'not_used'
  when not used.help then 'no_help'
  when not cards.threat then 'no_threat_card'
  when not cards.violence then 'no_violence_card'
  when not used.layout then 'no_layout'
  when not used.protective then 'no_protective'
  else 'secured' end as reason) judged
where u.id = any ((select app.units_measured())::integer[]);

-- 3.3: outside, for each form used: calling for help, evacuation in threatening situations, protective equipment.
create view evidence_3_3 as
select u.id as unit_id,
  case when used.n = 0 then 'not_applicable' when judged.reason = 'secured' then 'met'
       when used.help = 0 and used.cards = 0 and used.protective = 0 then 'missing' else 'partly' end as state,
  judged.reason,
  jsonb_build_object('forms', used.n, 'help', used.help, 'cards', used.cards, 'protective', used.protective) as figures,
  null::date as runs_out_on
from organisation_unit u
cross join lateral (
  select count(*) as n, count(*) filter (where s.help) as help, count(*) filter (where s.protective) as protective,
    count(*) filter (where exists (
      select 1 from evidence_part_cards c
      where c.unit_id = u.id and c.card = case s.form when 'driving' then 'car' else 'visit' end)) as cards
  from evidence_part_secured s
  where s.unit_id = u.id and s.form in ('home_visit', 'others_premises', 'outdoors', 'driving')
) used
cross join lateral (select case
  when used.n = 0 then 'not_used'
  when used.help < used.n then 'no_help'
  when used.cards < used.n then 'no_card'
  when used.protective < used.n then 'no_protective'
  else 'secured' end as reason) judged
where u.id = any ((select app.units_measured())::integer[]);

-- 3.4: on the telephone and on screens, for each form used: calling for help.
create view evidence_3_4 as
select u.id as unit_id,
  case when used.n = 0 then 'not_applicable' when used.help = used.n then 'met'
       when used.help = 0 then 'missing' else 'partly' end as state,
  case when used.n = 0 then 'not_used' when used.help = used.n then 'secured' else 'no_help' end as reason,
  jsonb_build_object('forms', used.n, 'help', used.help) as figures,
  null::date as runs_out_on
from organisation_unit u
cross join lateral (
  select count(*) as n, count(*) filter (where s.help) as help
  from evidence_part_secured s where s.unit_id = u.id and s.form in ('telephone', 'video', 'written')
) used
where u.id = any ((select app.units_measured())::integer[]);

-- Forskrift om organisering § 10-6: a means of alerting in every meeting form, tried with somebody answering in time.
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
  select count(*) as n, count(*) filter (where s.help) as help from evidence_part_secured s where s.unit_id = u.id
) used
left join evidence_part_tests tested on tested.unit_id = u.id
cross join lateral (select case
  when used.n = 0 then 'not_used'
  when used.help < used.n then 'no_help'
  when tested.passed_at is null then 'not_tested'
  else 'tested' end as reason) judged
where u.id = any ((select app.units_measured())::integer[]);
