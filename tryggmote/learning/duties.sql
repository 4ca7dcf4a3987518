-- What lessons ask of people (2.4): whether what they stood in may be told to others. `duties.py` has the words.

-- Of drafts as they are now. No deadline that can be missed: to answer is voluntary, and a late no counts until the lesson
-- is shared.
create view duty_lesson_asks_you as
select asking.person_id, asking.id::text as subject, l.unit_id, null::timestamptz as due_at, 2 as urgency,
  jsonb_build_object('unit', u.name, 'lesson', l.id, 'answer_by', asking.answer_by) as words
from learning_lessonasking asking
join learning_lessonversion v on v.id = asking.version_id and v.shared_at is null and v.revision = asking.revision
join learning_lesson l on l.id = v.lesson_id and l.withdrawn_at is null
join organisation_unit u on u.id = l.unit_id
where asking.answer = '';
