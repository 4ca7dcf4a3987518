-- Where an exercise stands is derived from its steps. Steps of one exercise wait for each other: of two who press "next" at
-- the same moment, one gives the inject.
create or replace function app.derive_exercise() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  run exercises_exercise;
begin
  select * into run from exercises_exercise where id = new.exercise_id for update;
  case new.kind
    when 'decided' then
      update exercises_exercise set decided_at = new.at where id = run.id;
    when 'called_off' then
      update exercises_exercise set called_off_at = new.at where id = run.id;
    when 'started' then
      update exercises_exercise set started_at = new.at where id = run.id;
    when 'inject' then
      if new.number <> run.inject_number + 1 then
        raise check_violation using message = 'Injects come one after the other.';
      end if;
      update exercises_exercise set inject_number = new.number where id = run.id;
    when 'held' then
      update exercises_exercise set held_at = new.at, attended = (
        select count(*) from exercises_participant p where p.exercise_id = run.id and p.attended) where id = run.id
      returning * into run;
      if run.attended = 0 then
        raise check_violation using message = 'Nobody was there.';
      end if;
    when 'closed' then
      if exists (select 1 from exercises_objective o where o.exercise_id = run.id and o.reached = '') then
        raise check_violation using message = 'Every objective is judged first.';
      end if;
      if exists (select 1 from exercises_finding f where f.exercise_id = run.id and f.became = '')
         or (not new.found_nothing and not exists (select 1 from exercises_finding f where f.exercise_id = run.id)) then
        raise check_violation using message = 'Findings are decided first.';
      end if;
      update exercises_exercise set closed_at = new.at where id = run.id;
  end case;
  return null;
end
$$;
revoke execute on function app.derive_exercise() from public;
create or replace trigger derive_exercise after insert on exercises_step
  for each row execute function app.derive_exercise();

-- When each unit last exercised, in any form ('') and in each it uses. An exercise of a unit is one of everything below it
-- too. A unit with others below it has exercised when the lowest of those that use the form have: the one longest ago counts.
create or replace function app.last_exercised_in(units bigint[]) returns table (unit_id bigint, form text, last_on date)
language sql stable as $$
  with workplace as not materialized (
    select u.id, u.meeting_forms from organisation_unit u
    where u.kind not in ('directorate', 'county', 'municipality') and coalesce(u.ended_on >= app.today(), true)
  )
  select w.id, asked.form, lowest.last_on
  from workplace w
  cross join lateral (select ''::text as form union all select unnest(w.meeting_forms)::text) asked
  cross join lateral (
    select case when bool_and(held.last_on is not null) then min(held.last_on) end as last_on
    from organisation_unitclosure c
    join workplace place on place.id = c.descendant_id and (asked.form = '' or asked.form = any (place.meeting_forms))
    cross join lateral (
      select (max(e.held_at) at time zone 'Europe/Oslo')::date as last_on
      from organisation_unitclosure above
      join workplace holder on holder.id = above.ancestor_id
      join exercises_exercise e on e.unit_id = holder.id and e.held_at is not null
      where above.descendant_id = place.id and (asked.form = '' or asked.form = any (e.forms))
    ) held
    where c.ancestor_id = w.id and not exists (
      select 1 from organisation_unitclosure below
      join workplace lower on lower.id = below.descendant_id and (asked.form = '' or asked.form = any (lower.meeting_forms))
      where below.ancestor_id = place.id and below.depth > 0)
  ) lowest
  where w.id = any (units)
$$;
-- The same for those who see a unit and not every exercise that counts for it. What the database asks for itself asks the
-- one above, which becomes a part of the question.
create or replace function app.last_exercised(units integer[]) returns table (unit_id bigint, form text, last_on date)
language sql stable security definer set search_path = public, pg_temp as $$
  select * from app.last_exercised_in(units::bigint[])
$$;
revoke execute on function app.last_exercised(integer[]), app.last_exercised_in(bigint[]) from public;
grant execute on function app.last_exercised(integer[]) to tryggmote_app, tryggmote_wide, tryggmote_all;
