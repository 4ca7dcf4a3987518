-- Stops of dangerous work (AML § 6-3): what, where and since when for all who work there while it lasts; the rest for those
-- who lead the unit on either line, and those who represent it.

select app.protect('concerns_stop');
select app.protect('concerns_stopreason');
select app.protect('concerns_stopact');

grant select, insert on concerns_stop, concerns_stopreason, concerns_stopact
  to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy led_represented_or_at_work on concerns_stop for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (unit_id = any ((select app.units_led() || app.units_represented())::integer[])
    or (ended_at is null and unit_id = any ((select app.member_units())::integer[])));
create policy led_or_represented on concerns_stopreason for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from concerns_stop s where s.id = stop_id
    and s.unit_id = any ((select app.units_led() || app.units_represented())::integer[])));
create policy led_or_represented on concerns_stopact for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from concerns_stop s where s.id = stop_id
    and s.unit_id = any ((select app.units_led() || app.units_represented())::integer[])));

-- A representative of the unit stops, and says why in the same act.
create policy representative_stops on concerns_stop for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and latest = '' and ended_at is null
    and unit_id = any ((select app.units_represented())::integer[]));
create policy representative_says_why on concerns_stopreason for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (exists (select 1 from concerns_stop s where s.id = stop_id and s.by_id = (select app.me())));
-- A leader says that the danger is over, a representative agrees or not, and either records what the Inspectorate decided.
create policy each_in_their_capacity on concerns_stopact for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and exists (
    select 1 from concerns_stop s where s.id = stop_id and case
      when deed = 'done' then s.unit_id = any ((select app.units_led())::integer[])
      when deed in ('agreed', 'disagreed') then s.unit_id = any ((select app.units_represented())::integer[])
      else s.unit_id = any ((select app.units_led() || app.units_represented())::integer[]) end));

create or replace trigger happens_now before insert on concerns_stop
  for each row when (current_user <> 'tryggmote_owner') execute function app.happens_now();
create or replace trigger happens_now before insert on concerns_stopact
  for each row when (current_user <> 'tryggmote_owner') execute function app.happens_now();

-- One act at a time, in an order that makes sense: what has ended is over, a leader waits for the representative, who
-- disagrees with what a leader has said.
create or replace function app.derive_stop() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update concerns_stop
  set latest = new.deed, ended_at = case when new.deed in ('agreed', 'may_begin') then new.at end
  where id = new.stop_id and ended_at is null
    and (new.deed <> 'done' or latest <> 'done') and (new.deed <> 'disagreed' or latest = 'done');
  if not found then
    raise check_violation using message = 'This does not follow from what was done about the stop before.';
  end if;
  return null;
end
$$;
revoke execute on function app.derive_stop() from public;
create or replace trigger derive_stop after insert on concerns_stopact
  for each row execute function app.derive_stop();

select app.keep_history('concerns_stop');
select app.keep_history('concerns_stopreason');
select app.keep_history('concerns_stopact');

select app.goes_with_unit('concerns_stop');
