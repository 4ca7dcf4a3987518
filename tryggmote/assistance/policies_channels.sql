-- Where a unit is told of calls outside Tryggmøte (requirements 3.2-3.4). Set up by the leader of the unit and by
-- administrators. The address goes in once and is read by the worker's role alone: no page can show it again.

select app.protect('assistance_unitchannel');

grant select (unit_id, name, service, made_by_id, made_at, last_told_at, last_trouble, tells_news), insert, delete,
  update (tells_news)
  on assistance_unitchannel to tryggmote_app, tryggmote_wide, tryggmote_all;
grant select, update (last_told_at, last_trouble) on assistance_unitchannel to tryggmote_job;

-- Everybody who works in the unit sees that it is there and whether it works.
create policy in_sight on assistance_unitchannel for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (unit_id = any ((select app.units_in_sight())::integer[]) or (select app.sees_all_units())
         or (select app.has_role('administrator')));
create policy set_up on assistance_unitchannel for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (made_by_id = (select app.me()) and (
    unit_id = any ((select app.units_led())::integer[]) or (select app.has_role('administrator'))));
create policy choose_news on assistance_unitchannel for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (unit_id = any ((select app.units_led())::integer[]) or (select app.has_role('administrator')))
  with check (unit_id = any ((select app.units_led())::integer[]) or (select app.has_role('administrator')));
create policy removed on assistance_unitchannel for delete to tryggmote_app, tryggmote_wide, tryggmote_all
  using (unit_id = any ((select app.units_led())::integer[]) or (select app.has_role('administrator')));

-- The worker reads where to send, and writes down how it went.
create policy speak on assistance_unitchannel for select to tryggmote_job using (true);
create policy record_health on assistance_unitchannel for update to tryggmote_job using (true) with check (true);

select app.keep_history('assistance_unitchannel');

-- The unit whose channel is told of calls in a unit: its own, else the nearest above; null where there is none.
create or replace function app.channel_for(unit integer) returns integer
language sql stable security definer set search_path = public, pg_temp as $$
  select c.unit_id::integer
  from organisation_unitclosure above join assistance_unitchannel c on c.unit_id = above.ancestor_id
  where above.descendant_id = unit order by above.depth limit 1
$$;
revoke execute on function app.channel_for(integer) from public;
grant execute on function app.channel_for(integer) to tryggmote_app, tryggmote_wide, tryggmote_all;

-- Has the worker tell the channel of a real call, when it leaves the screens (`jobs.tell_channel`); whether anybody has
-- answered by then, the worker sees. In the same transaction: no call without it, and it without no call. Never a
-- silent call: the caller is in the channel too, and their own screen would show it.
create or replace function app.tell_channel() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform procrastinate_defer_jobs_v1(array[row('default', 'assistance.tell_channel', 100, null, null,
    jsonb_build_object('unit', app.channel_for(c.unit_id::integer), 'call', c.id),
    clock_timestamp() + make_interval(secs => app.outside_after_s()))::procrastinate_job_to_defer_v1])
  from assistance_call c
  where c.id = new.call_id and c.purpose = 'real' and not c.is_silent and app.channel_for(c.unit_id::integer) is not null;
  return null;
end
$$;
create or replace trigger tell_channel after insert on assistance_callevent
  for each row when (new.kind = 'raised') execute function app.tell_channel();
revoke execute on function app.tell_channel() from public;
