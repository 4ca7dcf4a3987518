-- Reviews of premises (requirement 3.1). Everybody who sees the building sees them: it is their safety. Leaders and safety
-- representatives of the unit go through the premises and sign, each in their own name. Photographs of what was found
-- are seen by those who work there only (`app.at_home_in`).

-- Whether one leads or represents the unit that uses a building (`rules.may_review`).
create or replace function app.reviews_building(building uuid) returns boolean
language sql stable as $$
  select exists (
    select 1 from premises_building b
    where b.id = building and (b.unit_id = any ((select app.units_led())::integer[])
                               or b.unit_id = any ((select app.units_represented())::integer[])))
$$;
-- Whether one may write in a review: it goes on, and nobody has signed what they would have signed otherwise.
create or replace function app.walks(review uuid) returns boolean
language sql stable as $$
  select exists (
    select 1 from reviews_review r
    where r.id = review and r.signed_at is null and r.cancelled_at is null and app.reviews_building(r.building_id)
      and not exists (select 1 from reviews_signature s where s.review_id = r.id))
$$;
-- Whether a review begins with what it must go through: the rooms in use that its change is about, else the building as a
-- whole with every room in use. So nobody signs for an empty round.
create or replace function app.is_scope_of_review(building uuid, changed uuid, whole boolean, rooms uuid[]) returns boolean
language sql stable as $$
  with in_use as (
    select r.id, coalesce((select r.id = any (c.room_ids) from reviews_change c where c.id = changed), false) as is_changed
    from premises_room r join premises_zone z on z.id = r.zone_id
    where z.building_id = building and r.left_on is null)
  select whole = not exists (select 1 from in_use where is_changed)
    and (select coalesce(array_agg(id order by id), '{}') from in_use where whole or is_changed)
      = (select coalesce(array_agg(distinct id order by id), '{}') from unnest(rooms) id)
$$;
-- Whether a place is one the review goes through: one of its rooms; the building as a whole when all of it is.
create or replace function app.is_place_of(review uuid, room uuid) returns boolean
language sql stable as $$
  select exists (
    select 1 from reviews_review r where r.id = review and (room = any (r.room_ids) or (room is null and r.is_whole)))
$$;
-- Whether every place has been gone through, but rooms taken out of use since (`queries.progress_of`).
create or replace function app.is_walked(review uuid) returns boolean
language sql stable as $$
  select coalesce(bool_and(exists (
    select 1 from reviews_part p
    where p.review_id = review and p.room_id is not distinct from place.room_id and p.is_latest and p.is_complete)), true)
  from (
    select null::uuid as room_id from reviews_review r where r.id = review and r.is_whole
    union all
    select room.id from reviews_review r join premises_room room on room.id = any (r.room_ids) and room.left_on is null
    where r.id = review
  ) place
$$;

select app.protect('reviews_review');
select app.protect('reviews_part');
select app.protect('reviews_finding');
select app.protect('reviews_findingpicture');
select app.protect('reviews_signature');

grant select, insert on reviews_review, reviews_part, reviews_finding, reviews_findingpicture, reviews_signature
  to tryggmote_app, tryggmote_wide, tryggmote_all;
grant update (cancelled_at) on reviews_review to tryggmote_app, tryggmote_wide, tryggmote_all;

create policy of_building on reviews_review for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from premises_building b where b.id = building_id));
create policy of_review on reviews_part for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from reviews_review r where r.id = review_id));
create policy of_review on reviews_finding for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from reviews_review r where r.id = review_id));
create policy of_review on reviews_signature for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from reviews_review r where r.id = review_id));
create policy at_home on reviews_findingpicture for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (
    select 1 from reviews_finding f join reviews_review r on r.id = f.review_id
    where f.id = finding_id and app.at_home_in(r.building_id)));

create policy begin on reviews_review for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (begun_by_id = (select app.me()) and app.reviews_building(building_id)
    and signed_at is null and cancelled_at is null and reminded_at is null
    and app.is_scope_of_review(building_id, change_id, is_whole, room_ids)
    and (change_id is null or exists (
      select 1 from reviews_change c
      where c.id = change_id and c.building_id = reviews_review.building_id and c.ended_at is null)));
create policy break_off on reviews_review for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (app.walks(id)) with check (app.reviews_building(building_id));
create policy walk on reviews_part for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and is_latest and app.walks(review_id)
    and app.is_place_of(review_id, room_id));
create policy find on reviews_finding for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and app.walks(review_id) and app.is_place_of(review_id, room_id));
create policy photograph on reviews_findingpicture for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (exists (select 1 from reviews_finding f where f.id = finding_id and app.walks(f.review_id)));
-- One signs as what one is, once all of it has been gone through.
create policy sign on reviews_signature for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and app.is_walked(review_id) and exists (
    select 1 from reviews_review r join premises_building b on b.id = r.building_id
    where r.id = review_id and r.signed_at is null and r.cancelled_at is null and case capacity
      when 'leader' then b.unit_id = any ((select app.units_led())::integer[])
      when 'representative' then b.unit_id = any ((select app.units_represented())::integer[]) end));

-- What counts of a place is what was found last. Whoever writes or signs waits for the review's row: nothing is written
-- into what somebody signs at the same moment.
create or replace function app.latest_review_part() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform 1 from reviews_review where id = new.review_id for update;
  if exists (select 1 from reviews_signature s where s.review_id = new.review_id) then
    raise exception 'The review has been signed.' using errcode = 'insufficient_privilege';
  end if;
  update reviews_part set is_latest = false
  where review_id = new.review_id and room_id is not distinct from new.room_id and is_latest;
  return new;
end
$$;
create or replace function app.derive_review() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform 1 from reviews_review where id = new.review_id for update;
  update reviews_review set signed_at = new.at
  where id = new.review_id and signed_at is null and cancelled_at is null
    and (select count(distinct s.capacity) from reviews_signature s where s.review_id = new.review_id) = 2;
  return null;
end
$$;
revoke execute on function app.latest_review_part(), app.derive_review() from public;
create or replace trigger latest_review_part before insert on reviews_part
  for each row execute function app.latest_review_part();
create or replace trigger derive_review after insert on reviews_signature
  for each row execute function app.derive_review();
-- The year until the next is counted from the signatures: they are of the moment they are given.
create or replace trigger happens_now before insert on reviews_signature
  for each row when (current_user <> 'tryggmote_owner') execute function app.happens_now();

-- The job reminds of signatures that are missing. It reads where and when, never what was found.
grant select (id, building_id, begun_at, signed_at, cancelled_at, reminded_at), update (reminded_at)
  on reviews_review to tryggmote_job;
grant select (id, review_id, capacity) on reviews_signature to tryggmote_job;
create policy remind on reviews_review for select to tryggmote_job using (true);
create policy reminded on reviews_review for update to tryggmote_job using (signed_at is null) with check (true);
create policy remind on reviews_signature for select to tryggmote_job using (true);
grant select (id, unit_id, name) on premises_building to tryggmote_job;
create policy remind_of_reviews on premises_building for select to tryggmote_job using (true);

select app.keep_history('reviews_review');
select app.keep_history('reviews_part');
select app.keep_history('reviews_finding');
select app.keep_history('reviews_findingpicture');
select app.keep_history('reviews_signature');
