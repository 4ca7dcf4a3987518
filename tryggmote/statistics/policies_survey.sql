-- The two questions twice a year (ADR 0061). Nobody reads what comes in: neither marks of others nor boxes, and no role of
-- the application may, the job's and the administrator's neither. An answer is one more in its unit's box: never a row, so
-- that no order, time or transaction tells who gave it. The same transaction leaves a mark that the round is done for
-- somebody, whether they answered or not. Results are made when the round is over, and then marks and boxes go.

select app.protect('statistics_surveyround');
select app.protect('statistics_surveymark');
select app.protect('statistics_surveybox');
select app.protect('statistics_surveyresult');

-- That a round is held everybody knows. The job begins it.
grant select on statistics_surveyround to tryggmote_app, tryggmote_wide, tryggmote_all, tryggmote_job;
grant insert on statistics_surveyround to tryggmote_job;
create policy known on statistics_surveyround for select
  to tryggmote_app, tryggmote_wide, tryggmote_all, tryggmote_job using (true);
create policy begin on statistics_surveyround for insert to tryggmote_job with check (closed_on is null);

-- Whether it is done for oneself.
grant select on statistics_surveymark to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy own on statistics_surveymark for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (person_id = (select app.me()));

-- Results: to those who can talk with the unit about them. Which units are few is decided for everybody alike, so no two can
-- put together what neither may see.
grant select on statistics_surveyresult to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy talk on statistics_surveyresult for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (unit_id in (select unnest(app.units_to_talk_with())));

-- The unit in which somebody who meets clients today is asked; null for others.
create or replace function app.survey_place(asked bigint) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
  select w.unit_id
  from organisation_placement p join organisation_workforce w on w.id = p.workforce_id
  where p.person_id = asked and p.meets_clients
    and p.starts_on <= app.today() and coalesce(p.ends_on >= app.today(), true)
  order by p.is_primary desc, p.id limit 1
$$;

-- Every unit and the one above it: the one it was merged into, else the line of the state. Nothing lies below a municipality:
-- its offices are in a county too, and two sums of the same offices would tell what neither does.
create or replace function app.tree_of_survey() returns table (unit_id bigint, parent_id bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select u.id, coalesce(u.merged_into_id, min(above.id))
  from organisation_unit u
  left join organisation_unitparent link on link.child_id = u.id
  left join organisation_unit above on above.id = link.parent_id and above.kind <> 'municipality'
  group by u.id
$$;

-- Answers, or with nulls says no, for the one who asks. True when the round is done for them. A second time counts nothing.
create or replace function app.take_survey(reported text, safe integer) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  held bigint;
  place bigint;
begin
  -- Held, so that it is not closed meanwhile.
  select r.id into held from statistics_surveyround r
  where r.closed_on is null and app.today() between r.starts_on and r.ends_on for share;
  place := app.survey_place(app.me());
  if held is null or place is null then
    return false;
  end if;
  insert into statistics_surveymark (round_id, person_id) values (held, app.me()) on conflict do nothing;
  if not found or reported is null then
    return true;
  end if;
  if reported not in ('yes', 'no', 'none') or coalesce(safe, 0) not between 1 and 5 then
    raise exception 'There is no such answer.' using errcode = 'check_violation';
  end if;
  insert into statistics_surveybox as box
    (round_id, unit_id, reported_yes, reported_no, reported_none, safe_1, safe_2, safe_3, safe_4, safe_5)
  values (held, place, (reported = 'yes')::integer, (reported = 'no')::integer, (reported = 'none')::integer,
    (safe = 1)::integer, (safe = 2)::integer, (safe = 3)::integer, (safe = 4)::integer, (safe = 5)::integer)
  on conflict (round_id, unit_id) do update set
    reported_yes = box.reported_yes + excluded.reported_yes, reported_no = box.reported_no + excluded.reported_no,
    reported_none = box.reported_none + excluded.reported_none,
    safe_1 = box.safe_1 + excluded.safe_1, safe_2 = box.safe_2 + excluded.safe_2, safe_3 = box.safe_3 + excluded.safe_3,
    safe_4 = box.safe_4 + excluded.safe_4, safe_5 = box.safe_5 + excluded.safe_5;
  return true;
end
$$;

-- How many answered in each unit itself in a round that is over, and how many of them had experienced something: what it takes
-- to decide which are few. What they answered the job is not told.
create or replace function app.sizes_of_survey(over bigint)
returns table (unit_id bigint, parent_id bigint, answers integer, experienced integer)
language sql stable security definer set search_path = public, pg_temp as $$
  select tree.unit_id, tree.parent_id, coalesce(box.reported_yes + box.reported_no + box.reported_none, 0),
    coalesce(box.reported_yes + box.reported_no, 0)
  from app.tree_of_survey() tree
  join statistics_surveyround r on r.id = over and r.ends_on < app.today()
  left join statistics_surveybox box on box.unit_id = tree.unit_id and box.round_id = r.id
$$;

-- Closes a round that is over: keeps the results of the units that may be shown, with what was reported where that may be, and
-- deletes all that came in. The constraints of the table refuse what is few.
create or replace function app.close_survey(over bigint, shown bigint[], shown_reported bigint[]) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  update statistics_surveyround set closed_on = app.today()
  where id = over and closed_on is null and ends_on < app.today();
  if not found then
    return;
  end if;
  insert into statistics_surveyresult
    (round_id, unit_id, asked, reported_yes, reported_no, safe_1, safe_2, safe_3, safe_4, safe_5)
  with recursive tree as materialized (
    select * from app.tree_of_survey()
  ), line as (
    select unit_id, unit_id as above_id from tree
    union all
    select line.unit_id, tree.parent_id from line join tree on tree.unit_id = line.above_id
    where tree.parent_id is not null
  ), people as (
    select app.survey_place(p.id) as unit_id, count(*) as n from organisation_person p group by 1
  )
  select over, line.above_id, coalesce(sum(people.n), 0),
    case when line.above_id = any (shown_reported) then sum(coalesce(box.reported_yes, 0)) end,
    case when line.above_id = any (shown_reported) then sum(coalesce(box.reported_no, 0)) end,
    sum(coalesce(box.safe_1, 0)), sum(coalesce(box.safe_2, 0)), sum(coalesce(box.safe_3, 0)),
    sum(coalesce(box.safe_4, 0)), sum(coalesce(box.safe_5, 0))
  from line
  left join people on people.unit_id = line.unit_id
  left join statistics_surveybox box on box.unit_id = line.unit_id and box.round_id = over
  where line.above_id = any (shown)
  group by line.above_id;
  delete from statistics_surveybox where round_id = over;
  delete from statistics_surveymark where round_id = over;
end
$$;

-- Deletes rounds that ended before a day, with their results.
create or replace function app.forget_surveys(before date) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  delete from statistics_surveyresult result using statistics_surveyround r
  where r.id = result.round_id and r.closed_on is not null and r.ends_on < before;
  delete from statistics_surveyround where closed_on is not null and ends_on < before;
$$;
revoke execute on function app.survey_place(bigint), app.tree_of_survey(), app.take_survey(text, integer),
  app.sizes_of_survey(bigint), app.close_survey(bigint, bigint[], bigint[]), app.forget_surveys(date) from public;
grant execute on function app.take_survey(text, integer) to tryggmote_app, tryggmote_wide, tryggmote_all;
grant execute on function app.sizes_of_survey(bigint), app.close_survey(bigint, bigint[], bigint[]), app.forget_surveys(date)
  to tryggmote_job;
