-- Requests for expert help (1.2): seen by those who lead, represent or oversee the unit, and by the expert who is asked.

select app.protect('expertise_expertrequest');
select app.protect('expertise_expertanswer');
select app.protect('expertise_usedin');

-- For which units one is the expert that is asked, and for which kind of help: where one is registered and all below.
-- Kinds are named as the roles (`vocabulary.py`).
create or replace function app.units_advised() returns table (unit_id bigint, kind text)
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct c.descendant_id, r.role
  from organisation_roleassignment r join organisation_unitclosure c on c.ancestor_id = r.unit_id
  where r.person_id = app.me() and r.role in ('occupational_health', 'county_security_coordinator')
    and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)
$$;

grant select, insert on expertise_expertrequest, expertise_expertanswer, expertise_usedin
  to tryggmote_app, tryggmote_wide, tryggmote_all;
grant update (withdrawn_at, withdrawn_why) on expertise_expertrequest to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy asked_or_advises on expertise_expertrequest for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (
    asked_by_id = (select app.me())
    or unit_id = any ((select app.units_led() || app.units_represented() || app.units_overseen())::integer[])
    or (unit_id, kind) in (select a.unit_id, a.kind from app.units_advised() a));
-- Leaders and representatives of the unit ask, about an assessment that holds for it or a hazard in it or below it.
create policy leader_or_representative_asks on expertise_expertrequest for insert
  to tryggmote_app, tryggmote_wide, tryggmote_all with check (
    asked_by_id = (select app.me()) and answered_at is null and withdrawn_at is null
    and wanted_by >= (select app.today())
    and unit_id = any ((select app.units_led() || app.units_represented())::integer[])
    and (assessment_id is null or exists (
      select 1 from risk_assessment a join organisation_unitclosure c on c.ancestor_id = a.unit_id
      where a.id = assessment_id and c.descendant_id = expertise_expertrequest.unit_id))
    and (hazard_id is null or exists (
      select 1 from risk_hazard h join organisation_unitclosure c on c.descendant_id = h.unit_id
      where h.id = hazard_id and c.ancestor_id = expertise_expertrequest.unit_id)));
-- Whoever asked withdraws it, and nobody else: a leader does not take away what a representative has asked.
create policy asker_withdraws on expertise_expertrequest for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (answered_at is null and withdrawn_at is null and asked_by_id = (select app.me()))
  with check (withdrawn_at is not null);

-- Whoever sees the request sees the answer. The expert answers; a leader records what was answered outside the system.
create policy of_request on expertise_expertanswer for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from expertise_expertrequest r where r.id = request_id));
create policy expert_answers_or_leader_records on expertise_expertanswer for insert
  to tryggmote_app, tryggmote_wide, tryggmote_all with check (
    by_id = (select app.me()) and answered_on <= (select app.today()) and exists (
      select 1 from expertise_expertrequest r
      where r.id = request_id and answered_on >= (r.asked_at at time zone 'Europe/Oslo')::date and (
        (is_own and (r.unit_id, r.kind) in (select a.unit_id, a.kind from app.units_advised() a))
        or (not is_own and r.unit_id = any ((select app.units_led())::integer[])))));

-- Where an answer was used: a leader of the unit says so, of an assessment that holds for it.
create policy of_request on expertise_usedin for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from expertise_expertrequest r where r.id = request_id));
create policy leader_uses on expertise_usedin for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and exists (
    select 1 from expertise_expertrequest r
    join organisation_unitclosure c on c.descendant_id = r.unit_id
    join risk_assessment a on a.unit_id = c.ancestor_id
    where r.id = request_id and a.id = expertise_usedin.assessment_id and r.answered_at is not null
      and r.unit_id = any ((select app.units_led())::integer[])));

-- A request that was withdrawn, or answered already, is answered no more.
create or replace function app.close_expert_request() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update expertise_expertrequest set answered_at = new.at
  where id = new.request_id and answered_at is null and withdrawn_at is null;
  if not found then
    raise check_violation using message = 'The request is closed.';
  end if;
  return null;
end
$$;
revoke execute on function app.close_expert_request() from public;
create or replace trigger close_expert_request after insert on expertise_expertanswer
  for each row execute function app.close_expert_request();

select app.keep_history('expertise_expertrequest');
select app.keep_history('expertise_expertanswer');
select app.keep_history('expertise_usedin');

-- What was asked goes with a unit that becomes a part of another (ADR 0032).
select app.goes_with_unit('expertise_expertrequest');
