-- Measures towards a client (domain facts 2.6 and 4.2). A closed case: it is seen by whoever made it and those they or
-- the leader named, as long as they work in the unit, and by the leader who decides in the unit. Nobody else: no safety
-- representative, no leader above, no director, no administrator, no colleague. From the day it is to be deleted nobody
-- sees it, whether the job has run or not. Who may is said by the policies, when it may be done by the triggers below.

select app.protect('client_measures_clientmeasure');
select app.protect('client_measures_handler');
select app.protect('client_measures_linkedincident');
select app.protect('client_measures_step');

-- What is written in the case may be written and changed; everything that follows from steps is the database's own.
grant select on client_measures_clientmeasure, client_measures_handler, client_measures_linkedincident,
  client_measures_step to tryggmote_app, tryggmote_wide, tryggmote_all;
grant insert on client_measures_clientmeasure, client_measures_handler, client_measures_linkedincident,
  client_measures_step to tryggmote_app, tryggmote_wide, tryggmote_all;
grant update (case_reference, letter_language, code, facts, prevents, place, milder_means, proportionality, services,
  from_on, to_on, review_on) on client_measures_clientmeasure to tryggmote_app, tryggmote_wide, tryggmote_all;
grant delete on client_measures_handler, client_measures_linkedincident
  to tryggmote_app, tryggmote_wide, tryggmote_all;

-- Units in which one decides: those one leads oneself (enhetsleder), not those below or above. Where an office has a
-- leader of the office, a leader of a part of it decides nothing.
create or replace function app.decides_client_measures_in() returns integer[]
language sql stable as $$
  select coalesce(array_agg(distinct r.unit_id), '{}')
  from organisation_roleassignment r
  join organisation_unit u on u.id = r.unit_id and u.kind in ('office', 'contact_centre', 'special')
  where r.person_id = app.me() and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)
    and (r.role = 'office_leader' or (r.role = 'leader' and not exists (
      select 1 from organisation_roleassignment o
      where o.unit_id = r.unit_id and o.role = 'office_leader'
        and o.starts_on <= app.today() and coalesce(o.ends_on >= app.today(), true))))
$$;

-- Whether somebody works in the unit, or in a part of it, today.
create or replace function app.works_in(person bigint, unit bigint) returns boolean
language sql stable as $$
  select exists (
    select 1 from organisation_placement p
    join organisation_workforce w on w.id = p.workforce_id
    join organisation_unitclosure c on c.descendant_id = w.unit_id and c.ancestor_id = unit
    where p.person_id = person and p.starts_on <= app.today() and coalesce(p.ends_on >= app.today(), true))
$$;

-- Units that handle such cases, and in which one works.
create or replace function app.handles_client_measures_in() returns integer[]
language sql stable as $$
  select coalesce(array_agg(distinct u.id), '{}')
  from organisation_placement p
  join organisation_workforce w on w.id = p.workforce_id
  join organisation_unitclosure c on c.descendant_id = w.unit_id
  join organisation_unit u on u.id = c.ancestor_id and u.kind in ('office', 'contact_centre', 'special')
  where p.person_id = app.me() and p.starts_on <= app.today() and coalesce(p.ends_on >= app.today(), true)
$$;

-- Whether one reported, or was exposed to, an incident the case rests on (impartiality, forvaltningsloven § 6).
create or replace function app.is_own_matter(case_id uuid) returns boolean
language sql stable as $$
  select exists (
    select 1 from client_measures_linkedincident l join incidents_incident i on i.id = l.incident_id
    where l.measure_id = case_id and app.me() in (i.reporter_id, i.concerned_id))
$$;

-- The leader who decides; whoever made the case, and those who were named, while they work there.
create policy handled on client_measures_clientmeasure for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (
    delete_on > app.today()
    and (unit_id = any ((select app.decides_client_measures_in())::integer[])
         or ((created_by_id = (select app.me()) or (select app.me()) = any (handler_ids))
             and unit_id = any ((select app.handles_client_measures_in())::integer[])))
  );
-- One begins a case in one's own name, where one works or decides.
create policy begin_in_own_name on client_measures_clientmeasure for insert
  to tryggmote_app, tryggmote_wide, tryggmote_all with check (
    created_by_id = (select app.me())
    and (unit_id = any ((select app.handles_client_measures_in())::integer[])
         or unit_id = any ((select app.decides_client_measures_in())::integer[]))
  );
-- Those who handle it write in it until it is decided.
create policy write_until_decided on client_measures_clientmeasure for update
  to tryggmote_app, tryggmote_wide, tryggmote_all
  using (
    decided_at is null and delete_on > app.today()
    and (unit_id = any ((select app.decides_client_measures_in())::integer[])
         or ((created_by_id = (select app.me()) or (select app.me()) = any (handler_ids))
             and unit_id = any ((select app.handles_client_measures_in())::integer[])))
  ) with check (decided_at is null);

-- Whoever sees the case sees who handles it, which incidents it rests on and what was done.
create policy of_case on client_measures_handler for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from client_measures_clientmeasure m where m.id = measure_id));
create policy of_case on client_measures_linkedincident for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from client_measures_clientmeasure m where m.id = measure_id));
create policy of_case on client_measures_step for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from client_measures_clientmeasure m where m.id = measure_id));

-- Whoever made the case and the leader name others who work in the unit, and may let them go again. One who was named
-- names nobody, but may step back.
create policy name_a_colleague on client_measures_handler for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and exists (
    select 1 from client_measures_clientmeasure m
    where m.id = measure_id and app.works_in(person_id, m.unit_id)
      and (m.created_by_id = (select app.me())
           or m.unit_id = any ((select app.decides_client_measures_in())::integer[]))));
create policy let_go on client_measures_handler for delete to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (
    select 1 from client_measures_clientmeasure m
    where m.id = measure_id
      and (person_id = (select app.me()) or m.created_by_id = (select app.me())
           or m.unit_id = any ((select app.decides_client_measures_in())::integer[]))));

-- The case may rest on an incident that one may read oneself, and what it rests on stands when it is decided. Nobody takes
-- away an incident of their own, which would let them decide in their own matter.
create policy rest_on on client_measures_linkedincident for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (
    exists (select 1 from client_measures_clientmeasure m where m.id = measure_id and m.decided_at is null)
    and exists (select 1 from incidents_incident i where i.id = incident_id));
create policy rest_no_more_on on client_measures_linkedincident for delete
  to tryggmote_app, tryggmote_wide, tryggmote_all
  using (
    exists (select 1 from client_measures_clientmeasure m where m.id = measure_id and m.decided_at is null)
    and not exists (select 1 from incidents_incident i
                    where i.id = incident_id and (select app.me()) in (i.reporter_id, i.concerned_id)));

-- Those who handle the case prepare it; the leader who decides in the unit decides, and nobody in their own matter.
create policy prepare on client_measures_step for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (
    by_id = (select app.me())
    and kind in ('forewarned', 'exempted', 'answered', 'silent', 'submitted', 'told', 'complained', 'archived')
    and exists (select 1 from client_measures_clientmeasure m where m.id = measure_id));
create policy decide on client_measures_step for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (
    by_id = (select app.me())
    and kind in ('decided', 'reviewed', 'lifted', 'complaint_answered')
    and exists (
      select 1 from client_measures_clientmeasure m
      where m.id = measure_id and m.unit_id = any ((select app.decides_client_measures_in())::integer[]))
    and not app.is_own_matter(measure_id));

-- Those who handle a case see who has opened it and its letters.
create policy readers_of_client_measure on access_readentry for select
  to tryggmote_app, tryggmote_wide, tryggmote_all
  using (kind in ('client_measure', 'client_measure_letter')
         and exists (select 1 from client_measures_clientmeasure m where m.id = object_id));

-- The day from which nobody sees it: a draft so long after it was last touched; a closed case so long after it ended,
-- or after the last word of a complaint, and longer where no copy has gone to the archive yet. Neither can be kept alive
-- for ever by touching it again.
create or replace function app.delete_client_measure_on(m client_measures_clientmeasure) returns date
language sql stable as $$
  with day as (
    select (m.created_at at time zone 'Europe/Oslo')::date as created,
      case m.outcome when 'imposed' then least(m.to_on, (m.lifted_at at time zone 'Europe/Oslo')::date)
        else (m.decided_at at time zone 'Europe/Oslo')::date end as ended,
      greatest(m.complained_at, m.complaint_answered_at) at time zone 'Europe/Oslo' as complaint
  )
  select case
    when m.decided_at is null then
      least(app.today() + app.client_measure_days('draft_kept'), created + app.client_measure_days('draft_longest'))
    else least(
      greatest(ended, complaint::date) + app.client_measure_days('closed_kept')
        + case when m.archived_at is null then app.client_measure_days('unarchived_kept') else 0 end,
      ended + app.client_measure_days('closed_longest'))
  end from day
$$;

-- A case begins with nothing done, whatever is sent. After a change of the text the leader reads it again, and where
-- what the client was forewarned of is no longer what is considered, they are forewarned again. A milder measure, or
-- a shorter time, needs no new warning: that is what hearing somebody is for.
create or replace function app.keep_client_measure() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    new.created_at := now();
    new.revision := 0;
    new.handler_ids := '{}';
    new.forewarned_code := '';
    new.forewarned_at := null;
    new.is_exempted := false;
    new.respond_by := null;
    new.heard_at := null;
    new.submitted_at := null;
    new.decided_at := null;
    new.outcome := '';
    new.told_on := null;
    new.reviewed_at := null;
    new.lifted_at := null;
    new.complained_at := null;
    new.complaint_answered_at := null;
    new.archived_at := null;
  else
    new.revision := old.revision + 1;
    new.submitted_at := null;
    if new.facts <> old.facts or new.place <> old.place
       or not new.code = any (coalesce(app.covered_by_client_measure(old.forewarned_code), '{}')) then
      new.forewarned_at := null;
      new.forewarned_code := '';
      new.respond_by := null;
      new.heard_at := null;
    end if;
    -- An exemption was given for the facts, the place and the code as they stood.
    if new.facts <> old.facts or new.place <> old.place or new.code <> old.code then
      new.is_exempted := false;
    end if;
  end if;
  new.delete_on := app.delete_client_measure_on(new);
  return new;
end
$$;
create or replace trigger keep_client_measure before insert or update of case_reference, letter_language, code, facts,
  prevents, place, milder_means, proportionality, services, from_on, to_on, review_on
  on client_measures_clientmeasure for each row execute function app.keep_client_measure();

-- Whether the text says all that a decision needs (Sivilombudet): what happened, what is to be prevented, each milder
-- means weighed, proportionality, where, how long, how the client gets help meanwhile, and when it is looked at again.
create or replace function app.client_measure_is_complete(m client_measures_clientmeasure) returns boolean
language sql stable as $$
  select app.milder_than_client_measure(m.code) is not null and btrim(m.facts) <> '' and btrim(m.prevents) <> '' and btrim(m.place) <> ''
    and btrim(m.proportionality) <> '' and btrim(m.services) <> ''
    and not exists (
      select 1 from unnest(app.milder_than_client_measure(m.code)) rung
      where coalesce(m.milder_means->rung->>'answer', '') not in ('tried', 'considered')
         or btrim(coalesce(m.milder_means->rung->>'why', '')) = '')
    and coalesce(
      m.from_on between app.today() and app.today() + app.client_measure_days('begins_within')
      and m.to_on between m.from_on and m.from_on + app.client_measure_days('longest') - 1
      and m.review_on between m.from_on and m.to_on, false)
$$;

-- A step is taken when its time has come, one at a time. It is refused in the words of the policies, so that the refusal
-- does not tell a stranger whether there is such a case.
create or replace function app.take_client_measure_step() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  m client_measures_clientmeasure;
  is_open boolean;
begin
  select * into m from client_measures_clientmeasure where id = new.measure_id for update;
  is_open := m.decided_at is null;
  new.at := now();
  if coalesce(m.delete_on > app.today() and coalesce(new.on > app.today() - 366, true) and case new.kind
    when 'forewarned' then is_open and app.covered_by_client_measure(m.code) is not null and btrim(m.facts) <> ''
      and new.on <= app.today() and new.how <> ''
      and new.due_on > new.on and new.due_on between app.today() and app.today() + app.client_measure_days('longest')
    when 'exempted' then is_open and new.exception <> '' and btrim(new.text) <> ''
    when 'answered' then is_open and (m.forewarned_at is not null or m.is_exempted)
      and new.on <= app.today() and btrim(new.text) <> ''
    when 'silent' then is_open and m.respond_by < app.today()
    when 'submitted' then is_open
    when 'decided' then is_open and btrim(new.text) <> '' and new.revision = m.revision and (
      new.outcome = 'declined'
      or (new.outcome = 'imposed' and app.client_measure_is_complete(m)
          and (m.heard_at is not null or m.is_exempted)))
    when 'told' then not is_open and m.told_on is null and new.how <> ''
      and new.on between (m.decided_at at time zone 'Europe/Oslo')::date and app.today()
    when 'reviewed' then m.outcome = 'imposed' and m.lifted_at is null and m.to_on >= app.today()
      and btrim(new.text) <> ''
    when 'lifted' then m.outcome = 'imposed' and m.lifted_at is null and m.to_on >= app.today()
      and btrim(new.text) <> ''
    when 'complained' then not is_open and btrim(new.text) <> '' and new.on <= app.today()
      and new.on >= (m.decided_at at time zone 'Europe/Oslo')::date
    when 'complaint_answered' then m.complained_at > coalesce(m.complaint_answered_at, '-infinity')
      and btrim(new.text) <> ''
    when 'archived' then not is_open
    end, false) then
    return new;
  end if;
  raise insufficient_privilege
    using message = format('new row violates row-level security policy for table "%s"', tg_table_name);
end
$$;

-- What follows from a step, kept on the case.
create or replace function app.derive_client_measure() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  m client_measures_clientmeasure;
begin
  select * into m from client_measures_clientmeasure where id = new.measure_id;
  case new.kind
    when 'forewarned' then
      m.forewarned_at := new.at; m.forewarned_code := m.code; m.respond_by := new.due_on; m.heard_at := null;
      m.is_exempted := false;
    when 'exempted' then m.is_exempted := true;
    when 'answered', 'silent' then m.heard_at := new.at;
    when 'submitted' then m.submitted_at := new.at;
    when 'decided' then m.decided_at := new.at; m.outcome := new.outcome;
    when 'told' then m.told_on := new.on;
    when 'reviewed' then m.reviewed_at := new.at;
    when 'lifted' then m.lifted_at := new.at;
    when 'complained' then m.complained_at := clock_timestamp();
    when 'complaint_answered' then m.complaint_answered_at := clock_timestamp();
    when 'archived' then m.archived_at := new.at;
  end case;
  -- What is done later is not in the copy that the archive has.
  if new.kind <> 'archived' then
    m.archived_at := null;
  end if;
  update client_measures_clientmeasure
  set forewarned_at = m.forewarned_at, forewarned_code = m.forewarned_code, respond_by = m.respond_by,
    heard_at = m.heard_at, is_exempted = m.is_exempted, submitted_at = m.submitted_at, decided_at = m.decided_at,
    outcome = m.outcome, told_on = m.told_on, reviewed_at = m.reviewed_at, lifted_at = m.lifted_at,
    complained_at = m.complained_at, complaint_answered_at = m.complaint_answered_at, archived_at = m.archived_at,
    delete_on = app.delete_client_measure_on(m)
  where id = m.id;
  return null;
end
$$;

create or replace function app.derive_client_measure_handlers() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  case_id uuid := coalesce(new.measure_id, old.measure_id);
begin
  update client_measures_clientmeasure
  set handler_ids = (select coalesce(array_agg(h.person_id order by h.person_id), '{}')
                     from client_measures_handler h where h.measure_id = case_id)
  where id = case_id;
  return null;
end
$$;

create or replace trigger take_client_measure_step before insert on client_measures_step
  for each row execute function app.take_client_measure_step();
create or replace trigger derive_client_measure after insert on client_measures_step
  for each row execute function app.derive_client_measure();
create or replace trigger derive_client_measure_handlers after insert or delete on client_measures_handler
  for each row execute function app.derive_client_measure_handlers();

-- Forgetting. The job cannot read a case: it can only have those removed that are due, with what was read of them and
-- what people were told of them. Returns how many went, and how many of the decisions among them no archive has.
create or replace function app.forget_client_measures(out gone integer, out unarchived integer)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  due uuid[];
begin
  select coalesce(array_agg(m.id), '{}'),
         count(*) filter (where m.outcome = 'imposed' and m.archived_at is null)
  into due, unarchived
  from (select * from client_measures_clientmeasure where delete_on <= app.today() for update skip locked) m;
  delete from client_measures_step where measure_id = any (due);
  delete from client_measures_linkedincident where measure_id = any (due);
  delete from client_measures_handler where measure_id = any (due);
  delete from client_measures_clientmeasure where id = any (due);
  delete from access_readentry where kind like 'client\_measure%' and object_id = any (due);
  delete from notices_delivery d using notices_notice n where n.id = d.notice_id and n.subject_id = any (due);
  delete from notices_notice where subject_id = any (due);
  gone := cardinality(due);
end
$$;

revoke execute on function app.keep_client_measure(), app.take_client_measure_step(), app.derive_client_measure(),
  app.derive_client_measure_handlers(), app.forget_client_measures(), app.is_own_matter(uuid),
  app.works_in(bigint, bigint), app.decides_client_measures_in(), app.handles_client_measures_in() from public;
grant execute on function app.is_own_matter(uuid), app.works_in(bigint, bigint), app.decides_client_measures_in(),
  app.handles_client_measures_in() to tryggmote_app, tryggmote_wide, tryggmote_all;
grant execute on function app.forget_client_measures() to tryggmote_job;

select app.keep_history('client_measures_clientmeasure');
select app.keep_history('client_measures_handler');
select app.keep_history('client_measures_linkedincident');
select app.keep_history('client_measures_step');

-- The cases go with a unit that becomes a part of another (ADR 0032): its leader decides. How many is told to nobody.
select app.goes_with_unit('client_measures_clientmeasure', is_private => true);
