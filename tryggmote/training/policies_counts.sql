-- The counts of training that are kept: seen by those who may see them live (`evidence_training_counts`), and written by
-- the database alone.
select app.protect('training_keptcount');
select app.protect('training_countskept');
grant select on training_keptcount, training_countskept to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy of_units_answered_for on training_keptcount for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (unit_id in (select unnest(app.units_led() || app.units_represented() || app.units_overseen())));
create policy known on training_countskept for select to tryggmote_app, tryggmote_wide, tryggmote_all using (true);

-- Counts everybody anew, and writes what differs: twice in a row nothing the second time. Returns how many rows were
-- written. In PL/pgSQL, which looks for the view of the evidence only when it is asked: that is made after this.
create or replace function app.keep_training_counts(moment timestamptz) returns bigint
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  written bigint;
begin
  -- One at a time: two would each write the same rows.
  perform pg_advisory_xact_lock(hashtext('app.keep_training_counts'));
  with counted as materialized (
    select t.unit_id, t.element, t.place, t.standing, count(*)::integer as n
    from evidence_part_training t
    group by t.unit_id, t.element, t.place, t.standing
  ), gone as (
    delete from training_keptcount k
    where not exists (
      select 1 from counted c where c.unit_id = k.unit_id and c.element = k.element and c.standing = k.standing)
    returning 1
  ), changed as (
    insert into training_keptcount as k (unit_id, element, place, standing, n)
    select c.unit_id, c.element, c.place, c.standing, c.n from counted c
    on conflict (unit_id, element, standing) do update set n = excluded.n, place = excluded.place
    where (k.n, k.place) is distinct from (excluded.n, excluded.place)
    returning 1
  )
  select (select count(*) from gone) + (select count(*) from changed) into written;
  insert into training_countskept (id, at) values (1, moment) on conflict (id) do update set at = excluded.at;
  return written;
end
$$;
revoke execute on function app.keep_training_counts(timestamptz) from public;
grant execute on function app.keep_training_counts(timestamptz) to tryggmote_job;
