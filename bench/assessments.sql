-- One assessment of the demo with as many scenarios as asked for: a draft, or approved. Parameters: psycopg's named.
insert into risk_assessment (id, unit_id, title, subject, forms, activity_ids, approved_forms,
  approved_activity_ids, created_by_id, created_at)
select %(assessment)s, u.id, 'Måling', 'work', '{planned}', '{}', '{}', '{}',
  (select min(id) from organisation_person), now()
from organisation_unit u where u.code = %(unit)s;

insert into risk_version (id, assessment_id, number, matrix, cause, opened_at, edition, forms, activity_ids)
values (%(version)s, %(assessment)s, 1, %(matrix)s, 'first', now(), 0, '{planned}', '{}');

insert into risk_factorjudgement (id, version_id, factor, text, revision, saved_at)
select gen_random_uuid(), %(version)s, n, repeat('Vurdert. ', 40), 1, now() from generate_series(0, 8) n;

insert into risk_scenario (id, version_id, lineage, hazard, forms, factors, situation, causes, consequences, existing,
  starter, measure_ids, revision, saved_at, inherent_likelihood, inherent_consequence, current_likelihood, current_consequence)
select gen_random_uuid(), %(version)s, gen_random_uuid(), 'Noe kan skje ' || n, '{planned}', '{1}',
  repeat('Når mange venter. ', 6), 'Lang ventetid', 'Skade og redsel', 'To på jobb', '', '{}', 1, now(),
  1 + n %% 5, 1 + n %% 5, 1 + n %% 3, 1 + n %% 4
from generate_series(1, %(size)s) n;

update risk_version set review_on = current_date + 300, approved_at = now() where id = %(version)s and %(is_approved)s;
