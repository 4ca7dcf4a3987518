-- What fills the elements that must be in place (3.2, 3.3, 3.4). Everybody who may read the unit's documents reads it.
select app.protect('residual_filling');
grant select, insert, update (ended_by_id, ended_at) on residual_filling
  to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy of_unit on residual_filling for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (unit_id = any ((select app.units_in_sight())::integer[]));
-- A leader of the unit chooses, in their own name, among what is the unit's own or comes from a unit above.
create policy leader_chooses on residual_filling for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (
    by_id = (select app.me()) and ended_at is null and ended_by_id is null
    and unit_id = any ((select app.units_led())::integer[])
    and exists (select 1 from app.required_elements() e where e.element = residual_filling.element and e.form = residual_filling.form)
    and (card <> '' or exists (
      select 1 from organisation_unitclosure c
      where c.descendant_id = unit_id and (
        c.ancestor_id = (select m.unit_id from controls_measure m where m.id = measure_id)
        or c.ancestor_id = (select p.unit_id from controls_procedure p where p.id = procedure_id)))));
-- A leader of the unit takes it away again, once.
create policy leader_takes_away on residual_filling for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (ended_at is null and unit_id = any ((select app.units_led())::integer[]))
  with check (ended_by_id = (select app.me()) and ended_at is not null);

select app.keep_history('residual_filling');
