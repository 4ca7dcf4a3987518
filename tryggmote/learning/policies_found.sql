-- Lessons are found as they are shared, by those they are shared with (ADR 0049). Who reads what is shared beyond a unit
-- depends on two units, so it is looked up for all, and its policies decide.
select app.make_findable('lesson', 'learning_lesson', 'unit_id, shared_in_id, shared_number, withdrawn_at', $$
  select l.id::text, case when l.shared_in_id = l.unit_id then l.unit_id end, true, array[l.created_by_id], v.title::text, concat_ws(' ', v.happened, v.learned, v.changed)
  from learning_lesson l join learning_lessonversion v on v.lesson_id = l.id and v.number = l.shared_number
  where l.withdrawn_at is null and ($1 is null or l.id = $1::uuid)
$$);
