-- Taking part is training (requirement 4.1): when an exercise is held, each who was there has done what the scenario counts
-- as. Observers have watched others do it.
create or replace function app.complete_by_exercise() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform app.complete_training(
    p.person_id, element, (new.held_at at time zone 'Europe/Oslo')::date, 'exercise', new.id, s.by_id)
  from exercises_participant p
  join exercises_step s on s.exercise_id = new.id and s.kind = 'held'
  cross join unnest(app.elements_of_exercise(new.version, new.scenario)) element
  where p.exercise_id = new.id and p.attended and p.part <> 'observes';
  return null;
end
$$;
revoke execute on function app.complete_by_exercise() from public;
create or replace trigger complete_by_exercise after update of held_at on exercises_exercise
  for each row when (old.held_at is null and new.held_at is not null) execute function app.complete_by_exercise();

-- A drill of the call for help counts too (4.1): the one who called and those who said they were coming have used the
-- alarm with their own hands. One that was broken off counts for nobody.
create or replace function app.complete_by_drill() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform app.complete_training(
    took_part.person_id, 'equipment', (new.raised_at at time zone 'Europe/Oslo')::date, 'drill', new.id, new.ended_by_id)
  from (
    select new.caller_id as person_id
    union
    select e.person_id from assistance_callevent e where e.call_id = new.id and e.kind = 'coming'
  ) took_part;
  return null;
end
$$;
revoke execute on function app.complete_by_drill() from public;
create or replace trigger complete_by_drill after update of ended_at on assistance_call
  for each row when (new.purpose = 'drill' and new.outcome = 'done' and old.ended_at is null)
  execute function app.complete_by_drill();
