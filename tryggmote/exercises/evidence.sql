-- When each unit last exercised, in any form ('') and in each form it uses, and until when that counts: a part of 4.1 and
-- § 23A-2. `last_on` is null for what was never exercised.
create view evidence_part_exercises as
select x.unit_id, x.form, x.last_on,
  (x.last_on + make_interval(months => app.threshold('exercise_months')::integer))::date as until
from app.last_exercised(app.units_measured()) x;

-- § 23A-2 second paragraph: nobody who meets clients holds training that has run out, also because its risk has changed; and
-- the unit has exercised in each meeting form it uses within the time that counts.
create view evidence_23a_2 as
select u.id as unit_id,
  case judged.reason when 'no_meetings' then 'not_applicable' when 'repeated' then 'met'
       when 'never_exercised' then 'missing' else 'partly' end as state,
  judged.reason,
  jsonb_build_object('people', learnt.people, 'expired', learnt.expired, 'forms', exercised.n, 'missing', exercised.missing) as figures,
  case when judged.reason = 'repeated' then least(learnt.next_day, exercised.next_day) end as runs_out_on
from organisation_unit u
cross join lateral (
  select count(distinct t.person_id) as people,
    count(distinct t.person_id) filter (where t.until < app.today()) as expired,
    min(t.until) filter (where t.until >= app.today()) as next_day
  from evidence_part_training t
  where t.unit_id = u.id and t.workforce_id is not null and t.standing <> 'away'
) learnt
cross join lateral (
  select count(*) as n, count(*) filter (where x.until is null or x.until < app.today()) as missing,
    count(*) filter (where x.last_on is not null) as held, min(x.until) as next_day
  from evidence_part_exercises x where x.unit_id = u.id and x.form <> ''
) exercised
cross join lateral (select case
  when learnt.people = 0 then 'no_meetings'
  when exercised.held = 0 then 'never_exercised'
  when learnt.expired > 0 then 'expired'
  when exercised.missing > 0 then 'not_exercised'
  else 'repeated' end as reason) judged
where u.id = any ((select app.units_measured())::integer[]);
