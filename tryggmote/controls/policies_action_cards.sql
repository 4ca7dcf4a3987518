-- What units add to the action cards (3.2, 3.3, 3.4). What is in force is read by everybody who may read the unit's
-- documents. A draft is read by those who lead and those who represent the unit, who also write on it.
select app.protect('controls_cardaddition');
select app.protect('controls_cardadditionapproval');

grant select, insert,
  update (exits, assembly_point, police_minutes, meets_police, more, revision, saved_with, ready_at)
  on controls_cardaddition to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy in_force_or_written on controls_cardaddition for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (
    (approved_at is not null and unit_id = any ((select app.units_in_sight())::integer[]))
    or unit_id = any ((select app.units_led())::integer[])
    or unit_id = any ((select app.units_represented())::integer[]));
-- Leaders and safety representatives of the unit write, in their own name; nothing is in force yet.
create policy write_draft on controls_cardaddition for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (
    by_id = (select app.me()) and approved_at is null
    and (unit_id = any ((select app.units_led())::integer[])
         or unit_id = any ((select app.units_represented())::integer[])));
create policy write_on_draft on controls_cardaddition for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (
    approved_at is null
    and (unit_id = any ((select app.units_led())::integer[])
         or unit_id = any ((select app.units_represented())::integer[])));

-- Versions are numbered as they are written, whatever number is sent.
create or replace function app.number_card_addition() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select coalesce(max(a.number), 0) + 1 into new.number
  from controls_cardaddition a where a.unit_id = new.unit_id and a.card = new.card;
  return new;
end
$$;
revoke execute on function app.number_card_addition() from public;
create or replace trigger number_card_addition before insert on controls_cardaddition
  for each row when (current_user <> 'tryggmote_owner') execute function app.number_card_addition();

-- What has been approved stands as it was: no program, no job and no migration changes more than whose it is.
create or replace function app.keep_approved_card_additions() returns trigger
language plpgsql as $$
begin
  if tg_op = 'UPDATE' and to_jsonb(new) - 'unit_id' = to_jsonb(old) - 'unit_id' then
    return new;
  end if;
  raise insufficient_privilege using message = 'What is approved is not changed; a new version is written.';
end
$$;
create or replace trigger keep_approved_card_additions before update or delete on controls_cardaddition
  for each row when (old.approved_at is not null) execute function app.keep_approved_card_additions();

-- Whoever sees the version sees who approved it. Leaders of the unit approve, in their own name.
grant select, insert on controls_cardadditionapproval to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy of_addition on controls_cardadditionapproval for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from controls_cardaddition a where a.id = addition_id));
create policy leader_approves on controls_cardadditionapproval for insert
  to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and exists (
    select 1 from controls_cardaddition a
    where a.id = addition_id and a.unit_id = any ((select app.units_led())::integer[])));

-- A draft that was changed after it was read is not approved, also when somebody saves at the same moment.
create or replace function app.derive_card_addition() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update controls_cardaddition set approved_at = new.at
  where id = new.addition_id and revision = new.revision and approved_at is null;
  if not found then
    raise check_violation using message = 'The draft is not as it was read.';
  end if;
  return null;
end
$$;
revoke execute on function app.derive_card_addition() from public;
create or replace trigger derive_card_addition after insert on controls_cardadditionapproval
  for each row execute function app.derive_card_addition();

select app.keep_history('controls_cardaddition');
select app.keep_history('controls_cardadditionapproval');

-- They go with a unit that becomes a part of another (ADR 0032), but for cards to which that one has added for itself:
-- two assembly points would be one too many.
select app.goes_with_unit('controls_cardaddition', one_of => 'card');
