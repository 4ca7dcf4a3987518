-- The mark of the demo is set by the one who loads it, as the owner; nobody else reads or writes it.
select app.protect('demo_demo');

-- Everybody in the fictional county, for the page where one chooses whom to sign in as. That page is seen
-- before anybody has signed in, so no policy can speak of who is asking. A database in which the demo was
-- not loaded answers with nothing.
create or replace function app.demo_people()
returns table (id integer, key text, name text, roles text[], title text, unit text, unit_order text)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.id::integer, p.external_id, p.name,
         coalesce((select array_agg(distinct r.role::text) from organisation_roleassignment r
                   where r.person_id = p.id and r.starts_on <= app.today()
                     and coalesce(r.ends_on >= app.today(), true)), '{}'),
         coalesce(place.title, ''), coalesce(place.unit, held.unit, ''), coalesce(place.sort_key, held.sort_key, '')
  from organisation_person p
  left join lateral (
    select u.name as unit, u.sort_key, pl.title from organisation_placement pl
    join organisation_workforce w on w.id = pl.workforce_id
    join organisation_unit u on u.id = w.unit_id
    where pl.person_id = p.id and pl.starts_on <= app.today() and coalesce(pl.ends_on >= app.today(), true)
    order by pl.is_primary desc, pl.id limit 1
  ) place on true
  left join lateral (
    select u.name as unit, u.sort_key from organisation_roleassignment r
    join organisation_unit u on u.id = r.unit_id
    where r.person_id = p.id order by r.id limit 1
  ) held on true
  where exists (select 1 from demo_demo) and coalesce(p.ended_on >= app.today(), true)
  order by p.sort_key
$$;
revoke execute on function app.demo_people() from public;
grant execute on function app.demo_people() to tryggmote_app, tryggmote_wide, tryggmote_all;
