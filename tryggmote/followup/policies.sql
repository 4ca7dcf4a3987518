-- Follow-up of exposed persons and witnesses (forskrift om utførelse av arbeid § 23A-5). Who sees a plan and what is in
-- it: the person, the leader who follows up for as long as they lead that person, and whoever the person has let in, until
-- it is taken back. Nobody else: not the safety representative, not the leader of the unit, nobody above, no administrator.
-- A safety representative and the leaders of the place get figures of an incident from a function below, never rows.

select app.protect('followup_plan');
select app.protect('followup_step');
select app.protect('followup_stepact');
select app.protect('followup_planact');
select app.protect('followup_consent');
select app.protect('followup_reminder');

grant select, insert on followup_plan, followup_step, followup_stepact, followup_planact, followup_consent
  to tryggmote_app, tryggmote_wide, tryggmote_all;
grant update (withdrawn_at) on followup_consent to tryggmote_app, tryggmote_wide, tryggmote_all;
grant select on followup_reminder to tryggmote_app, tryggmote_wide, tryggmote_all;

-- Whether somebody leads a person today, daily or formally, or leads or stands above the place they belong to, and was
-- not exposed to the same incident. `app.context_of` knows what a person holds; for one who has left it knows nothing.
create or replace function app.may_follow_up(candidate bigint, followed bigint, workforce bigint, incident uuid)
returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  held jsonb := app.context_of(candidate::integer);
begin
  return candidate <> followed
    and not exists (select 1 from incidents_incident i where i.id = incident and i.exposed_id = candidate)
    and coalesce(followed = any ((held->>'team')::integer[])
      or workforce = any ((held->>'led')::integer[])
      or workforce = any ((held->>'overseen')::integer[])
      or 'directorate' = any ((held->>'roles')::text[]), false);
end
$$;

-- Whether a person works today in these employees' office: in the unit, above it up to the office, or below that.
-- To whom it happened: who, and nothing else, for the job that finds another leader.
create or replace function app.exposed_in(incident uuid) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
  select i.exposed_id from incidents_incident i where i.id = incident
$$;
revoke execute on function app.exposed_in(uuid) from public;
grant execute on function app.exposed_in(uuid) to tryggmote_job;

create or replace function app.works_near(candidate bigint, workforce bigint, near bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select 1
    from organisation_workforce place
    join organisation_unitclosure up on up.descendant_id = place.unit_id
    join organisation_unit office on office.id = up.ancestor_id
      and (up.depth = 0 or office.kind not in ('directorate', 'county', 'municipality'))
    join organisation_unitclosure down on down.ancestor_id = office.id
    join organisation_workforce own on own.unit_id = down.descendant_id and own.id = workforce
    join organisation_placement pl on pl.workforce_id = own.id and pl.person_id = candidate
      and pl.starts_on <= app.today() and coalesce(pl.ends_on >= app.today(), true)
    where place.id = near)
$$;

-- Whether a plan is one's own. A function, since the policy of plans asks consents, which may not ask plans in turn.
create or replace function app.is_own_followup(plan uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from followup_plan p where p.id = plan and p.person_id = app.me())
$$;

-- The person; the leader who follows up, while they lead the person or the place; whoever the person has let in.
-- One policy for the three roles: to stand above a unit opens nothing here.
create policy own_followed_and_shared on followup_plan for select to tryggmote_app, tryggmote_wide, tryggmote_all using (
  person_id = (select app.me())
  or (follower_id = (select app.me()) and (
    person_id = any ((select app.team())::integer[])
    or workforce_id = any ((select app.led())::integer[])
    or workforce_id = any ((select app.overseen())::integer[])
    or (select app.has_role('directorate'))))
  or id = any (array(
    select c.plan_id from followup_consent c where c.to_person_id = (select app.me()) and c.withdrawn_at is null))
);

-- A plan is begun in one's own name, with nothing done yet, after an incident one sees: for oneself; for others by a leader
-- of the place who was not exposed; for a witness also by the safety representative of the area. The
-- one followed up is named in the report or works in that office, where the plan says, and the follower leads them.
create policy begin on followup_plan for insert to tryggmote_app, tryggmote_wide, tryggmote_all with check (
  began_by_id = (select app.me())
  and offers_waiting = 0 and next_due_at is null and paused_until is null and closed_at is null and forgotten_at is null
  and exists (
    select 1 from incidents_incident i
    where i.id = incident_id
      and i.natures = followup_plan.natures and i.happened_at = followup_plan.happened_at
      and unit_id = (select w.unit_id from organisation_workforce w where w.id = i.workforce_id)
      and (person_id = (select app.me()) or (i.exposed_id is distinct from (select app.me()) and (
        i.concerned_id = any ((select app.team())::integer[])
        or i.workforce_id = any ((select app.led())::integer[])
        or i.workforce_id = any ((select app.overseen())::integer[])
        or (select app.has_role('directorate'))
        or (relation = 'witness' and i.exposed_id is distinct from person_id
            and i.safety_area_id = any ((select app.areas())::integer[])))))
      and ((person_id = i.concerned_id and followup_plan.workforce_id = i.workforce_id)
           or app.works_near(person_id, followup_plan.workforce_id,
                case when person_id in (i.reporter_id, (select app.me())) then followup_plan.workforce_id else i.workforce_id end)))
  and app.may_follow_up(follower_id, person_id, workforce_id, incident_id)
);

-- Whoever sees the plan sees what is in it.
create policy of_plan on followup_step for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from followup_plan p where p.id = plan_id));
create policy of_plan on followup_stepact for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from followup_plan p where p.id = plan_id));
create policy of_plan on followup_planact for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from followup_plan p where p.id = plan_id));

-- Whoever follows up offers more, and the person wishes; both in their own names while the plan is open. Nobody answers
-- for another: an offer begins unanswered.
create policy offer_and_wish on followup_step for insert to tryggmote_app, tryggmote_wide, tryggmote_all with check (
  offered_by_id = (select app.me())
  and answer = '' and answered_at is null and planned_at is null and done_at is null
  and exists (
    select 1 from followup_plan p
    where p.id = plan_id and p.closed_at is null
      and case when code = 'wish' then p.person_id = (select app.me())
          else p.follower_id = (select app.me()) and words = '' end)
);

-- Yes, no and "this was not done" are the person's own. Both agree on a time, which whoever follows up cannot put after
-- the deadline, and both say what is done.
create policy act_on_step on followup_stepact for insert to tryggmote_app, tryggmote_wide, tryggmote_all with check (
  by_id = (select app.me())
  and exists (
    select 1 from followup_step s join followup_plan p on p.id = s.plan_id
    where s.id = step_id and p.id = followup_stepact.plan_id and p.closed_at is null
      and kind <> 'lapsed'
      and (p.person_id = (select app.me())
           or (p.follower_id = (select app.me()) and (
             kind = 'done' or (kind = 'planned' and followup_stepact.planned_at <= s.due_at)))))
);

-- The person alone closes the plan, opens it again, and lets another leader of theirs follow up: what was said to one is
-- not shown to another without them. Whoever follows up pauses it, when nobody can be reached. Both may take it up again.
create policy act_on_plan on followup_planact for insert to tryggmote_app, tryggmote_wide, tryggmote_all with check (
  by_id = (select app.me())
  and exists (
    select 1 from followup_plan p
    where p.id = plan_id
      and case kind
          when 'closed' then p.person_id = (select app.me()) and p.closed_at is null
          when 'reopened' then p.person_id = (select app.me()) and p.closed_at is not null
          when 'paused' then p.follower_id = (select app.me()) and p.closed_at is null
            and (until at time zone 'Europe/Oslo')::date between app.today() and app.followup_paused_until_by()
          when 'resumed' then (select app.me()) in (p.person_id, p.follower_id) and p.closed_at is null
          when 'handed_over' then p.person_id = (select app.me())
            and app.may_follow_up(to_person_id, p.person_id, p.workforce_id, p.incident_id)
          else false end)
);

-- A consent is seen by the two it is between; it is given and taken back by the person alone, and a consent that is
-- taken back stays so.
create policy between_two on followup_consent for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (person_id = (select app.me()) or to_person_id = (select app.me()));
create policy give on followup_consent for insert to tryggmote_app, tryggmote_wide, tryggmote_all with check (
  person_id = (select app.me()) and withdrawn_at is null and app.is_own_followup(plan_id));
create policy take_back on followup_consent for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (person_id = (select app.me()) and withdrawn_at is null)
  with check (person_id = (select app.me()) and withdrawn_at is not null);

-- That somebody was told of a plan is seen by the one who was told: where, and who follows up.
create policy told on followup_reminder for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (to_person_id = (select app.me()));

-- The person sees who has opened their plan.
create policy readers_of_followup on access_readentry for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (kind = 'followup' and exists (
    select 1 from followup_plan p where p.id = object_id and p.person_id = (select app.me())));

-- The job writes what the level offers, reminds, finds a new follower and forgets. It reads who and when, never a word.
grant select (id, incident_id, person_id, follower_id, workforce_id, unit_id, relation, happened_at, level, offered_level,
  created_at, next_due_at, paused_until, closed_at, forgotten_at) on followup_plan to tryggmote_job;
grant update (forgotten_at, natures, offered_level) on followup_plan to tryggmote_job;
grant select (id, plan_id, code) on followup_step to tryggmote_job;
grant select (id, plan_id) on followup_stepact, followup_planact, followup_consent to tryggmote_job;
grant insert on followup_step, followup_planact to tryggmote_job;
grant delete on followup_step, followup_stepact, followup_planact, followup_consent, followup_reminder to tryggmote_job;
grant select, insert on followup_reminder to tryggmote_job;
create policy job_watches on followup_plan for select to tryggmote_job using (true);
create policy job_forgets on followup_plan for update to tryggmote_job
  using (closed_at < app.followup_forgotten_before())
  with check (closed_at < app.followup_forgotten_before() and forgotten_at is not null and natures = '{}');
create policy job_has_offered on followup_plan for update to tryggmote_job
  using (closed_at is null and offered_level < level) with check (forgotten_at is null and offered_level = level);
create policy job_offers on followup_step for insert to tryggmote_job with check (
  offered_by_id is null and code <> 'wish' and words = ''
  and answer = '' and answered_at is null and planned_at is null and done_at is null);
-- It ends the plan of somebody who has left and can say no more; else it closes nobody's.
create policy job_hands_over_and_ends on followup_planact for insert to tryggmote_job with check (
  by_id is null and words = '' and exists (
    select 1 from followup_plan p join organisation_person person on person.id = p.person_id
    where p.id = plan_id and case kind
      when 'handed_over' then app.may_follow_up(to_person_id, p.person_id, p.workforce_id, p.incident_id)
      when 'ended' then person.ended_on < app.today()
      else false end));
create policy job_sees on followup_reminder for select to tryggmote_job using (true);
create policy job_reminds on followup_reminder for insert to tryggmote_job with check (true);
-- What is younger the database itself keeps (`steps.steps_sql`).
do $$
declare content text;
begin
  foreach content in array array['step', 'stepact', 'planact', 'consent', 'reminder'] loop
    if content <> 'reminder' then
      execute format('create policy job_counts on followup_%s for select to tryggmote_job using (true)', content);
    end if;
    execute format($policy$
      create policy job_forgets on followup_%s for delete to tryggmote_job using (exists (
        select 1 from followup_plan p where p.id = plan_id and p.closed_at < app.followup_forgotten_before()))
    $policy$, content);
  end loop;
end
$$;

-- What lists show is derived from the rows by the database itself; no person and no job may set it. A pause puts every
-- deadline off to its end, and a plan that is closed has none. An offer without an answer is nobody's to do, save those
-- where the leader gets in touch all the same.
create or replace function app.derive_followup() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  followed bigint;
begin
  case tg_table_name
    when 'followup_stepact' then
      select person_id into followed from followup_plan where id = new.plan_id;
      update followup_step set
        answer = case when new.kind in ('accepted', 'declined', 'lapsed') then new.kind else answer end,
        answered_at = case when new.kind in ('accepted', 'declined') then new.at else answered_at end,
        planned_at = case when new.kind = 'planned' then new.planned_at else planned_at end,
        due_at = case
          when new.kind = 'planned' and new.by_id = followed then new.planned_at
          when new.kind = 'accepted' and due_at < new.at then app.followup_due_after_late_yes(new.at)
          else due_at end,
        who = case when new.kind = 'planned' and new.who <> '' then new.who else who end,
        done_at = case new.kind when 'done' then new.at when 'not_done' then null else done_at end
      where id = new.step_id;
    when 'followup_planact' then
      update followup_plan set
        closed_at = case
          when new.kind in ('closed', 'ended') then new.at when new.kind = 'reopened' then null else closed_at end,
        paused_until = case new.kind when 'paused' then new.until when 'handed_over' then paused_until end,
        follower_id = coalesce(new.to_person_id, follower_id),
        forgotten_at = case when new.kind = 'reopened' then null else forgotten_at end
      where id = new.plan_id;
    else null;
  end case;
  update followup_plan set
    offers_waiting = (
      select count(*) from followup_step s
      where s.plan_id = new.plan_id and s.answer = '' and s.done_at is null and s.code <> 'wish'),
    next_due_at = case when closed_at is null then (
      select greatest(min(coalesce(s.planned_at, s.due_at)), followup_plan.paused_until) from followup_step s
      where s.plan_id = new.plan_id and s.done_at is null
        and (s.answer = 'accepted' or (s.answer = '' and (s.code = 'wish' or s.due_unanswered)))
      having count(*) > 0) end
  where id = new.plan_id;
  return null;
end
$$;
create or replace trigger derive_followup after insert on followup_step
  for each row execute function app.derive_followup();
-- A graver level moves deadlines (`app.tighten_followup`).
create or replace trigger derive_followup_due after update of due_at on followup_step
  for each row when (old.due_at is distinct from new.due_at) execute function app.derive_followup();
create or replace trigger derive_followup after insert on followup_stepact
  for each row execute function app.derive_followup();
create or replace trigger derive_followup after insert on followup_planact
  for each row execute function app.derive_followup();

-- Unanswered offers for a day that is over, of these codes, fall away. Run by the job, which may not read answers.
create or replace function app.lapse_followup_offers(codes text[]) returns bigint
language sql volatile security definer set search_path = public, pg_temp as $$
  with lapsed as (
    insert into followup_stepact (id, plan_id, step_id, kind, note, who, at)
    select gen_random_uuid(), s.plan_id, s.id, 'lapsed', '', '', now()
    from followup_step s join followup_plan p on p.id = s.plan_id and p.closed_at is null
    where s.code = any (codes) and s.answer = '' and s.done_at is null and s.due_at < now()
    returning 1
  )
  select count(*) from lapsed
$$;

-- Gives the steps of a plan these deadlines, each where it is earlier than the one it has (ADR 0029): a graver level has
-- less time. What the person has set a time for is theirs and stays; a time that only the leader set, and that is later
-- than the deadline now, is to be agreed on anew. Run by the job, which may not read deadlines. Returns how many moved.
create or replace function app.tighten_followup(plan uuid, codes text[], deadlines timestamptz[]) returns bigint
language sql volatile security definer set search_path = public, pg_temp as $$
  with tightened as (
    update followup_step s
    set due_at = earlier.due_at, planned_at = case when s.planned_at <= earlier.due_at then s.planned_at end
    from unnest(codes, deadlines) earlier (code, due_at), followup_plan p
    where p.id = plan and p.closed_at is null and s.plan_id = p.id and s.code = earlier.code
      and earlier.due_at < s.due_at and s.done_at is null and s.answer not in ('declined', 'lapsed')
      and not exists (
        select 1 from followup_stepact a where a.step_id = s.id and a.kind = 'planned' and a.by_id = p.person_id)
    returning 1
  )
  select count(*) from tightened
$$;

-- A leader's judgement of the incident is the level of its plans from then on: more is then offered.
create or replace function app.level_followup() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update followup_plan set level = new.level where incident_id = new.incident_id;
  return null;
end
$$;
create or replace trigger level_followup after insert on incidents_assessedlevel
  for each row execute function app.level_followup();

-- The leader's guided page of the incident knows what has been done, and no more than that it has: follow-up offered to
-- whom the report names (or to anybody, when it names nobody), the occupational health service offered to them, and the
-- first talk held. Either may come first, the act here or the incident's asking for it.
create or replace function app.followup_steps_taken(incident uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  plan record;
begin
  select p.id, p.began_by_id, p.created_at into plan
  from incidents_incident i join followup_plan p on p.incident_id = i.id
    and p.person_id = coalesce(i.exposed_id, case when i.about = 'witness' then i.reporter_id end, p.person_id)
  where i.id = incident order by p.created_at limit 1;
  if plan.id is null then
    return;
  end if;
  perform app.derive_step(incident, 'followup', plan.began_by_id, plan.created_at);
  perform app.derive_step(incident, 'occupational_health', coalesce(s.offered_by_id, plan.began_by_id), s.offered_at)
  from followup_step s where s.plan_id = plan.id and s.code = 'occupational_health';
  perform app.derive_step(incident, 'talk', a.by_id, a.at)
  from followup_step s join followup_stepact a on a.step_id = s.id and a.kind = 'done'
  where s.plan_id = plan.id and s.code = 'first_talk' and s.done_at is not null;
end
$$;
create or replace function app.take_followup_steps() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  case tg_table_name
    when 'incidents_step' then
      if new.code in ('followup', 'occupational_health', 'talk') then
        perform app.followup_steps_taken(new.incident_id);
      end if;
    when 'followup_plan' then
      perform app.followup_steps_taken(new.incident_id);
    else
      perform app.followup_steps_taken(p.incident_id) from followup_plan p where p.id = new.plan_id;
  end case;
  return null;
end
$$;
create or replace trigger take_followup_steps after insert on incidents_step
  for each row execute function app.take_followup_steps();
create or replace trigger take_followup_steps after insert on followup_plan
  for each row execute function app.take_followup_steps();
create or replace trigger take_followup_steps after insert on followup_step
  for each row when (new.code = 'occupational_health') execute function app.take_followup_steps();
-- Its name comes after that of `derive_followup`, which says that the step is done.
create or replace trigger take_followup_steps after insert on followup_stepact
  for each row when (new.kind = 'done') execute function app.take_followup_steps();

-- Figures of one incident, for a leader of the place and the safety representative of the area: how many plans there are,
-- whether whom the report names has been offered one, and whether deadlines are kept. Nobody's name, no content, and not
-- whether somebody has closed theirs.
create or replace function app.followup_figures(incident uuid)
returns table (plans integer, overdue integer, named_is_offered boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select count(p.id)::integer,
    count(p.id) filter (where p.closed_at is null and p.next_due_at < now())::integer,
    coalesce(bool_or(p.person_id = coalesce(i.exposed_id, case when i.about = 'witness' then i.reporter_id end)), false)
  from incidents_incident i left join followup_plan p on p.incident_id = i.id
  where i.id = incident and (
    i.concerned_id = any (app.team()) or i.workforce_id = any (app.led()) or i.safety_area_id = any (app.areas()))
  group by i.id
$$;

revoke execute on function app.may_follow_up(bigint, bigint, bigint, uuid), app.works_near(bigint, bigint, bigint),
  app.is_own_followup(uuid), app.derive_followup(), app.level_followup(), app.followup_figures(uuid),
  app.followup_steps_taken(uuid), app.take_followup_steps(), app.lapse_followup_offers(text[]),
  app.tighten_followup(uuid, text[], timestamptz[]) from public;
grant execute on function app.lapse_followup_offers(text[]), app.tighten_followup(uuid, text[], timestamptz[])
  to tryggmote_job;
grant execute on function app.may_follow_up(bigint, bigint, bigint, uuid), app.works_near(bigint, bigint, bigint)
  to tryggmote_app, tryggmote_wide, tryggmote_all, tryggmote_job;
grant execute on function app.followup_figures(uuid), app.is_own_followup(uuid)
  to tryggmote_app, tryggmote_wide, tryggmote_all;

select app.keep_history('followup_plan');
select app.keep_history('followup_step');
select app.keep_history('followup_stepact');
select app.keep_history('followup_planact');
select app.keep_history('followup_consent');

-- Plans go with a unit that becomes a part of another (ADR 0032). How many is told to nobody.
select app.goes_with_unit('followup_plan', is_private => true);
