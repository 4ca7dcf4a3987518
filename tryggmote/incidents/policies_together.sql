-- Reports that belong together (2.4, § 23A-5). A link is seen by whoever sees both reports, so that it gives nobody
-- insight they did not have: a reporter neither reads nor learns of what a colleague has reported.

select app.protect('incidents_sameevent');
select app.protect('incidents_sameeventundone');
select app.protect('incidents_laterreport');
grant select, insert on incidents_sameevent, incidents_sameeventundone, incidents_laterreport
  to tryggmote_app, tryggmote_wide, tryggmote_all;
grant usage on sequence incidents_laterreport_id_seq to tryggmote_app, tryggmote_wide, tryggmote_all;

create policy of_both on incidents_sameevent for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from incidents_incident i where i.id = incident_id)
         and exists (select 1 from incidents_incident i where i.id = event_id));
create policy of_both on incidents_laterreport for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from incidents_incident i where i.id = incident_id)
         and exists (select 1 from incidents_incident i where i.id = earlier_id));
create policy of_link on incidents_sameeventundone for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from incidents_sameevent s where s.id = link_id));

-- For figures: which event a report tells of. Several reports of one event, and what was told of it later, are one.
create or replace function app.event_of(report uuid) returns uuid
language sql stable as $$
  select coalesce(
    (select s.event_id from incidents_sameevent s
     where s.incident_id = coalesce(l.earlier_id, report) and s.undone_at is null),
    l.earlier_id, report)
  from (values (report)) asked(id) left join incidents_laterreport l on l.incident_id = asked.id
$$;

-- A leader who handles both says that they are of the same event, and that they are not, in their own name.
create policy leader_links on incidents_sameevent for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and undone_at is null
              and app.handles_incident(incident_id) and app.handles_incident(event_id));
create policy leader_undoes on incidents_sameeventundone for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and exists (
    select 1 from incidents_sameevent s
    where s.id = link_id and app.handles_incident(s.incident_id) and app.handles_incident(s.event_id)));
-- What came later is told, in one's own report, by whoever reported the first or was exposed in it.
create policy tells_later on incidents_laterreport for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (
    exists (select 1 from incidents_incident i where i.id = incident_id and i.reporter_id = (select app.me()))
    and exists (select 1 from incidents_incident i
                where i.id = earlier_id and (select app.me()) in (i.reporter_id, i.concerned_id)));

-- Reports gather round one: what others gather round gathers round nothing itself, also when two leaders link at
-- the same moment. What came later follows the report it came after.
create or replace function app.gather_round_one() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtext('incidents_sameevent'));
  if exists (select 1 from incidents_sameevent s
             where s.undone_at is null and (s.event_id = new.incident_id or s.incident_id = new.event_id))
     or exists (select 1 from incidents_laterreport l where l.incident_id in (new.incident_id, new.event_id)) then
    raise check_violation using message = 'Reports of one event gather round one report.';
  end if;
  return new;
end
$$;
revoke execute on function app.gather_round_one() from public;
create or replace trigger gather_round_one before insert on incidents_sameevent
  for each row execute function app.gather_round_one();

create or replace function app.derive_same_event() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update incidents_sameevent set undone_at = new.at where id = new.link_id;
  return null;
end
$$;
revoke execute on function app.derive_same_event() from public;
create or replace trigger derive_same_event after insert on incidents_sameeventundone
  for each row execute function app.derive_same_event();

select app.keep_history('incidents_sameevent');
select app.keep_history('incidents_sameeventundone');
select app.keep_history('incidents_laterreport');
