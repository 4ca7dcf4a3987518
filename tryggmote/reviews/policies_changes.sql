-- Registered changes of premises (3.1): seen with the building. A change is closed only when its review is signed.

select app.protect('reviews_change');
select app.protect('reviews_changeending');
grant select, insert on reviews_change, reviews_changeending to tryggmote_app, tryggmote_wide, tryggmote_all;
-- Plans are put off: the day may be written anew until it has come. What it was stands in the history.
grant update (in_use_on) on reviews_change to tryggmote_app, tryggmote_wide, tryggmote_all;

create policy of_building on reviews_change for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from premises_building b where b.id = building_id));
create policy of_change on reviews_changeending for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from reviews_change c where c.id = change_id));

-- Leaders and representatives say that something is to change; leaders say when, and when it is over.
create policy register on reviews_change for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and ended_at is null and app.reviews_building(building_id));
create policy put_off on reviews_change for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (ended_at is null and in_use_on > app.today() and app.leads_building(building_id));
create policy finish on reviews_changeending for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and exists (
    select 1 from reviews_change c
    where c.id = change_id and c.ended_at is null and app.leads_building(c.building_id))
    and case ending
      when 'closed' then exists (
        select 1 from reviews_review r where r.change_id = reviews_changeending.change_id and r.signed_at is not null)
      when 'called_off' then words <> '' end);

create or replace function app.derive_change() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update reviews_change set ended_at = new.at where id = new.change_id;
  return null;
end
$$;
revoke execute on function app.derive_change() from public;
create or replace trigger derive_change after insert on reviews_changeending
  for each row execute function app.derive_change();

select app.keep_history('reviews_change');
select app.keep_history('reviews_changeending');

-- Units that are merged or split are a change of each building that came, and of those that took others in: who works there
-- is new, and it is gone through anew (3.1, ADR 0032).
create or replace function app.hand_over_with_buildings() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into reviews_change (id, building_id, kind, what, room_ids, in_use_on, by_id, at)
  select gen_random_uuid(), b.id, 'merge', new.why, '{}', app.today(), new.by_id, new.at
  from premises_building b
  where b.unit_id = new.to_unit_id and b.left_on is null
    and (new.is_whole or b.id::text in (
      select unnest(p.row_ids) from organisation_handoverpart p
      where p.handover_id = new.id and p.kind = 'premises_building'));
  return null;
end
$$;
revoke execute on function app.hand_over_with_buildings() from public;
create or replace trigger hand_over_with_buildings after insert on organisation_handover
  for each row execute function app.hand_over_with_buildings();
