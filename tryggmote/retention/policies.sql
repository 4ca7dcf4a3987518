-- Forgetting an incident and what belongs to it, when it has served its time (personvernforordningen art. 5 (1) e, ADR 0033).
-- The job can read none of it: it can only have removed what the database itself finds to be due, in batches of its choice.

-- What was deleted, when and why. It only grows, and nobody reads it through the program; it is for audits.
select app.protect('retention_deletion');
create or replace trigger only_grows before update or delete on retention_deletion
  for each statement execute function app.refuse_change();

create or replace function app.oslo_day(moment timestamptz) returns date
language sql stable parallel safe
return (moment at time zone 'Europe/Oslo')::date;

create or replace function app.record_deletion(what text, ids uuid[]) returns void
language sql security definer set search_path = public, pg_temp as $$
  insert into retention_deletion (kind, object_id, reason, rule_version)
  select what, id, app.why_deleted(what), app.kept_version() from unnest(ids) id
$$;

-- Whether the police may still be heard of: reported or to be decided, and something done about it within the time.
create or replace function app.police_matter_is_open(incident uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select 1 from police_policeact p
    where p.incident_id = incident and p.is_latest and not app.police_matter_is_over(p.deed)
      and app.deleted_from('open_police_matter', app.oslo_day(p.at)) > app.today())
$$;

-- Whether an incident has served its time: old enough, and no injury in the register, no follow-up whose content is still
-- there, no open police matter and no measure towards a client rests on it.
create or replace function app.incident_has_served(incident uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select 1 from incidents_incident i
    where i.id = incident and app.deleted_from('incident', app.oslo_day(i.created_at)) <= app.today())
  and not exists (select 1 from statutory_injury j where j.incident_id = incident)
  and not exists (select 1 from followup_plan p where p.incident_id = incident and p.forgotten_at is null)
  and not exists (select 1 from client_measures_linkedincident l where l.incident_id = incident)
  and not app.police_matter_is_open(incident)
$$;

-- What is due, of `ids` or of everything when they are null. Reports of one event, and what was told of it later, go when the
-- last of them is due: until then they explain each other.
create or replace function app.incidents_due(ids uuid[] default null) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select i.id
  from incidents_incident i
  cross join lateral (select app.event_of(i.id) as id) event
  where (ids is null or i.id = any (ids))
    -- So that the young ones are left out without a look at each; the days are for months of unequal length.
    and i.created_at < now() - app.kept_for('incident') + interval '5 days'
    and app.incident_has_served(i.id)
    and not exists (
      select 1
      from (select event.id union select s.incident_id from incidents_sameevent s
            where s.event_id = event.id and s.undone_at is null) report
      cross join lateral (select report.id union select l.incident_id from incidents_laterreport l
                          where l.earlier_id = report.id) beside
      where not app.incident_has_served(beside.id))
  order by i.created_at
$$;
create or replace function app.injuries_due(ids uuid[] default null) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select j.id from statutory_injury j
  where (ids is null or j.id = any (ids)) and app.deleted_from('injury', j.happened_on) <= app.today()
  order by j.happened_on
$$;
create or replace function app.exhibits_due(ids uuid[] default null) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select e.id from exhibits_exhibit e
  where (ids is null or e.id = any (ids)) and e.removed_at is null
    and app.deleted_from('exhibit', app.oslo_day(e.added_at)) <= app.today()
    and not app.police_matter_is_open(e.incident_id)
  order by e.added_at
$$;

-- The file of a certificate: from the day the training it proves counts no more, or a leader refused it. What does not run
-- out, and what nobody has decided on, is kept for as long as the person works here.
create or replace function app.certificate_files_due(ids uuid[] default null) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select f.certificate_id
  from training_certificatefile f
  join training_certificate c on c.id = f.certificate_id
  join organisation_person p on p.id = c.person_id
  left join training_certificatedecision d on d.certificate_id = c.id
  left join app.training_elements() e on e.element = c.element
  left join training_localelement l on l.id::text = c.element
  cross join lateral (
    select case
      when not d.approved then app.oslo_day(d.at)
      when d.approved then coalesce((c.done_on + make_interval(months => coalesce(e.months, l.months)))::date, p.ended_on)
      else p.ended_on end as day
  ) served
  where (ids is null or f.certificate_id = any (ids)) and app.deleted_from('certificate', served.day) <= app.today()
  order by served.day
$$;

-- A concern: from the last thing that was written in it or done about it, answered or not.
create or replace function app.concerns_due(ids uuid[] default null) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select c.id from concerns_concern c
  cross join lateral (
    select greatest(c.at, c.passed_on_at,
      (select max(a.at) from concerns_answer a where a.concern_id = c.id),
      (select max(v.at) from concerns_verdict v where v.concern_id = c.id)) as at
  ) latest
  where (ids is null or c.id = any (ids))
    and c.at < now() - app.kept_for('concern') + interval '5 days'
    and app.deleted_from('concern', app.oslo_day(latest.at)) <= app.today()
  order by c.at
$$;

-- A dossier: from the day it was asked for, finished or not.
create or replace function app.dossiers_due(ids uuid[] default null) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select d.id from dossier_dossier d
  where (ids is null or d.id = any (ids)) and app.deleted_from('dossier', app.oslo_day(d.asked_at)) <= app.today()
  order by d.asked_at
$$;

-- What people were told of a matter leads nowhere when it is gone.
create or replace function app.forget_notices_of(ids uuid[]) returns void
language sql security definer set search_path = public, pg_temp as $$
  delete from notices_delivery d using notices_notice n where n.id = d.notice_id and n.subject_id = any (ids);
  delete from notices_notice where subject_id = any (ids);
$$;

-- A line of the register of injuries, with consents, medical text, decisions and sendings.
create or replace function app.forget_injuries(ids uuid[]) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  due uuid[];
begin
  set constraints all immediate;
  perform 1 from statutory_injury where id = any (ids) order by id for update;
  due := array(select app.injuries_due(ids));
  perform app.forget_notices_of(due || array(select id from statutory_limitreminder where injury_id = any (due))
    || array(select id from statutory_reportsending where injury_id = any (due)));
  delete from statutory_limitreminder where injury_id = any (due);
  delete from statutory_reportsending where injury_id = any (due);
  delete from statutory_reportdecision where injury_id = any (due);
  delete from statutory_medicaldetail where injury_id = any (due);
  delete from statutory_consent where injury_id = any (due);
  delete from statutory_injury where id = any (due);
  delete from access_readentry where kind = 'injury' and object_id = any (due);
  perform app.record_deletion('injury', due);
  return cardinality(due);
end
$$;

-- The content of evidence and the key to it. What it was, its checksum and who had it stay with the incident.
create or replace function app.forget_exhibits(ids uuid[]) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  due uuid[];
begin
  perform 1 from exhibits_exhibit where id = any (ids) order by id for update;
  due := array(select app.exhibits_due(ids));
  delete from exhibits_chunk where exhibit_id = any (due);
  update exhibits_exhibit set removed_at = now(), sealed_key = '' where id = any (due);
  perform app.record_deletion('exhibit', due);
  return cardinality(due);
end
$$;

create or replace function app.forget_certificate_files(ids uuid[]) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  due uuid[];
begin
  perform 1 from training_certificatefile where certificate_id = any (ids) order by certificate_id for update;
  due := array(select app.certificate_files_due(ids));
  delete from training_certificatefile where certificate_id = any (due);
  perform app.record_deletion('certificate', due);
  return cardinality(due);
end
$$;

-- A concern with whom it was sent to, what was answered, and who has read it. What came of it, a measure or a hazard, stays.
create or replace function app.forget_concerns(ids uuid[]) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  due uuid[];
begin
  set constraints all immediate;
  perform 1 from concerns_concern where id = any (ids) order by id for update;
  due := array(select app.concerns_due(ids));
  perform app.forget_notices_of(due || array(select id from concerns_answer where concern_id = any (due)));
  delete from concerns_verdict where concern_id = any (due);
  delete from concerns_answer where concern_id = any (due);
  delete from concerns_recipient where concern_id = any (due);
  delete from concerns_concern where id = any (due);
  delete from access_readentry where kind = 'concern' and object_id = any (due);
  perform app.record_deletion('concern', due);
  return cardinality(due);
end
$$;

-- A dossier with its files, who was let in to it and what they opened.
create or replace function app.forget_dossiers(ids uuid[]) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  due uuid[];
begin
  perform 1 from dossier_dossier where id = any (ids) order by id for update;
  due := array(select app.dossiers_due(ids));
  delete from dossier_opening where invitation_id in (select id from dossier_invitation where dossier_id = any (due));
  delete from dossier_invitation where dossier_id = any (due);
  delete from dossier_file where dossier_id = any (due);
  delete from dossier_dossier where id = any (due);
  delete from access_readentry where kind = 'dossier' and object_id = any (due);
  perform app.record_deletion('dossier', due);
  return cardinality(due);
end
$$;

-- An incident with everything that belongs to it, and with what is left of plans when their content is forgotten. A
-- lesson stays: it is told in general words.
create or replace function app.forget_incidents(ids uuid[]) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  due uuid[];
  exhibits uuid[];
  plans uuid[];
  steps uuid[];
begin
  set constraints all immediate;
  perform 1 from incidents_incident where id = any (ids) order by id for update;
  due := array(select app.incidents_due(ids));
  exhibits := array(select id from exhibits_exhibit where incident_id = any (due));
  plans := array(select id from followup_plan where incident_id = any (due));
  steps := array(select id from incidents_step where incident_id = any (due));
  perform app.forget_notices_of(due || plans || steps
    || array(select id from statutory_noticeact where incident_id = any (due))
    || array(select id from learning_lessonasking where incident_id = any (due)));

  delete from exhibits_chunk where exhibit_id = any (exhibits);
  delete from exhibits_custodyact where exhibit_id = any (exhibits);
  delete from exhibits_exhibit where id = any (exhibits);
  delete from police_account where incident_id = any (due);
  delete from police_policeact where incident_id = any (due);
  delete from learning_lessonasking where incident_id = any (due);
  delete from learning_lessonsource where incident_id = any (due);
  delete from forums_case where incident_id = any (due);
  delete from forums_caseanswer where incident_id = any (due);
  delete from statutory_judgement where incident_id = any (due);
  delete from statutory_noticeact where incident_id = any (due);
  delete from statutory_noinjury where incident_id = any (due);
  delete from followup_plan where id = any (plans);
  delete from incidents_steptaken where step_id = any (steps);
  delete from incidents_step where id = any (steps);
  delete from incidents_sameeventundone where link_id in (
    select id from incidents_sameevent where incident_id = any (due) or event_id = any (due));
  delete from incidents_sameevent where incident_id = any (due) or event_id = any (due);
  delete from incidents_laterreport where incident_id = any (due) or earlier_id = any (due);
  delete from incidents_recipient where incident_id = any (due);
  delete from incidents_opening where incident_id = any (due);
  delete from incidents_reply where incident_id = any (due);
  delete from incidents_assessedlevel where incident_id = any (due);
  delete from incidents_classification where incident_id = any (due);
  delete from incidents_escalation where incident_id = any (due);
  delete from incidents_incident where id = any (due);
  delete from access_readentry
  where kind in ('incident', 'incident_export', 'exhibits', 'exhibit', 'exhibit_page', 'police', 'followup')
    and object_id = any (due || exhibits || plans);
  perform app.record_deletion('incident', due);
  return cardinality(due);
end
$$;

revoke execute on function app.record_deletion(text, uuid[]), app.police_matter_is_open(uuid),
  app.incident_has_served(uuid), app.forget_notices_of(uuid[]), app.incidents_due(uuid[]), app.injuries_due(uuid[]),
  app.exhibits_due(uuid[]), app.forget_injuries(uuid[]), app.forget_exhibits(uuid[]), app.forget_incidents(uuid[]),
  app.certificate_files_due(uuid[]), app.forget_certificate_files(uuid[]), app.concerns_due(uuid[]),
  app.forget_concerns(uuid[]), app.dossiers_due(uuid[]), app.forget_dossiers(uuid[]) from public;
grant execute on function app.incidents_due(uuid[]), app.injuries_due(uuid[]), app.exhibits_due(uuid[]),
  app.forget_injuries(uuid[]), app.forget_exhibits(uuid[]), app.forget_incidents(uuid[]),
  app.certificate_files_due(uuid[]), app.forget_certificate_files(uuid[]), app.concerns_due(uuid[]),
  app.forget_concerns(uuid[]), app.dossiers_due(uuid[]), app.forget_dossiers(uuid[]) to tryggmote_job;
