-- When each unit last exercised, in any form ('') and in each form it uses, and until when that counts: a part of 4.1 and
-- § 23A-2. `last_on` is null for what was never exercised.
create view evidence_part_exercises as
select x.unit_id, x.form, x.last_on,
  (x.last_on + make_interval(months => app.threshold('exercise_months')::integer))::date as until
from app.last_exercised(app.units_measured()) x;
