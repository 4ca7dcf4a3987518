-- Certificates of courses held by others (4.1): seen by whoever sent them and by those who decide, who are their leaders.
-- Somebody whom nobody leads is decided by the directorate; nobody decides their own.

select app.protect('training_certificate');
select app.protect('training_certificatefile');
select app.protect('training_certificatedecision');

-- Those of whom there is a certificate and whom nobody who still works here leads today; empty for all but the directorate.
create or replace function app.people_nobody_leads() returns integer[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct c.person_id), '{}') from training_certificate c
  where app.has_role('directorate') and c.person_id <> app.me()
    and not exists (
      select 1 from organisation_placement p
      join organisation_person l on l.id = p.daily_leader_id and coalesce(l.ended_on >= app.today(), true)
      where p.person_id = c.person_id and l.id <> c.person_id
        and p.starts_on <= app.today() and coalesce(p.ends_on >= app.today(), true))
    and not exists (
      select 1 from organisation_employment e
      join organisation_person l on l.id = e.formal_leader_id and coalesce(l.ended_on >= app.today(), true)
      where e.person_id = c.person_id and l.id <> c.person_id
        and e.starts_on <= app.today() and coalesce(e.ends_on >= app.today(), true))
    and not exists (
      select 1 from organisation_placement p
      join organisation_workforcereach below on below.workforce_id = p.workforce_id
      join organisation_workforce w on w.id = p.workforce_id
      join organisation_roleassignment r on r.unit_id = below.unit_id and r.role in ('leader', 'office_leader')
        and (r.employer_id is null or r.employer_id = w.employer_id)
      join organisation_person l on l.id = r.person_id and coalesce(l.ended_on >= app.today(), true)
      where p.person_id = c.person_id and l.id <> c.person_id
        and p.starts_on <= app.today() and coalesce(p.ends_on >= app.today(), true)
        and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true))
$$;

-- Whether somebody has decided; and whether it is one's own that was refused. As functions of the owner, because policies of
-- two tables that look at each other would never end.
create or replace function app.is_decided(certificate uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from training_certificatedecision d where d.certificate_id = certificate)
$$;
create or replace function app.may_correct(certificate uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select 1 from training_certificatedecision d join training_certificate c on c.id = d.certificate_id
    where c.id = certificate and c.person_id = app.me() and not d.approved)
$$;

-- Sent in one's own name, and taken back while nobody has decided. A correction is of one's own that was refused.
grant select, insert, delete on training_certificate to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy own_or_decided on training_certificate for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (person_id = (select app.me()) or person_id = any ((select app.people_led())::integer[])
    or person_id = any ((select app.people_nobody_leads())::integer[]));
create policy own_name on training_certificate for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (person_id = (select app.me()) and done_on <= (select app.today())
    and (corrects_id is null or app.may_correct(corrects_id)));
create policy takes_back on training_certificate for delete to tryggmote_app, tryggmote_wide, tryggmote_all
  using (person_id = (select app.me()) and not app.is_decided(id));

-- The file: seen with the certificate, put there and taken back by whoever sent it. No history: it would outlive the file.
grant select, insert, delete on training_certificatefile to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy of_certificate on training_certificatefile for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from training_certificate c where c.id = certificate_id));
create policy own_file on training_certificatefile for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (exists (select 1 from training_certificate c where c.id = certificate_id and c.person_id = (select app.me()))
    and not app.is_decided(certificate_id));
create policy takes_back on training_certificatefile for delete to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from training_certificate c where c.id = certificate_id and c.person_id = (select app.me()))
    and not app.is_decided(certificate_id));

-- The decision: seen with the certificate, made once, by somebody who sees it and did not send it.
grant select, insert on training_certificatedecision to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy of_certificate on training_certificatedecision for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from training_certificate c where c.id = certificate_id));
create policy leader_decides on training_certificatedecision for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and exists (
    select 1 from training_certificate c where c.id = certificate_id and c.person_id <> (select app.me())));

-- What is approved has been done.
create or replace function app.count_certificate() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform app.complete_training(c.person_id, c.element, c.done_on, 'certificate', c.id, new.by_id)
  from training_certificate c where c.id = new.certificate_id;
  return null;
end
$$;
revoke execute on function app.count_certificate() from public;
create or replace trigger count_certificate after insert on training_certificatedecision
  for each row when (new.approved) execute function app.count_certificate();

-- Whoever sent it sees who has opened it.
create policy readers_of_certificate on access_readentry for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (kind = 'certificate' and exists (
    select 1 from training_certificate c where c.id = object_id and c.person_id = (select app.me())));

select app.keep_history('training_certificate');
select app.keep_history('training_certificatedecision');
