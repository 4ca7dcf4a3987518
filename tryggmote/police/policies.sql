-- Police reports (straffeloven § 155). Who sees a decision, what was heard, and the account that is handed over: those who
-- see the incident with its text. Nobody else.

select app.protect('police_policeact');
select app.protect('police_account');

-- Both are added and never changed.
grant select, insert on police_policeact, police_account to tryggmote_app, tryggmote_wide, tryggmote_all;

create policy of_incident on police_policeact for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from incidents_incident i where i.id = incident_id));
create policy of_incident on police_account for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from incidents_incident i where i.id = incident_id));

-- A leader decides and records in their own name, and never in their own case (`rules.may_decide`).
create policy leader_decides on police_policeact for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and is_latest and exists (
    select 1 from incidents_incident i
    where i.id = incident_id and i.reporter_id <> (select app.me()) and i.concerned_id <> (select app.me())
      and (i.concerned_id = any ((select app.team())::integer[])
           or i.workforce_id = any ((select app.led())::integer[])
           or i.workforce_id = any ((select app.overseen())::integer[])
           or (select app.has_role('directorate')))));

-- What happened is told by those it happened to, the one who reported, and a leader (`rules.may_tell`).
create policy tell_in_own_name on police_account for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and exists (
    select 1 from incidents_incident i
    where i.id = incident_id
      and (i.reporter_id = (select app.me()) or i.concerned_id = (select app.me())
           or i.concerned_id = any ((select app.team())::integer[])
           or i.workforce_id = any ((select app.led())::integer[])
           or i.workforce_id = any ((select app.overseen())::integer[])
           or (select app.has_role('directorate')))));

-- The reporter, the exposed and the safety representative see who has opened the matter, as they do for the incident.
create policy readers_of_police_matter on access_readentry for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (kind = 'police' and exists (
    select 1 from incidents_incident i
    where i.id = object_id
      and (i.reporter_id = (select app.me()) or i.concerned_id = (select app.me())
           or i.safety_area_id = any ((select app.areas())::integer[]))));

-- Where a matter stands is what was recorded last. Two who record at once wait for each other on the incident's row.
create or replace function app.latest_police_act() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform 1 from incidents_incident where id = new.incident_id for update;
  update police_policeact set is_latest = false where incident_id = new.incident_id and is_latest;
  return new;
end
$$;
revoke execute on function app.latest_police_act() from public;
create or replace trigger latest_police_act before insert on police_policeact
  for each row execute function app.latest_police_act();

select app.keep_history('police_policeact');
select app.keep_history('police_account');
