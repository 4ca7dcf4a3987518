-- Information: the feed of each unit, who has read, who was reminded (requirements 1.1 and 2.3, § 23A-3).

-- Whom each unit informs today, and since when: those who work in the unit or below it; representatives of the
-- employees there, safety and union, always; and a representative of a whole office in each part of that office.
-- A set to pick from by unit or by person; the planner carries the choice down to the tables.
create or replace function app.audience() returns table (unit_id bigint, person_id bigint, since date)
language sql stable as $$
  select informed.unit_id, informed.person_id, min(informed.since) from (
    select c.ancestor_id as unit_id, p.person_id, p.starts_on as since
    from organisation_placement p
    join organisation_workforce w on w.id = p.workforce_id
    join organisation_unitclosure c on c.descendant_id = w.unit_id
    where p.starts_on <= app.today() and coalesce(p.ends_on >= app.today(), true)
    union all
    select c.ancestor_id, r.person_id, r.starts_on
    from organisation_roleassignment r
    join organisation_unitclosure c on c.descendant_id = r.unit_id
    where r.role in ('safety_representative', 'chief_safety_representative', 'union_representative')
      and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)
    union all
    select c.descendant_id, r.person_id, r.starts_on
    from organisation_roleassignment r
    join organisation_unit u on u.id = r.unit_id and u.kind not in ('directorate', 'county', 'municipality')
    join organisation_unitclosure c on c.ancestor_id = r.unit_id
    where r.role in ('safety_representative', 'chief_safety_representative', 'union_representative')
      and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)
  ) informed
  join organisation_person here on here.id = informed.person_id and coalesce(here.ended_on >= app.today(), true)
  group by informed.unit_id, informed.person_id
$$;

-- Whom something about a meeting form concerns in each unit today, and since when: those who work there or below and
-- meet clients in that form, as the unit they work in uses it, and their nearest leaders who work or lead there.
-- The form '' stands for all who meet clients. A set to pick from by unit or by person, as the one above.
create or replace function app.concerned() returns table (unit_id bigint, person_id bigint, form text, since date)
language sql stable as $$
  select met.unit_id, met.person_id, met.form, min(met.since) from (
    select c.ancestor_id as unit_id, p.person_id, used.form, p.starts_on as since
    from organisation_placement p
    join organisation_workforce w on w.id = p.workforce_id
    join organisation_unit place on place.id = w.unit_id
    join organisation_unitclosure c on c.descendant_id = w.unit_id
    cross join lateral unnest(array_append(place.meeting_forms::text[], '')) used (form)
    where p.meets_clients and p.starts_on <= app.today() and coalesce(p.ends_on >= app.today(), true)
    union all
    select c.ancestor_id, p.daily_leader_id, used.form, p.starts_on
    from organisation_placement p
    join organisation_workforce w on w.id = p.workforce_id
    join organisation_unit place on place.id = w.unit_id
    join organisation_unitclosure c on c.descendant_id = w.unit_id
    cross join lateral unnest(array_append(place.meeting_forms::text[], '')) used (form)
    where p.meets_clients and p.starts_on <= app.today() and coalesce(p.ends_on >= app.today(), true)
      and p.daily_leader_id is not null
      and (exists (
        select 1 from organisation_placement own
        join organisation_workforce at_work on at_work.id = own.workforce_id
        join organisation_unitclosure below on below.descendant_id = at_work.unit_id and below.ancestor_id = c.ancestor_id
        where own.person_id = p.daily_leader_id
          and own.starts_on <= app.today() and coalesce(own.ends_on >= app.today(), true))
      or exists (
        select 1 from organisation_roleassignment r
        join organisation_unitclosure above on above.ancestor_id = r.unit_id and above.descendant_id = c.ancestor_id
        where r.person_id = p.daily_leader_id and r.role in ('leader', 'office_leader')
          and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)))
  ) met
  join organisation_person here on here.id = met.person_id and coalesce(here.ended_on >= app.today(), true)
  group by met.unit_id, met.person_id, met.form
$$;

-- Whom each item is for: those its unit informs today who were there when it came. Newcomers get what is in force
-- from the procedures and the training, not a year of news. What stands is for those it concerns today, newcomers too,
-- until it ends. Name the unit too when you pick by item.
create or replace function app.informed() returns table (item_id uuid, unit_id bigint, person_id bigint)
language sql stable as $$
  select i.id, i.unit_id, a.person_id
  from information_item i
  join app.audience() a on a.unit_id = i.unit_id and a.since <= (i.at at time zone 'Europe/Oslo')::date
  where not i.is_standing
  union all
  select i.id, i.unit_id, c.person_id
  from information_item i
  join app.concerned() c on c.unit_id = i.unit_id and c.form = i.form
  where i.is_standing and i.ended_at is null
$$;

-- The same with when they read it, as far as the one who asks may see that.
create or replace function app.receipts()
returns table (item_id uuid, unit_id bigint, person_id bigint, read_at timestamptz)
language sql stable as $$
  select f.item_id, f.unit_id, f.person_id, r.at
  from app.informed() f
  left join information_reading r on r.item_id = f.item_id and r.person_id = f.person_id
$$;

select app.protect('information_item');
grant select on information_item to tryggmote_app, tryggmote_wide, tryggmote_all;
grant select, insert, update (ended_at) on information_item to tryggmote_job;
-- Everybody who may read the unit's documents sees what it is told.
create policy in_sight on information_item for select to tryggmote_app, tryggmote_wide
  using (unit_id = any ((select app.units_in_sight())::integer[]));
create policy in_sight_of_all on information_item for select to tryggmote_all using (app.me() is not null);
-- Whoever puts something in the feed knows it: the database writes that down as a reading.
create or replace function app.publisher_has_read() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into information_reading (item_id, person_id, at) values (new.id, new.by_id, new.at);
  return null;
end
$$;
revoke execute on function app.publisher_has_read() from public;
create or replace trigger publisher_has_read after insert on information_item
  for each row when (new.by_id is not null) execute function app.publisher_has_read();
-- The system writes the feed in the transaction of the act that it tells of, and reads it for the weekly digest.
create policy publish on information_item for insert to tryggmote_job with check (true);
create policy digest on information_item for select to tryggmote_job using (true);
-- What stands is ended in the transaction of the act that takes its place.
create policy end_standing on information_item for update to tryggmote_job
  using (is_standing and ended_at is null) with check (is_standing);

select app.protect('information_reading');
grant select, insert on information_reading to tryggmote_app, tryggmote_wide, tryggmote_all;
grant usage on sequence information_reading_id_seq to tryggmote_app, tryggmote_wide, tryggmote_all;
grant select on information_reading to tryggmote_job;
-- One sees what one has read oneself; those who lead the unit or represent it see who has read what it was told.
create policy own on information_reading for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (person_id = (select app.me()));
create policy of_led_or_represented on information_reading for select
  to tryggmote_app, tryggmote_wide, tryggmote_all
  using (item_id in (
    select i.id from information_item i
    where i.unit_id = any ((select app.units_led())::integer[])
       or i.unit_id = any ((select app.units_represented())::integer[])));
-- One says for oneself alone that one has read, and only what one may see.
create policy read_oneself on information_reading for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (person_id = (select app.me()) and exists (select 1 from information_item i where i.id = item_id));
create policy digest on information_reading for select to tryggmote_job using (true);

select app.protect('information_reminder');
grant select, insert on information_reminder to tryggmote_app, tryggmote_wide, tryggmote_all;
-- That people were reminded is seen by all who see the item.
create policy in_sight on information_reminder for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from information_item i where i.id = item_id));
-- The leader of the unit reminds, in their own name.
create policy leader_reminds on information_reminder for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and exists (
    select 1 from information_item i where i.id = item_id and i.unit_id = any ((select app.units_led())::integer[])));

select app.protect('information_digest');
grant select, insert on information_digest to tryggmote_job;
grant select on information_digest to tryggmote_app, tryggmote_wide, tryggmote_all;
-- That a week's digest has gone out is no secret; it says nothing about anybody.
create policy known on information_digest for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (app.me() is not null);
create policy send on information_digest for insert to tryggmote_job with check (true);
create policy look on information_digest for select to tryggmote_job using (true);

-- Readings need no history: they are only ever added, and say themselves who and when.
select app.keep_history('information_item');
select app.keep_history('information_reminder');
