-- What those who were there think of an exercise: each reads their own, and nobody else's. Together they are counted once,
-- when all have answered or the week is over, and only when there are at least three: had they been counted one by one, the
-- difference between two looks would tell who said what.

select app.protect('exercises_evaluation');

grant select, insert on exercises_evaluation to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy own on exercises_evaluation for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (person_id = (select app.me()));
create policy give on exercises_evaluation for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (person_id = (select app.me()) and exists (
    select 1 from exercises_exercise e join exercises_participant p on p.exercise_id = e.id
    where e.id = exercises_evaluation.exercise_id and p.person_id = (select app.me()) and p.attended and now() < e.held_at + interval '7 days'));

create or replace function app.counted_answers(answers varchar[]) returns jsonb
language sql immutable as $$
  select jsonb_object_agg(answer, n) from (select answer, count(*) as n from unnest(answers) answer group by answer) counted
$$;

-- How many have answered, of how many; and what, once it is known of all. Lines come by their words, not in the order written.
create or replace function app.evaluation_of(exercise uuid) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
  select jsonb_build_object('answered', n.answered, 'attended', e.attended) || case
    when n.answered >= 3 and (n.answered >= e.attended or now() >= e.held_at + interval '7 days') then (
      select jsonb_build_object(
        'understood', app.counted_answers(array_agg(v.understood)), 'knew_how', app.counted_answers(array_agg(v.knew_how)),
        'safer', app.counted_answers(array_agg(v.safer)), 'change', app.counted_answers(array_agg(v.change)),
        'lines', coalesce(jsonb_agg(v.words order by md5(v.words)) filter (where v.words <> ''), '[]'))
      from exercises_evaluation v where v.exercise_id = e.id)
    else '{}' end
  from exercises_exercise e
  cross join lateral (select count(*) as answered from exercises_evaluation v where v.exercise_id = e.id) n
  where e.id = exercise and e.held_at is not null and app.reads_exercise(e.id)
$$;
