-- The co-ordination agreement between employers (AML § 2-2) is read by everybody who may read the unit's documents.

-- The employers with people at work in a unit or below it today.
create or replace function app.employers_in(unit bigint) returns integer[]
language sql stable as $$
  select coalesce(array_agg(distinct reached.employer_id::integer), '{}')
  from organisation_workforcereach reached
  where reached.unit_id = unit and exists (
    select 1 from organisation_placement pl
    where pl.workforce_id = reached.workforce_id
      and pl.starts_on <= app.today() and coalesce(pl.ends_on >= app.today(), true))
$$;
-- Whether one acts for an employer in a unit: as its leader there or above, or as director on that line.
create or replace function app.acts_for(employer bigint, unit bigint) returns boolean
language sql stable as $$
  select exists (
    select 1 from organisation_roleassignment r
    join organisation_unitclosure c on c.ancestor_id = r.unit_id and c.descendant_id = unit
    where r.person_id = app.me() and r.role in ('leader', 'office_leader', 'county_director', 'municipal_director')
      and (r.employer_id is null or r.employer_id = employer)
      and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true))
$$;

select app.protect('controls_agreement');
select app.protect('controls_agreementsigning');
select app.protect('controls_agreementreview');
grant select, insert on controls_agreement, controls_agreementsigning, controls_agreementreview
  to tryggmote_app, tryggmote_wide, tryggmote_all;
create policy of_unit on controls_agreement for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (unit_id = any ((select app.units_in_sight())::integer[]));
create policy of_agreement on controls_agreementsigning for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from controls_agreement a where a.id = agreement_id));
create policy of_agreement on controls_agreementreview for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (exists (select 1 from controls_agreement a where a.id = agreement_id));
-- A leader of the unit proposes in their own name, between employers with people there; nobody has signed yet.
create policy leader_proposes on controls_agreement for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (
    created_by_id = (select app.me()) and unit_id = any ((select app.units_led())::integer[])
    and app.belongs_to(co_ordinator_id, unit_id) and signed_at is null and reviewed_at is null
    and employer_ids <@ app.employers_in(unit_id));
-- One signs, in one's own name, for an employer one acts for there.
create policy sign_for_ones_employer on controls_agreementsigning for insert
  to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and exists (
    select 1 from controls_agreement a
    where a.id = agreement_id and controls_agreementsigning.employer_id = any (a.employer_ids)
      and app.acts_for(controls_agreementsigning.employer_id, a.unit_id)));
-- Leaders of the unit go through it once all have signed.
create policy leader_reviews on controls_agreementreview for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (by_id = (select app.me()) and exists (
    select 1 from controls_agreement a
    where a.id = agreement_id and a.signed_at is not null
      and a.unit_id = any ((select app.units_led())::integer[])));

-- It is signed when the last party signs.
create or replace function app.derive_agreement() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  case tg_table_name
    when 'controls_agreementsigning' then
      -- One at a time: of two parties that sign at the same moment, the second must see the first.
      perform 1 from controls_agreement where id = new.agreement_id for update;
      update controls_agreement set signed_at = new.at
      where id = new.agreement_id and signed_at is null and employer_ids <@ array(
        select s.employer_id::integer from controls_agreementsigning s where s.agreement_id = new.agreement_id);
    when 'controls_agreementreview' then
      update controls_agreement set reviewed_at = new.at where id = new.agreement_id;
  end case;
  return null;
end
$$;
revoke execute on function app.derive_agreement() from public;
create or replace trigger derive_agreement after insert on controls_agreementsigning
  for each row execute function app.derive_agreement();
create or replace trigger derive_agreement after insert on controls_agreementreview
  for each row execute function app.derive_agreement();

select app.keep_history('controls_agreement');
select app.keep_history('controls_agreementsigning');
select app.keep_history('controls_agreementreview');

-- They go with a unit that becomes a part of another (ADR 0032).
select app.goes_with_unit('controls_agreement');
