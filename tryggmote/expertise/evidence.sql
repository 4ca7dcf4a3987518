-- 1.2: all who lead the unit hold their training, and no request for expert help stands unanswered past its day.
create view evidence_1_2 as
select t.unit_id,
  case judged.reason when 'nobody' then 'missing' when 'competent' then 'met'
       when 'lacking' then case when t.lacking = t.people then 'missing' else 'partly' end
       else 'partly' end as state,
  judged.reason,
  jsonb_build_object('people', t.people, 'lacking', t.lacking, 'unanswered', asked.late, 'waiting', asked.waiting) as figures,
  case when judged.reason = 'competent' then least(t.next_day, asked.next_day) end as runs_out_on
from evidence_part_role_training t
cross join lateral (
  select count(*) filter (where r.wanted_by < app.today()) as late,
    count(*) filter (where r.wanted_by >= app.today()) as waiting,
    min(r.wanted_by) filter (where r.wanted_by >= app.today()) as next_day
  from expertise_expertrequest r
  where r.unit_id = t.unit_id and r.answered_at is null and r.withdrawn_at is null
) asked
cross join lateral (select case
  when t.people = 0 then 'nobody'
  when t.lacking > 0 then 'lacking'
  when asked.late > 0 then 'unanswered'
  else 'competent' end as reason) judged
where t.requirement = '1.2';
