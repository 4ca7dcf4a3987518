-- Measures (requirement 2.3). Everybody who may read the unit's documents reads its measures, and so does the
-- owner wherever they work. Leaders of the unit plan and change; owner and leaders carry out and evaluate.

-- Whether somebody belongs to a unit today: works in it or below it, or holds a role in it or above it.
-- A guard and an administrator hold theirs for another purpose.
create or replace function app.belongs_to(person bigint, unit bigint) returns boolean
language sql stable as $$
  select exists (
    select 1 from organisation_person p where p.id = person and coalesce(p.ended_on >= app.today(), true)
  ) and (
    exists (
      select 1
      from organisation_placement pl
      join organisation_workforce w on w.id = pl.workforce_id
      join organisation_unitclosure c on c.descendant_id = w.unit_id and c.ancestor_id = unit
      where pl.person_id = person and pl.starts_on <= app.today() and coalesce(pl.ends_on >= app.today(), true))
    or exists (
      select 1
      from organisation_roleassignment r
      join organisation_unitclosure c on c.ancestor_id = r.unit_id and c.descendant_id = unit
      where r.person_id = person and r.role not in ('administrator', 'guard')
        and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)))
$$;

select app.protect('controls_measure');
select app.protect('controls_establishment');
select app.protect('controls_evaluation');
select app.protect('controls_postponement');
select app.protect('controls_handover');
select app.protect('controls_cancellation');
select app.protect('controls_escalated');

-- A plan and an act are added and never changed.
grant select, insert on controls_measure, controls_establishment, controls_evaluation, controls_postponement,
  controls_handover, controls_cancellation to tryggmote_app, tryggmote_wide, tryggmote_all;
grant select on controls_escalated to tryggmote_app, tryggmote_wide, tryggmote_all;

-- Those who may read the unit's documents, and the owner.
create policy of_unit on controls_measure for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (owner_id = (select app.me()) or unit_id = any ((select app.units_in_sight())::integer[]));
-- A leader of the unit plans in their own name, with an owner who belongs there; nothing is done yet.
create policy leader_plans on controls_measure for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (
    created_by_id = (select app.me()) and unit_id = any ((select app.units_led())::integer[])
    and app.belongs_to(owner_id, unit_id)
    and established_at is null and evaluated_at is null and effect = '' and cancelled_at is null);

-- Whoever sees the measure sees what was done about it.
do $$
declare act text;
begin
  foreach act in array array['establishment', 'evaluation', 'postponement', 'handover', 'cancellation', 'escalated'] loop
    execute format('create policy of_measure on controls_%s for select to tryggmote_app, tryggmote_wide, tryggmote_all '
                   'using (exists (select 1 from controls_measure m where m.id = measure_id))', act);
  end loop;
  -- Owner and leaders carry out and evaluate, in their own name.
  foreach act in array array['establishment', 'evaluation'] loop
    execute format($policy$
      create policy owner_or_leader_acts on controls_%s for insert to tryggmote_app, tryggmote_wide, tryggmote_all
      with check (by_id = (select app.me()) and exists (
        select 1 from controls_measure m
        where m.id = measure_id and (m.owner_id = (select app.me())
                                     or m.unit_id = any ((select app.units_led())::integer[]))))
    $policy$, act);
  end loop;
  -- Only leaders of the unit change its date and owner, and cancel.
  foreach act in array array['postponement', 'handover', 'cancellation'] loop
    execute format($policy$
      create policy leader_acts on controls_%s for insert to tryggmote_app, tryggmote_wide, tryggmote_all
      with check (by_id = (select app.me()) and exists (
        select 1 from controls_measure m
        where m.id = measure_id and m.unit_id = any ((select app.units_led())::integer[])))
    $policy$, act);
  end loop;
end
$$;

-- What lists show is derived from the acts by the database itself; no person and no job may set it. An act that
-- does not fit what has been done already is refused, also when two people act at the same moment.
create or replace function app.derive_measure() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  case tg_table_name
    when 'controls_establishment' then
      update controls_measure set established_at = new.at
      where id = new.measure_id and established_at is null and cancelled_at is null;
    when 'controls_evaluation' then
      update controls_measure set evaluated_at = new.at, effect = new.effect
      where id = new.measure_id and established_at is not null and cancelled_at is null;
    when 'controls_postponement' then
      update controls_measure set due_on = new.to_on
      where id = new.measure_id and due_on = new.from_on and established_at is null and cancelled_at is null;
    when 'controls_handover' then
      update controls_measure set owner_id = new.to_owner_id
      where id = new.measure_id and owner_id = new.from_owner_id and cancelled_at is null
        and app.belongs_to(new.to_owner_id, unit_id);
    when 'controls_cancellation' then
      update controls_measure set cancelled_at = new.at where id = new.measure_id and cancelled_at is null;
  end case;
  if not found then
    raise check_violation using message = format('%s does not fit what has been done.', tg_table_name);
  end if;
  return null;
end
$$;
revoke execute on function app.derive_measure() from public;
do $$
declare act text;
begin
  foreach act in array array['establishment', 'evaluation', 'postponement', 'handover', 'cancellation'] loop
    execute format('create or replace trigger derive_measure after insert on controls_%s '
                   'for each row execute function app.derive_measure()', act);
  end loop;
end
$$;

-- An act is done after the measure was planned and not in the future, and nothing is evaluated before it is in place:
-- the months until an effect must be known are counted from these. A minute for clocks that differ.
create or replace function app.refuse_impossible_moments() returns trigger
language plpgsql as $$
begin
  if new.at > clock_timestamp() + interval '1 minute' or exists (
    select 1 from controls_measure m
    where m.id = new.measure_id
      and (new.at < m.created_at or (tg_table_name = 'controls_evaluation' and new.at < m.established_at))
  ) then
    raise check_violation using message = format('%s cannot have been done then.', tg_table_name);
  end if;
  return new;
end
$$;
do $$
declare act text;
begin
  foreach act in array array['establishment', 'evaluation', 'postponement', 'handover', 'cancellation'] loop
    execute format('create or replace trigger refuse_impossible_moments before insert on controls_%s for each row '
                   'when (current_user <> ''tryggmote_owner'') execute function app.refuse_impossible_moments()', act);
  end loop;
end
$$;

-- The job that tells the next leader reads whose a measure is and how far it has come, never what it says.
grant select (id, unit_id, owner_id, due_on, established_at, evaluated_at, effect, cancelled_at)
  on controls_measure to tryggmote_job;
grant select, insert on controls_escalated to tryggmote_job;
create policy still_open on controls_measure for select to tryggmote_job
  using (cancelled_at is null and effect <> 'reduced');
create policy passed_up on controls_escalated for select to tryggmote_job using (true);
create policy pass_up on controls_escalated for insert to tryggmote_job with check (true);

select app.keep_history('controls_measure');
select app.keep_history('controls_establishment');
select app.keep_history('controls_evaluation');
select app.keep_history('controls_postponement');
select app.keep_history('controls_handover');
select app.keep_history('controls_cancellation');
select app.keep_history('controls_escalated');

-- What goes with a unit that becomes a part of another (ADR 0032).
select app.goes_with_unit('controls_measure');
