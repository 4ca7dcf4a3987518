-- A whole nation: 300 offices in 12 counties and 300 municipalities, 22,000 people, 1,000,000 checks of the last
-- 30 days, 50,000 incidents of the last year with what was done about them,
-- 500 rooms and 5,000 items of equipment in one office. Set-based and without chance:
-- every number follows from a row's own number. Run as the owner; {today} is the last day.

-- No reference waits for the end: the triggers that are switched off below must have nothing left to do.
set constraints all immediate;

-- Units: 1 the directorate; 2-13 counties; 14-313 municipalities; 314-613 offices; 614-2113 departments, 5 an office.
insert into organisation_unit (id, code, name, sort_key, kind, meeting_forms)
select n, 'N' || n, name, lower(name), kind,
       case when kind in ('office', 'department')
            then array['reception', 'planned', 'group', 'home_visit', 'telephone', 'video', 'written']
            else array[]::varchar[] end
from (
  select n,
    case when n = 1 then 'directorate' when n <= 13 then 'county' when n <= 313 then 'municipality'
         when n <= 613 then 'office' else 'department' end as kind,
    case when n = 1 then 'Direktoratet' when n <= 13 then 'Fylke ' || n when n <= 313 then 'Kommune ' || n - 13
         when n <= 613 then 'Kontor ' || n - 313
         else 'Kontor ' || (n - 614) / 5 + 1 || ', avdeling ' || (n - 614) % 5 + 1 end as name
  from generate_series(1, 2113) n
) made;

insert into organisation_unitparent (child_id, parent_id)
select n, 1 from generate_series(2, 13) n
union all select 313 + o, 2 + o % 12 from generate_series(1, 300) o
union all select 313 + o, 13 + o from generate_series(1, 300) o
union all select n, 314 + (n - 614) / 5 from generate_series(614, 2113) n;

-- Workforces: 1-3000 in departments (odd the state's, even the municipality's); 3001-3600 in offices; then those above.
insert into organisation_workforce (id, unit_id, employer_id)
select 2 * d + 1, 614 + d, 1 from generate_series(0, 1499) d
union all select 2 * d + 2, 614 + d, 14 + d / 5 from generate_series(0, 1499) d
union all select 3001 + 2 * o, 314 + o, 1 from generate_series(0, 299) o
union all select 3002 + 2 * o, 314 + o, 14 + o from generate_series(0, 299) o
union all select 3600 + n, n, 1 from generate_series(1, 13) n
union all select 3600 + n, n, n from generate_series(14, 313) n;

-- A safety area for each employer's people in each office.
insert into organisation_safetyarea (id, code, name, unit_id, employer_id)
select 2 * o + 1, 'A' || 2 * o + 1, 'Kontor ' || o + 1 || ', staten', 314 + o, 1 from generate_series(0, 299) o
union all
select 2 * o + 2, 'A' || 2 * o + 2, 'Kontor ' || o + 1 || ', kommunen', 314 + o, 14 + o from generate_series(0, 299) o;

-- People 1-21683 work in offices: number k in office o. k 0 leads the office, 1-5 the departments, the rest meet clients.
create temporary table worker on commit drop as
select p as id, (p - 1) % 300 as o, (p - 1) / 300 as k,
       (p - 1) % 300 * 5 + case when (p - 1) / 300 = 0 then 0 when (p - 1) / 300 <= 5 then (p - 1) / 300 - 1
                                else (p - 1) / 300 % 5 end as d,
       (p - 1) / 300 % 2 as line -- 0 the state, 1 the municipality
from generate_series(1, 21683) p;
create index on worker (o, k);
analyze worker;

insert into organisation_person (id, external_id, name, sort_key, email, phone, language, theme)
select p, 'N' || p, 'Person ' || p, 'person ' || lpad(p::text, 5, '0'), 'p' || p || '@nation.example', '', 'nb', 'system'
from generate_series(1, 22000) p;

insert into organisation_employment (person_id, employer_id, formal_leader_id, starts_on)
select id, case line when 0 then 1 else 14 + o end,
       -- One in three is led formally by the office's leader, the others by the department's.
       case when k = 0 then 21684 + o % 12 when k <= 5 or k % 3 = 0 then o + 1 else o + 1 + 300 * (k % 5 + 1) end,
       date '{today}' - 800
from worker
union all select p, 1, null, date '{today}' - 800 from generate_series(21684, 21700) p
union all select 21700 + m, 13 + m, null, date '{today}' - 800 from generate_series(1, 300) m;

insert into organisation_placement
  (person_id, workforce_id, daily_leader_id, safety_area_id, title, meets_clients, is_primary, starts_on)
select id, case when k = 0 then 3001 + 2 * o + line else 2 * d + 1 + line end,
       case when k = 0 then 21684 + o % 12 when k <= 5 then o + 1 else o + 1 + 300 * (k % 5 + 1) end,
       2 * o + 1 + line, 'Veileder', k > 5, true, date '{today}' - 800
from worker
union all select p, 3600 + 2 + (p - 21684), null, null, 'Direktør', false, true, date '{today}' - 800
  from generate_series(21684, 21695) p
union all select 21700 + m, 3600 + 13 + m, null, null, 'Kommunedirektør', false, true, date '{today}' - 800
  from generate_series(1, 300) m;

insert into organisation_roleassignment (person_id, role, unit_id, employer_id, safety_area_id, starts_on)
select id, 'office_leader', 314 + o, null::bigint, null::bigint, date '{today}' - 800 from worker where k = 0
union all select id, 'leader', 614 + d, null, null, date '{today}' - 800 from worker where k between 1 and 5
union all select id, 'safety_representative', 314 + o, case line when 0 then 1 else 14 + o end, 2 * o + 1 + line,
  date '{today}' - 800 from worker where k in (6, 7)
union all select p, 'county_director', 2 + p - 21684, 1, null, date '{today}' - 800 from generate_series(21684, 21695) p
union all select p, 'directorate', 1, null, null, date '{today}' - 800 from generate_series(21696, 21700) p
union all select 21700 + m, 'municipal_director', 13 + m, 13 + m, null, date '{today}' - 800
  from generate_series(1, 300) m;

-- Those who meet clients, numbered without holes.
create temporary table counsellor on commit drop as
select row_number() over (order by id) - 1 as nr, id, 2 * d + 1 + line as workforce_id, 2 * o + 1 + line as area_id,
       o + 1 + 300 * (k % 5 + 1) as leader_id, o
from worker where k > 5;
create index on counsellor (nr);
analyze counsellor, situation;

-- Meetings and checks: about 50 each in 30 days, then those planned for today and the week after.
-- `situation` holds answers with the level and points that the rule gives them.
create temporary table planned on commit drop as
select n, c.id as person_id, c.workforce_id, c.area_id, s.form, s.answers, s.points, s.level, c.leader_id,
       (date '{today}' - (1 + n % 29)::integer + time '08:15' + (n * 7 % 28) * interval '15 minutes')
         at time zone 'Europe/Oslo' as starts_at,
       md5('meeting' || n)::uuid as meeting_id, md5('check' || n)::uuid as check_id
from generate_series(0, 999999) n
join counsellor c on c.nr = n % (select count(*) from counsellor)
join situation s on s.nr = n * 13 % (select count(*) from situation);

insert into encounters_meeting (id, owner_id, workforce_id, starts_at, ends_at, form, place, title, source, outcome,
  checked_at, created_at)
select meeting_id, person_id, workforce_id, starts_at, starts_at + interval '30 minutes', form, '', '', 'typed', 'all_well',
       starts_at - interval '20 minutes', starts_at - interval '2 days'
from planned
union all
select md5('plan' || c.nr || ' ' || day || ' ' || slot)::uuid, c.id, c.workforce_id,
       moment, moment + interval '45 minutes', s.form, '', '', 'typed', '', null, moment - interval '3 days'
from counsellor c
cross join generate_series(0, 6) day
cross join generate_series(0, 2) slot
cross join lateral (
  select (date '{today}' + day + time '08:30' + slot * interval '2 hours' + c.nr % 6 * interval '15 minutes')
           at time zone 'Europe/Oslo' as moment) at_time
join situation s on s.nr = (c.nr + day * 3 + slot) % (select count(*) from situation);

alter table encounters_check disable trigger user;
insert into encounters_check (id, meeting_id, employee_id, participant_ids, workforce_id, safety_area_id, form, place, starts_at,
  rule_version, answers, points, level, not_cleared_why, decision, decided_at, leader_asked_at, leader_answer, leader_words,
  answered_by_id, answered_at, override_reason, outcome, outcome_at, created_at)
select check_id, meeting_id, person_id, array[person_id::integer], workforce_id, area_id, form, '', starts_at,
  '{rule}', answers, points, level, '', case level when 1 then 'go' else 'go_with_measures' end, starts_at,
  case level when 3 then starts_at - interval '20 minutes' end, case level when 3 then 'join' else '' end, '',
  case level when 3 then leader_id end, case level when 3 then starts_at - interval '10 minutes' end, '',
  'all_well', starts_at + interval '30 minutes', starts_at - interval '20 minutes'
from planned;

alter table encounters_check enable trigger user;

-- What is kept of the eleven months before: a row for each workforce, working day, form and level.
insert into encounters_checkcount (day, workforce_id, form, level, n)
select day, workforce, form, level, 1 + (workforce + level) % 4
from generate_series(date '{today}' - 365, date '{today}' - 31, interval '1 day') day
cross join generate_series(1, 3000) workforce
join (values ('planned', 1), ('telephone', 1), ('reception', 2)) used (form, level)
  on extract(isodow from day) < 6 and (workforce + extract(doy from day)::integer + level) % 3 = 0;

-- Incidents: 50,000 in a year. Derived columns are written as the triggers would have derived them.
create temporary table happened on commit drop as
select n, md5('incident' || n)::uuid as id, c.id as person_id, c.workforce_id, c.area_id, c.leader_id,
       case when n % 40 = 0 then o + 1 end as next_leader_id,
       (select v.id from worker v where v.o = c.o and v.k = case (c.area_id - 1) % 2 when 0 then 6 else 7 end) as representative_id,
       (date '{today}' - (n * 37 % 365)::integer - 1 + time '08:00' + (n % 450) * interval '1 minute')
         at time zone 'Europe/Oslo' as at,
       n % 365 <= 2 as is_new
from generate_series(0, 49999) n
join counsellor c on c.nr = n * 7 % (select count(*) from counsellor);

alter table incidents_incident disable trigger user;
alter table incidents_recipient disable trigger user;
alter table incidents_opening disable trigger user;
alter table incidents_reply disable trigger user;
alter table incidents_assessedlevel disable trigger user;
alter table incidents_escalation disable trigger user;
alter table incidents_step disable trigger user;
alter table incidents_steptaken disable trigger user;
alter table incidents_classification disable trigger user;

insert into incidents_incident (id, reporter_id, exposed_id, about, workforce_id, safety_area_id, natures, form, place, happened_at,
  experienced_severity, what_happened, words_only, outside_work, immediate_help, created_at,
  read_by_leader_at, read_by_representative_at, answered_at, assessed_level, escalated_at)
select id, person_id, person_id, 'self', workforce_id, area_id, array['verbal_abuse', 'threat_to_employee'],
  (array['telephone', 'telephone', 'written', 'reception', 'planned'])[1 + n % 5], '', at, 1 + n % 4,
  'Ropte og truet da svaret kom. Jeg avsluttet etter rutinen, og sa fra til en kollega.', true, false, '',
  at + interval '20 minutes',
  case when not is_new then at + interval '5 hours' end, case when not is_new then at + interval '6 hours' end,
  case when not is_new then at + interval '2 days' end, case when not is_new then n % 4 end,
  case when next_leader_id is not null and not is_new then at + interval '3 days' end
from happened;

insert into incidents_recipient (id, incident_id, person_id, capacity, at)
select md5('told' || n || ' ' || who)::uuid, id, who, capacity, at + interval '20 minutes'
from happened
cross join lateral (values (leader_id, 'daily_leader'), (representative_id, 'safety_representative')) told (who, capacity)
where who <> person_id;

insert into incidents_opening (id, incident_id, person_id, capacity, at)
select md5('read' || n || ' ' || who)::uuid, id, who, capacity, at + interval '5 hours'
from happened
cross join lateral (values (leader_id, 'daily_leader'), (representative_id, 'safety_representative')) told (who, capacity)
where who <> person_id and not is_new;

insert into incidents_reply (id, incident_id, by_id, text, at)
select md5('reply' || n)::uuid, id, leader_id, 'Takk for at du sa fra. Vi er to i neste samtale.', at + interval '2 days'
from happened where not is_new;

insert into incidents_assessedlevel (id, incident_id, by_id, level, reason, at)
select md5('level' || n)::uuid, id, leader_id, n % 4, '', at + interval '2 days' from happened where not is_new;

insert into incidents_escalation (id, incident_id, to_person_id, reason, at)
select md5('passed' || n)::uuid, id, next_leader_id, 'no_reaction', at + interval '3 days'
from happened where next_leader_id is not null and not is_new;

alter table incidents_incident enable trigger user;
alter table incidents_recipient enable trigger user;
alter table incidents_opening enable trigger user;
alter table incidents_reply enable trigger user;
alter table incidents_assessedlevel enable trigger user;
-- What each report and its level ask for; of what the level asks for, one in ten is not done.
insert into incidents_step (id, incident_id, code, workforce_id, level, rule_version, asked_at, due_at, done_at, done_by_id, outcome)
select md5('step' || n || ' ' || code)::uuid, id, code, workforce_id, least_level, '2026-1', at, at + within,
  case when is_done then at + interval '5 hours' end, case when is_done then leader_id end,
  case when is_done then 'done' else '' end
from happened
join (values ('read', null, interval '2 days'), ('representative', null, interval '2 days'), ('level', null, interval '2 days'),
      ('answer', null, interval '7 days'), ('classify', null, interval '7 days'), ('followup', 1, interval '7 days'),
      ('talk', 2, interval '2 days'), ('measure', 2, interval '14 days'), ('police', 3, interval '3 days'),
      ('occupational_health', 3, interval '1 day'), ('reassess', 3, interval '7 days')) asked (code, least_level, within)
  on least_level is null or not is_new and least_level <= n % 4
cross join lateral (select not is_new and (least_level is null or n / 4 % 10 > 0) as is_done) done;

insert into incidents_steptaken (id, step_id, by_id, at, outcome, note)
select md5('taken' || s.id)::uuid, s.id, s.done_by_id, s.done_at, 'done', ''
from incidents_step s where s.done_at is not null and s.level is not null;

insert into incidents_classification (id, incident_id, by_id, at, codebook, natures, channel, direction, triggers, warning_signs,
  immediate_actions, alarm_worked, consequences, circumstances)
select md5('described' || n)::uuid, id, leader_id, at + interval '2 days', '2026-1', array['verbal_abuse', 'threat_to_employee'],
  'telephone', 'client', array[(array['waiting', 'refusal', 'documents'])[1 + n % 3]], array['raised_voice'], array['ended_call'],
  'none', array['unease'], array[(array['rushed', 'alone', 'low_staffing'])[1 + n % 3]]
from happened where not is_new;

alter table incidents_step enable trigger user;
alter table incidents_steptaken enable trigger user;
alter table incidents_classification enable trigger user;
alter table incidents_escalation enable trigger user;

insert into access_readentry (person_id, kind, object_id, read_at)
select person_id, 'incident', incident_id, at from incidents_opening;

insert into notices_notice (id, person_id, kind, subject_id, url, context, created_at, seen_at)
select md5('notice' || n)::uuid, leader_id, 'incident_reported', id, '/hendelser/' || id || '/',
       '{{"unit": "Kontor"}}', at, case when n % 50 > 0 then at + interval '1 hour' end
from happened;

-- One office, 314, with 500 rooms in ten zones and 5,000 items, ten in each room, each tested three times.
insert into premises_building (id, unit_id, name, address, public_entrance, staff_entrance, parking, is_temporary, created_by_id,
  created_at)
values (md5('building')::uuid, 314, 'Storgata 4', '', '', '', '', false, 1, now());
insert into premises_zone (id, building_id, name, access, control, created_at)
select md5('zone' || n)::uuid, md5('building')::uuid, 'Sone ' || n, 'meeting', '', now() from generate_series(0, 9) n;
insert into premises_room (id, zone_id, name, kind, forms, created_at)
select md5('room' || n)::uuid, md5('zone' || n % 10)::uuid, 'Rom ' || n, 'meeting_room', array['planned'], now()
from generate_series(0, 499) n;
insert into premises_roomnote (id, room_id, by_id, at, version, facts, is_latest)
select md5('note' || n)::uuid, md5('room' || n)::uuid, 1, now(), '2026-1', '{{"exits": "two"}}', true from generate_series(0, 499) n;

alter table equipment_itemtest disable trigger user;
insert into equipment_item (id, unit_id, type, name, room_id, place, supplier, serial, interval_months, in_use_from, code,
  made_by_id, made_at, tested_at, passed_on, is_failing)
select md5('item' || n)::uuid, 314,
  (array['alarm_button', 'portable_alarm', 'camera', 'access_control', 'emergency_exit', 'emergency_light', 'safety_glass',
         'first_aid', 'protective', 'call_point'])[1 + n / 500],
  'Utstyr ' || n, md5('room' || n % 500)::uuid, '', '', 'S' || n, 1 + n % 12, date '{today}' - 500,
  upper(translate(substr(md5('code' || n), 1, 8), '01', 'gh')), 1, now(), now() - n % 300 * interval '1 day',
  date '{today}' - n % 300, n % 97 = 0
from generate_series(0, 4999) n;
insert into equipment_itemtest (id, item_id, by_id, at, passed, reason, words)
select md5('test' || n || '-' || t)::uuid, md5('item' || n)::uuid, 1, now() - (n % 300 + t * 30) * interval '1 day',
  not (t = 0 and n % 97 = 0), case when t = 0 and n % 97 = 0 then 'dead' else '' end, ''
from generate_series(0, 4999) n cross join generate_series(0, 2) t;
alter table equipment_itemtest enable trigger user;

-- What offices have written, to look for: 50 measures and 30 procedures each, in few words that return everywhere.
insert into controls_measure (id, unit_id, title, what, kind, hierarchy, forms, factors, origin_kind, origin_words, owner_id, due_on,
  created_by_id, created_at, established_at, effect)
select md5('measure' || o || '-' || n)::uuid, 314 + o,
  (array['Alarmknapp', 'Skillevegg', 'To ansatte', 'Opplæring', 'Ekstra utgang'])[1 + n % 5] || ' i rom ' || n || ', kontor ' || o + 1,
  'Alle som møter brukere, vet hvor alarmen er og hva de gjør når noen truer.', 'design', 'design', array[]::varchar[], array[1],
  'other', '', o + 1, date '{today}' + n, o + 1, now() - n * interval '1 day', case when n % 2 = 0 then now() end, ''
from generate_series(0, 299) o cross join generate_series(0, 49) n;
insert into controls_procedure (id, unit_id, title, kind, forms, created_by_id, created_at, in_force_number, in_force_at, review_on)
select md5('procedure' || o || '-' || n)::uuid, 314 + o,
  (array['Uro i mottaket', 'Hjemmebesøk', 'Trusler på telefon', 'Når noen har kniv', 'Åpning om morgenen'])[1 + n % 5]
    || ', del ' || n || ', kontor ' || o + 1,
  'procedure', array[]::varchar[], o + 1, now(), null, null, date '{today}' + 300
from generate_series(0, 299) o cross join generate_series(0, 29) n;
alter table controls_procedureversion disable trigger user;
insert into controls_procedureversion (id, procedure_id, number, text, change_note, must_be_read, by_id, at, revision, saved_with, approved_at)
select md5('text' || id)::uuid, id, 1, repeat('Gå ut av rommet, hent en kollega og ring 112 hvis noen er i fare. ', 30)
    || case when abs(hashtext(id::text)) % 50 = 0 then 'Nødutgangen er bak lageret.' else '' end,
  '', true, created_by_id, created_at, 1, gen_random_uuid(), now()
from controls_procedure;
alter table controls_procedureversion enable trigger user;
update controls_procedure set in_force_number = 1, in_force_at = now();

select setval(pg_get_serial_sequence(t, 'id'), 100000)
from unnest(array['organisation_unit', 'organisation_workforce', 'organisation_safetyarea', 'organisation_person']) t;

-- What everybody who meets clients, leads or represents has learnt: eight of nine elements each, some of it run out.
alter table training_completion disable trigger user;
insert into training_completion (id, person_id, element, done_on, source, at)
select md5('learnt' || person_id || element)::uuid, person_id, element, date '{today}' - (person_id * 7 + place * 31)::integer % 420,
  'imported', now()
from (select distinct person_id, element, place from evidence_part_owed) owed
where (person_id + place) % 9 <> 0;
alter table training_completion enable trigger user;
