-- Units that become parts of others, and what goes with them (ADR 0032).

-- Whether one answers for a unit, as its leader or as director above.
create or replace function app.answers_for(unit bigint) returns boolean
language sql stable as $$
  select unit = any ((select app.units_led())::integer[]) or unit = any ((select app.units_overseen())::integer[])
$$;

-- Which units stand above which, worked out anew from which lies right under which. One that has become a part of another
-- lies under that, and no longer where it lay.
create or replace function app.rebuild_closure() returns void
language plpgsql security definer set search_path = public, pg_temp as $function$
declare
  goes_round boolean;
begin
  delete from organisation_unitclosure;
  -- Planned anew each time: an import begins with a few units and ends with thousands.
  execute $query$
  with recursive above as (
    select id as ancestor_id, id as descendant_id, 0 as depth from organisation_unit
    union
    select coalesce(u.merged_into_id, p.parent_id), a.descendant_id, a.depth + 1
    from above a
    join organisation_unit u on u.id = a.ancestor_id
    left join organisation_unitparent p on p.child_id = u.id and u.merged_into_id is null
    where a.depth < 20 and coalesce(u.merged_into_id, p.parent_id) is not null
  ), kept as (
    insert into organisation_unitclosure (ancestor_id, descendant_id, depth)
    select ancestor_id, descendant_id, min(depth) from above group by 1, 2
  )
  select bool_or(ancestor_id = descendant_id and depth > 0) from above
  $query$ into goes_round;
  if goes_round then
    raise check_violation using message = 'Units go round in a ring.';
  end if;
end
$function$;

select app.protect('organisation_handover');
select app.protect('organisation_handoverpart');
grant select, insert on organisation_handover to tryggmote_app, tryggmote_wide, tryggmote_all;
-- Which rows went is for the database itself; how many, for those who answer for the units.
grant select (id, handover_id, kind, n, is_private) on organisation_handoverpart
  to tryggmote_app, tryggmote_wide, tryggmote_all;
-- What happened to a unit, and why, is read by everybody who may read the documents of either.
create policy of_units on organisation_handover for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (from_unit_id = any ((select app.units_in_sight())::integer[])
    or to_unit_id = any ((select app.units_in_sight())::integer[]) or (select app.has_role('administrator')));
create policy answered_for on organisation_handoverpart for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (not is_private and exists (
    select 1 from organisation_handover h
    where h.id = handover_id and ((select app.has_role('administrator'))
      or (app.answers_for(h.from_unit_id) and app.answers_for(h.to_unit_id)))));

-- Whether a handover took all a unit had. For the policy, which may not ask its own table.
create or replace function app.was_whole(handover uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from organisation_handover h where h.id = handover and h.is_whole)
$$;
-- A whole unit is handed over, and brought back, by administrators and by directors above both units; a part, by one who
-- answers for both (`rules.py`).
create policy hand_over on organisation_handover for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and case
    when is_whole or app.was_whole(reverses_id) then (select app.has_role('administrator'))
      or (from_unit_id = any ((select app.units_overseen())::integer[])
          and to_unit_id = any ((select app.units_overseen())::integer[]))
    else app.answers_for(from_unit_id) and app.answers_for(to_unit_id) end);

-- One at a time for two units. A unit that is a part of another has nothing to give, and nothing is given to one that is;
-- what is brought back goes where it came from.
create or replace function app.begin_handover() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform 1 from organisation_unit where id in (new.from_unit_id, new.to_unit_id) order by id for update;
  if exists (select 1 from organisation_unit where id = new.from_unit_id and merged_into_id is not null)
     or (case when new.reverses_id is null
       then exists (select 1 from organisation_unit where id = new.to_unit_id and ended_on is not null)
       else not exists (
         select 1 from organisation_handover undone
         where undone.id = new.reverses_id and undone.reverses_id is null
           and undone.from_unit_id = new.to_unit_id and undone.to_unit_id = new.from_unit_id) end) then
    raise check_violation using message = 'Nothing can be handed over from the one unit to the other.';
  end if;
  return new;
end
$$;
-- A unit that hands over all it has becomes a part of the other from today, and stands for itself again when it is reversed.
create or replace function app.join_units() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.is_whole then
    update organisation_unit set merged_into_id = new.to_unit_id, ended_on = coalesce(ended_on, app.today())
    where id = new.from_unit_id;
  elsif new.reverses_id is not null then
    update organisation_unit set merged_into_id = null, ended_on = null
    where id = new.to_unit_id and merged_into_id = new.from_unit_id;
  end if;
  if found then
    perform app.rebuild_closure();
  end if;
  return null;
end
$$;

-- The rows of a kind that a handover takes, named one by one: those chosen, or those that are brought back.
create or replace function app.chosen_of(handed organisation_handover, wanted text) returns text[]
language sql stable as $$
  select case when handed.reverses_id is null then handed.chosen::text[] else array(
    select unnest(p.row_ids) from organisation_handoverpart p
    where p.handover_id = handed.reverses_id and p.kind = wanted) end
$$;
create or replace function app.note_handed_over(handover uuid, kind text, went text[], is_private boolean) returns void
language sql as $$
  insert into organisation_handoverpart (handover_id, kind, row_ids, n, is_private)
  select handover, kind, went, cardinality(went), is_private where cardinality(went) > 0
$$;
-- Moves what goes of one table. The arguments are those of `app.goes_with_unit`.
create or replace function app.hand_over() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  kept text := tg_argv[0];
  one_of text := tg_argv[2];
  origin text := case when tg_argv[3]::boolean
    then ', came_from_id = case when came_from_id = $1 then null else coalesce(came_from_id, $2) end' else '' end;
  stays text := case when one_of = '' then '' else format(
    ' and not exists (select 1 from %1$I own where own.unit_id = $1 and own.%2$I = given.%2$I)', kept, one_of) end;
  went text[];
begin
  execute format('with gone as (update %I given set unit_id = $1%s where unit_id = $2 and ($3 or id::text = any ($4))%s '
                 'returning id) select array_agg(id::text) from gone', kept, origin, stays)
  into went using new.to_unit_id, new.from_unit_id, new.is_whole, app.chosen_of(new, kept);
  perform app.note_handed_over(new.id, kept, went, tg_argv[1]::boolean);
  return null;
end
$$;

-- Says that the rows of a table go with their unit when it becomes a part of another, and each by itself when chosen.
-- `one_of`: a unit has one for each value of this column, and the receiving unit's own holds: the other stays as history.
-- `keeps_origin`: the row remembers where it came from, so that a unit may have several of what one makes once.
-- Triggers run in the order of their names: what follows from this has one called `hand_over_with_...`.
create or replace function app.goes_with_unit(
  kept regclass, is_private boolean default false, one_of text default '', keeps_origin boolean default false)
returns void language plpgsql as $$
begin
  execute format('create or replace trigger %I after insert on organisation_handover for each row '
                 'execute function app.hand_over(%L, %L, %L, %L)',
                 'hand_over_' || kept, kept, is_private, one_of, keeps_origin);
end
$$;
revoke execute on function app.rebuild_closure(), app.begin_handover(), app.join_units(), app.hand_over(),
  app.chosen_of(organisation_handover, text), app.note_handed_over(uuid, text, text[], boolean),
  app.goes_with_unit(regclass, boolean, text, boolean) from public;
-- The import, by an administrator or by the job, has the closure worked out anew; it is the same whoever asks.
grant execute on function app.rebuild_closure() to tryggmote_app, tryggmote_wide, tryggmote_all, tryggmote_job;
create or replace trigger begin_handover before insert on organisation_handover
  for each row execute function app.begin_handover();
create or replace trigger hand_over_unit after insert on organisation_handover
  for each row execute function app.join_units();

select app.keep_history('organisation_handover');
