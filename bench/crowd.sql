-- Two offices beside the fictional county: one with 51 people, one with 5,001. In each the first one calls for help, the
-- others have a screen open. Run as the owner. Ids from a million up meet nobody else's.
insert into organisation_unit (id, code, name, sort_key, kind, meeting_forms)
values (1000001, 'bench-50', 'Kontor med 50', 'kontor med 50', 'office', '{}'),
       (1000002, 'bench-5000', 'Kontor med 5000', 'kontor med 5000', 'office', '{}');

insert into organisation_unitparent (child_id, parent_id)
select office, (select id from organisation_unit where kind = 'directorate')
from (values (1000001), (1000002)) made (office);

insert into organisation_workforce (id, unit_id, employer_id)
select office, office, (select id from organisation_unit where kind = 'directorate')
from (values (1000001), (1000002)) made (office);

insert into organisation_person (id, external_id, name, sort_key, email, phone, language, theme)
select n, 'bench-' || n, 'Person ' || n, 'person ' || n, '', '', 'nb', 'system'
from generate_series(1000000, 1005051) n;

insert into organisation_placement (person_id, workforce_id, title, meets_clients, is_primary, starts_on)
select n, case when n <= 1000050 then 1000001 else 1000002 end, 'Veileder', true, true, current_date - 30
from generate_series(1000000, 1005051) n;

insert into organisation_unitclosure (ancestor_id, descendant_id, depth)
select office, office, 0 from (values (1000001), (1000002)) made (office)
union all
select parent_id, child_id, 1 from organisation_unitparent where child_id in (1000001, 1000002);
