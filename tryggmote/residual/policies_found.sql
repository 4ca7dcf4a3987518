-- Residual risk is found by its title, and by why and what is done instead in what is approved (ADR 0049).
select app.make_findable('residual', 'residual_record', 'title, unit_id, in_force_number, withdrawn_at', $$
  select r.id::text, r.unit_id, r.in_force_number is not null, '{}'::bigint[], r.title::text,
         coalesce(concat_ws(' ', v.why, v.instead), '')
  from residual_record r left join residual_version v on v.record_id = r.id and v.number = r.in_force_number
  where r.withdrawn_at is null and ($1 is null or r.id = $1::uuid)
$$);
