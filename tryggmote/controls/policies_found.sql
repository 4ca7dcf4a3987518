-- Measures and procedures are found by title and text; of a draft only the title (ADR 0049).
select app.make_findable('measure', 'controls_measure', 'title, what, unit_id, owner_id, cancelled_at', $$
  select m.id::text, m.unit_id, true, array[m.owner_id], m.title::text, m.what
  from controls_measure m where m.cancelled_at is null and ($1 is null or m.id = $1::uuid)
$$);
select app.make_findable('procedure', 'controls_procedure', 'title, unit_id, in_force_number, ended_at', $$
  select p.id::text, p.unit_id, p.in_force_number is not null, array[p.created_by_id], p.title::text, coalesce(v.text, '')
  from controls_procedure p
  left join controls_procedureversion v on v.procedure_id = p.id and v.number = p.in_force_number
  where p.ended_at is null and ($1 is null or p.id = $1::uuid)
$$);
