-- Reminders before something runs out: only the job makes them, and nobody reads them.
select app.protect('training_reminder');

-- Those who are to be reminded now and were not: sixty, thirty and seven days before. One who should have been reminded
-- while the server was down is reminded of what is left. Written down here, so that two runs at once remind nobody twice.
-- `own_title`: what a unit calls its own element. PL/pgSQL, because the view is made after this file.
create or replace function app.take_training_reminders(thresholds integer[])
returns table (person_id bigint, element text, own_title text, until date, completion uuid)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  return query
    with near as (
      select distinct t.person_id, t.element, t.until,
        (select min(d) from unnest(thresholds) d where d >= t.until - app.today()) as days
      from evidence_part_training t
      where t.standing in ('running_out', 'late', 'held') and t.until between app.today() and app.today() + 60
    ), taken as (
      insert into training_reminder (person_id, element, until, days, at)
      select n.person_id, n.element, n.until, n.days, now() from near n where n.days is not null
      on conflict do nothing
      returning training_reminder.person_id, training_reminder.element, training_reminder.until
    )
    select k.person_id, k.element::text,
      coalesce((select l.title::text from training_localelement l where l.id::text = k.element), ''), k.until, (
      select c.id from training_completion c
      where c.person_id = k.person_id and c.element = k.element and c.withdrawn_at is null
      order by c.done_on desc limit 1)
    from taken k;
end
$$;
revoke execute on function app.take_training_reminders(integer[]) from public;
grant execute on function app.take_training_reminders(integer[]) to tryggmote_job;
