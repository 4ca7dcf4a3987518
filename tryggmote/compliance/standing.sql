-- What keeps how each unit stands, from the view of all rules (`everything.py` makes it).

-- Brings what is kept up to date: ends what is no longer so, begins what is, and moves figures and days. Twice in a row it
-- does nothing the second time. Asks for every unit, as the directorate would. Returns how many began and ended.
create or replace function app.keep_standing(moment timestamptz) returns table (began bigint, ended bigint)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  asking_roles text := current_setting('app.roles', true);
  began bigint;
  ended bigint;
begin
  -- One at a time: two would each begin the same rows. A clock set back waits until it has caught up.
  perform pg_advisory_xact_lock(hashtext('app.keep_standing'));
  if exists (select 1 from compliance_lastkept k where k.at >= moment) then
    return query select 0::bigint, 0::bigint;
    return;
  end if;
  perform set_config('app.roles', '{directorate}', true);
  drop table if exists pg_temp.found_standing;
  create temporary table found_standing on commit drop as
  select e.*, app.thresholds_version() as thresholds_version from evidence_part_everything e;
  analyze pg_temp.found_standing;
  perform set_config('app.roles', coalesce(asking_roles, ''), true);
  update compliance_standing s set until_at = moment
  where s.until_at is null and not exists (
    select 1 from pg_temp.found_standing f
    where f.unit_id = s.unit_id and f.rule = s.rule and f.state = s.state and f.reason = s.reason
      and f.rule_version = s.rule_version and f.thresholds_version = s.thresholds_version);
  get diagnostics ended = row_count;
  update compliance_standing s set figures = f.figures, runs_out_on = f.runs_out_on
  from pg_temp.found_standing f
  where s.until_at is null and f.unit_id = s.unit_id and f.rule = s.rule
    and (s.figures is distinct from f.figures or s.runs_out_on is distinct from f.runs_out_on);
  insert into compliance_standing (unit_id, rule, state, reason, figures, runs_out_on, rule_version, thresholds_version,
    since, from_at, before_id, is_change)
  select f.unit_id, f.rule, f.state, f.reason, f.figures, f.runs_out_on, f.rule_version, f.thresholds_version,
    case when before.state = f.state then before.since else moment end, moment, before.id,
    coalesce(before.state <> f.state or before.reason <> f.reason, false)
  from pg_temp.found_standing f
  left join compliance_standing before on before.unit_id = f.unit_id and before.rule = f.rule
    and before.until_at = moment
  where not exists (
    select 1 from compliance_standing s where s.unit_id = f.unit_id and s.rule = f.rule and s.until_at is null);
  get diagnostics began = row_count;
  drop table pg_temp.found_standing;
  insert into compliance_lastkept (id, at) values (1, moment) on conflict (id) do update set at = excluded.at;
  return query select began, ended;
end
$$;

revoke execute on function app.keep_standing(timestamptz) from public;
grant execute on function app.keep_standing(timestamptz) to tryggmote_job;
