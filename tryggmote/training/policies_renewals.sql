-- § 23A-2 second paragraph: training is repeated and adapted when the risk assessment changes materially. When an
-- assessment is approved again, each element that prepares for a scenario which is new or judged worse than before, and is
-- not green, must be gone through again by those it is for.
create or replace function app.ask_for_renewal() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into training_renewal (id, unit_id, element, version_id, lineage, since, within_days, waived_why)
  select distinct on (dependent.element)
    gen_random_uuid(), a.unit_id, dependent.element, new.id, changed.lineage, app.today(),
    app.threshold('renewal_days')::integer, ''
  from risk_assessment a
  join risk_version before on before.assessment_id = a.id and before.number = (
    select max(v.number) from risk_version v
    where v.assessment_id = a.id and v.approved_at is not null and v.number < new.number)
  join risk_scenario changed on changed.version_id = new.id and changed.removed_at is null
  left join risk_scenario earlier on earlier.version_id = before.id and earlier.lineage = changed.lineage
    and earlier.removed_at is null
  cross join lateral (
    select e.element from app.training_elements() e
    where 'meets_clients' = any (e.who) and changed.starter <> '' and changed.starter = any (e.answers)
    union
    select l.element from training_risklink l
    where l.unit_id = a.unit_id and l.lineage = changed.lineage and l.ended_at is null
  ) dependent
  where a.id = new.assessment_id
    and app.area_rank(new.matrix, changed.current_likelihood, changed.current_consequence) > 0
    and app.area_rank(new.matrix, changed.current_likelihood, changed.current_consequence)
      > coalesce(app.area_rank(before.matrix, earlier.current_likelihood, earlier.current_consequence), 0)
  order by dependent.element, changed.id
  on conflict do nothing;
  return null;
end
$$;
revoke execute on function app.ask_for_renewal() from public;
create or replace trigger ask_for_renewal after update of approved_at on risk_version
  for each row when (old.approved_at is null and new.approved_at is not null) execute function app.ask_for_renewal();
