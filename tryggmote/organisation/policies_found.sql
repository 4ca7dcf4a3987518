-- People and units are found by everybody who is signed in, by name (ADR 0049).
select app.make_findable('person', 'organisation_person', 'name', $$
  select p.id::text, null::bigint, true, '{}'::bigint[], p.name::text, ''
  from organisation_person p where $1 is null or p.id = $1::bigint
$$);
select app.make_findable('unit', 'organisation_unit', 'name', $$
  select u.id::text, null::bigint, true, '{}'::bigint[], u.name::text, ''
  from organisation_unit u where $1 is null or u.id = $1::bigint
$$);
