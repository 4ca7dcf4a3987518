-- What information knows of requirements 1.1 and 2.3, for the rules of risk and controls to build on.

-- How many of those it is for have read the latest thing a unit was told that they have had time to read: the latest
-- that is `read_workdays` working days old. None of none for a unit that has not been told anything yet, which leaves
-- `readers >= audience * share` true.
create view evidence_part_information as
select u.id as unit_id, counted.audience::integer, counted.readers::integer
from organisation_unit u
left join lateral (
  select i.id from information_item i
  where i.unit_id = u.id and not i.is_standing and app.add_workdays(i.at, app.threshold('read_workdays')::integer) <= now()
  order by i.at desc, i.id desc limit 1
) latest on true
cross join lateral (
  select count(*) as audience, count(r.id) as readers
  from app.informed() f
  left join information_reading r on r.item_id = f.item_id and r.person_id = f.person_id
  where f.item_id = latest.id and f.unit_id = u.id
) counted
where u.id = any ((select app.units_measured())::integer[]);
