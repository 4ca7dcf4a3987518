-- How somebody stands in an element on a day, said again in `tests/restated.py`; a test holds the two together.
-- `renew_by`: by when a changed risk asks for it again. `back`: the day they came back from their last leave; such a one
-- begins anew with what has no gate. Inlined by the planner: it is asked some hundred thousand times in a country.
create or replace function app.training_standing(
  today date, since date, months integer, is_gate boolean, start_days integer, grace_days integer, done_on date,
  renew_by date, is_away boolean, back date
) returns text
language sql immutable parallel safe
return case
  when is_away then 'away'
  when done_on is null and not is_gate and today <= greatest(since, back) + start_days then 'new'
  when done_on is null then 'missing'
  when least((done_on + make_interval(months => months))::date + grace_days, renew_by) < today then 'missing'
  when renew_by is not null or (done_on + make_interval(months => months))::date < today then 'late'
  when (done_on + make_interval(months => months))::date <= today + 60 then 'running_out'
  else 'held' end;
