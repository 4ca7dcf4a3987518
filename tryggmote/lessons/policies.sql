-- Short lessons (4.1). That a unit has held one is seen with its documents; who was there by oneself, by leaders of the
-- unit and by whoever held it. What one has read alone is one's own.

select app.protect('lessons_reading');
grant select, insert on lessons_reading to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy own on lessons_reading for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (person_id = (select app.me()));
create policy own_act on lessons_reading for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (person_id = (select app.me()));

select app.protect('lessons_gathering');
grant select, insert on lessons_gathering to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy of_unit on lessons_gathering for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (by_id = (select app.me()) or unit_id = any ((select app.units_in_sight())::integer[]));
-- Those of the unit, and its leaders, hold it in their own name, and record it within a month.
create policy own_hold on lessons_gathering for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (
    by_id = (select app.me()) and held_on between (select app.today()) - 30 and (select app.today())
    and unit_id = any ((select app.member_units() || app.units_led())::integer[]));

select app.protect('lessons_attendance');
grant select, insert on lessons_attendance to tryggmote_app, tryggmote_wide, tryggmote_all;
grant update (removed_at, removed_by_id) on lessons_attendance to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy own_or_held on lessons_attendance for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (
    person_id = (select app.me())
    or exists (
      select 1 from lessons_gathering g
      where g.id = gathering_id and (g.by_id = (select app.me()) or g.unit_id = any ((select app.units_led())::integer[]))));
-- Whoever held it, or a leader of the unit, says who was there, among those who work in the unit or below it.
create policy holder_or_leader_ticks on lessons_attendance for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (
    by_id = (select app.me()) and removed_at is null and exists (
      select 1 from lessons_gathering g
      where g.id = gathering_id and (g.by_id = (select app.me()) or g.unit_id = any ((select app.units_led())::integer[]))
        and exists (
          select 1 from organisation_placement p
          join organisation_workforce w on w.id = p.workforce_id
          join organisation_unitclosure c on c.descendant_id = w.unit_id and c.ancestor_id = g.unit_id
          where p.person_id = lessons_attendance.person_id and p.starts_on <= app.today()
            and coalesce(p.ends_on >= g.held_on, true))));
create policy holder_or_leader_corrects on lessons_attendance for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (removed_at is null and exists (
    select 1 from lessons_gathering g
    where g.id = gathering_id and (g.by_id = (select app.me()) or g.unit_id = any ((select app.units_led())::integer[]))))
  with check (removed_at is not null and removed_by_id = (select app.me()));

-- Having been there keeps up what one has practised before (ADR 0044): it counts for the lesson's elements of that kind, for
-- those who have done them some other way first.
create or replace function app.count_lesson() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform app.complete_training(new.person_id, l.element, g.held_on, 'lesson', g.id, new.by_id)
  from lessons_gathering g join app.lessons_practise() l on l.lesson = g.lesson
  where g.id = new.gathering_id and exists (
    select 1 from training_completion c
    where c.person_id = new.person_id and c.element = l.element and c.source <> 'lesson' and c.withdrawn_at is null
      and c.done_on <= g.held_on);
  return null;
end
$$;
create or replace function app.uncount_lesson() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform app.undo_training(new.person_id, new.gathering_id, new.removed_by_id);
  return null;
end
$$;
revoke execute on function app.count_lesson(), app.uncount_lesson() from public;
create or replace trigger count_lesson after insert on lessons_attendance
  for each row execute function app.count_lesson();
create or replace trigger uncount_lesson after update of removed_at on lessons_attendance
  for each row when (old.removed_at is null and new.removed_at is not null) execute function app.uncount_lesson();

select app.keep_history('lessons_reading');
select app.keep_history('lessons_gathering');
select app.keep_history('lessons_attendance');
