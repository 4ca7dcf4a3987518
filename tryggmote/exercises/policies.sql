-- Exercises (requirement 4.1, § 23A-2). While one is suggested, planned, run and worked up it is seen by those it concerns:
-- who leads or represents the unit, who suggested it, and who takes part. The report is read by everybody who reads the
-- unit's documents, directors too. Who took part is never part of it, and an evaluation is read by whoever gave it.

select app.protect('exercises_exercise');
select app.protect('exercises_step');
select app.protect('exercises_objective');
select app.protect('exercises_participant');
select app.protect('exercises_observation');
select app.protect('exercises_drill');
select app.protect('exercises_finding');

-- The exercises one takes part in. With the owner's rights, since the policies of the two tables would ask each other in a circle.
create or replace function app.exercises_with_me() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(exercise_id), '{}') from exercises_participant where person_id = app.me()
$$;
create or replace function app.exercises_led_by_me() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(exercise_id), '{}') from exercises_participant where person_id = app.me() and part = 'leads'
$$;
-- Whether an exercise concerns one: before there is a report, and for who took part also after.
create or replace function app.near_exercise(exercise uuid) returns boolean
language sql stable as $$
  select exists (
    select 1 from exercises_exercise e
    where e.id = exercise
      and (e.unit_id = any ((select app.units_led())::integer[]) or e.unit_id = any ((select app.units_represented())::integer[])
           or e.planned_by_id = (select app.me()) or e.id = any ((select app.exercises_with_me())::uuid[])))
$$;
-- Whether one reads an exercise: for what is counted with the owner's rights, below and in `policies_evaluation.sql`.
create or replace function app.reads_exercise(exercise uuid) returns boolean
language sql stable as $$
  select app.near_exercise(exercise) or exists (
    select 1 from exercises_exercise e
    where e.id = exercise and e.closed_at is not null and e.unit_id = any ((select app.units_in_sight())::integer[]))
$$;
-- Whether one runs it (`rules.may_run`).
create or replace function app.runs_exercise(exercise uuid) returns boolean
language sql stable as $$
  select exists (
    select 1 from exercises_exercise e
    where e.id = exercise and e.decided_at is not null and e.called_off_at is null and e.closed_at is null
      and (e.unit_id = any ((select app.units_led())::integer[]) or e.id = any ((select app.exercises_led_by_me())::uuid[])))
$$;
-- Whether one says who takes part, and what is to be reached (`rules.may_arrange`).
create or replace function app.arranges_exercise(exercise uuid) returns boolean
language sql stable as $$
  select exists (
    select 1 from exercises_exercise e
    where e.id = exercise and e.held_at is null and e.called_off_at is null
      and (e.unit_id = any ((select app.units_led())::integer[])
           or (e.decided_at is null and e.planned_by_id = (select app.me()))
           or (e.decided_at is not null and e.id = any ((select app.exercises_led_by_me())::uuid[]))))
$$;

grant select, insert, update (starts_at, place) on exercises_exercise to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy concerned_or_reported on exercises_exercise for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (
    unit_id = any ((select app.units_led())::integer[])
    or unit_id = any ((select app.units_represented())::integer[])
    or planned_by_id = (select app.me())
    or id = any ((select app.exercises_with_me())::uuid[])
    or (closed_at is not null and unit_id = any ((select app.units_in_sight())::integer[])));
-- Those who lead or represent a workplace or co-ordinate security above it suggest, in their own name; nothing is done yet.
create policy suggest on exercises_exercise for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (
    planned_by_id = (select app.me())
    and (unit_id = any ((select app.units_led())::integer[]) or unit_id = any ((select app.units_represented())::integer[])
         or unit_id = any ((select app.units_coordinated())::integer[]))
    and exists (select 1 from organisation_unit u
                where u.id = unit_id and u.kind not in ('directorate', 'county', 'municipality'))
    and decided_at is null and called_off_at is null and started_at is null and held_at is null and closed_at is null
    and inject_number = 0 and attended = 0);
-- The leader moves it until it begins.
create policy move on exercises_exercise for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (unit_id = any ((select app.units_led())::integer[]) and started_at is null and called_off_at is null)
  with check (unit_id = any ((select app.units_led())::integer[]));

grant select, insert on exercises_step to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy of_exercise on exercises_step for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from exercises_exercise e where e.id = exercise_id));
-- The leader decides and closes; who suggested it may take it back; who runs it begins, gives the injects and ends.
create policy take on exercises_step for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and exists (
    select 1 from exercises_exercise e
    where e.id = exercise_id and e.called_off_at is null and case kind
      when 'decided' then e.decided_at is null and e.unit_id = any ((select app.units_led())::integer[])
      when 'called_off' then e.started_at is null
        and (e.unit_id = any ((select app.units_led())::integer[])
             or (e.decided_at is null and e.planned_by_id = (select app.me())))
      when 'started' then e.started_at is null and app.runs_exercise(e.id)
      when 'inject' then e.started_at is not null and e.held_at is null and app.runs_exercise(e.id)
      when 'held' then e.started_at is not null and e.held_at is null and app.runs_exercise(e.id)
      when 'closed' then e.held_at is not null and e.closed_at is null
        and e.unit_id = any ((select app.units_led())::integer[])
      else false end));

grant select, insert, update (reached) on exercises_objective to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy of_exercise on exercises_objective for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from exercises_exercise e where e.id = exercise_id));
create policy aim on exercises_objective for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (reached = '' and app.arranges_exercise(exercise_id));
create policy judge on exercises_objective for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (app.runs_exercise(exercise_id)) with check (app.runs_exercise(exercise_id));

grant select, insert, delete, update (part, role, attended, by_id) on exercises_participant
  to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy concerned on exercises_participant for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (app.near_exercise(exercise_id));
create policy invite on exercises_participant for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and app.arranges_exercise(exercise_id));
create policy change on exercises_participant for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (app.arranges_exercise(exercise_id)) with check (by_id = (select app.me()) and app.arranges_exercise(exercise_id));
create policy let_go on exercises_participant for delete to tryggmote_app, tryggmote_wide, tryggmote_all
  using (app.arranges_exercise(exercise_id)
    and exists (select 1 from exercises_exercise e where e.id = exercise_id and e.started_at is null));

-- Observers, whoever leads it, and the unit's leaders and representatives write down what happens (`rules.may_observe`).
create or replace function app.observes_exercise(exercise uuid) returns boolean
language sql stable as $$
  select exists (
    select 1 from exercises_exercise e
    where e.id = exercise and e.started_at is not null and e.closed_at is null
      and (e.unit_id = any ((select app.units_led())::integer[]) or e.unit_id = any ((select app.units_represented())::integer[])
           or exists (select 1 from exercises_participant p
                      where p.exercise_id = e.id and p.person_id = (select app.me()) and p.part in ('leads', 'observes'))))
$$;
grant select, insert on exercises_observation to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy of_exercise on exercises_observation for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from exercises_exercise e where e.id = exercise_id));
create policy observe on exercises_observation for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and app.observes_exercise(exercise_id)
    and (objective_id is null or exists (
      select 1 from exercises_objective o where o.id = objective_id and o.exercise_id = exercises_observation.exercise_id)));

-- A finding is written down by those who observe; what becomes of it is decided by whoever runs it, a measure by a leader.
grant select, insert, update (became, reason, decided_by_id, decided_at) on exercises_finding
  to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy of_exercise on exercises_finding for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from exercises_exercise e where e.id = exercise_id));
create policy find on exercises_finding for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and became = '' and app.observes_exercise(exercise_id));
create policy decide on exercises_finding for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (became = '' and app.runs_exercise(exercise_id))
  with check (decided_by_id = (select app.me()) and (became <> 'measure' or exists (
    select 1 from exercises_exercise e where e.id = exercise_id and e.unit_id = any ((select app.units_led())::integer[]))));

-- Whoever runs a practical exercise links their own drill call to it, while it goes on.
grant select, insert on exercises_drill to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy of_exercise on exercises_drill for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from exercises_exercise e where e.id = exercise_id));
create policy call on exercises_drill for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and app.runs_exercise(exercise_id)
    and exists (select 1 from exercises_exercise e
                where e.id = exercise_id and e.way = 'practical' and e.started_at is not null and e.held_at is null)
    and exists (select 1 from assistance_call c
                where c.id = call_id and c.caller_id = (select app.me()) and c.purpose = 'drill'));

-- How a drill of an exercise went, for those who read the exercise and not the call: when, and how many; nobody's name.
create or replace function app.times_of_drill(drill uuid)
returns table (raised_at timestamptz, acknowledged_at timestamptz, ended_at timestamptz, told bigint, coming bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.raised_at, c.acknowledged_at, c.ended_at, r.told, r.coming
  from exercises_drill d
  join assistance_call c on c.id = d.call_id and c.purpose = 'drill'
  cross join lateral (
    select count(*) as told, count(*) filter (where answer = 'coming') as coming
    from assistance_recipient where call_id = c.id
  ) r
  where d.id = drill and app.reads_exercise(d.exercise_id)
$$;

select app.keep_history('exercises_exercise');
select app.keep_history('exercises_step');
select app.keep_history('exercises_objective');
select app.keep_history('exercises_participant');
select app.keep_history('exercises_observation');
select app.keep_history('exercises_drill');
select app.keep_history('exercises_finding');

-- Exercises go with a unit that becomes a part of another (ADR 0032).
select app.goes_with_unit('exercises_exercise');
