-- Demands of safety representatives (AML § 6-2): seen by those who lead the unit on either line, and those who represent it.

select app.protect('concerns_demand');
select app.protect('concerns_demandanswer');
select app.protect('concerns_takenfurther');

grant select, insert on concerns_demand, concerns_demandanswer, concerns_takenfurther
  to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy led_or_represented on concerns_demand for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (by_id = (select app.me()) or unit_id = any ((select app.units_led() || app.units_represented())::integer[]));
create policy of_demand on concerns_demandanswer for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from concerns_demand d where d.id = demand_id));
create policy of_demand on concerns_takenfurther for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from concerns_demand d where d.id = demand_id));

-- A representative of the unit demands, a leader of the unit answers, a representative takes it further.
create policy representative_demands on concerns_demand for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and answered_at is null and taken_further_at is null
    and unit_id = any ((select app.units_represented())::integer[]));
create policy leader_answers on concerns_demandanswer for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and exists (
    select 1 from concerns_demand d where d.id = demand_id and d.by_id <> (select app.me())
      and d.unit_id = any ((select app.units_led())::integer[])));
create policy representative_goes_further on concerns_takenfurther for insert
  to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and exists (
    select 1 from concerns_demand d where d.id = demand_id and (d.answered_at is not null or d.due_at <= now())
      and d.unit_id = any ((select app.units_represented())::integer[])));

create or replace trigger stamp_with_deadline before insert on concerns_demand
  for each row execute function app.stamp_with_deadline('demand_days');
create or replace trigger happens_now before insert on concerns_demandanswer
  for each row when (current_user <> 'tryggmote_owner') execute function app.happens_now();
create or replace trigger happens_now before insert on concerns_takenfurther
  for each row when (current_user <> 'tryggmote_owner') execute function app.happens_now();

create or replace function app.derive_demand() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_table_name = 'concerns_demandanswer' then
    update concerns_demand set answered_at = new.at where id = new.demand_id;
  else
    update concerns_demand set taken_further_at = new.at where id = new.demand_id and taken_further_at is null;
  end if;
  return null;
end
$$;
revoke execute on function app.derive_demand() from public;
create or replace trigger derive_demand after insert on concerns_demandanswer
  for each row execute function app.derive_demand();
create or replace trigger derive_demand after insert on concerns_takenfurther
  for each row execute function app.derive_demand();

select app.keep_history('concerns_demand');
select app.keep_history('concerns_demandanswer');
select app.keep_history('concerns_takenfurther');

select app.goes_with_unit('concerns_demand');
