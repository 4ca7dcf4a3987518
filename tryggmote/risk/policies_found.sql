-- Assessments are found by title, and by the scenarios of what is approved; a draft also by those who take part (ADR 0049).
select app.make_findable('assessment', 'risk_assessment', 'title, unit_id, approved_number', $$
  select a.id::text, a.unit_id, a.approved_number is not null,
         array(select p.person_id from risk_participant p join risk_version v on v.id = p.version_id where v.assessment_id = a.id),
         a.title::text, coalesce((
           select string_agg(concat_ws(' ', s.hazard, s.situation), ' ')
           from risk_version v join risk_scenario s on s.version_id = v.id and s.removed_at is null
           where v.assessment_id = a.id and v.number = a.approved_number), '')
  from risk_assessment a where $1 is null or a.id = $1::uuid
$$);
create or replace function app.find_assessment_anew() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform app.find_anew('assessment', v.assessment_id::text)
  from risk_version v where v.id = coalesce(new.version_id, old.version_id);
  return null;
end
$$;
revoke execute on function app.find_assessment_anew() from public;
create or replace trigger find_assessment_anew after insert or delete on risk_participant
  for each row execute function app.find_assessment_anew();
