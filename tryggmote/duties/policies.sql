-- The ledger of what people owe. The database writes it (`ledger.sql`); people hand things on.

select app.protect('duties_entry');
select app.protect('duties_handing');
select app.protect('duties_escalation');

grant select on duties_entry, duties_escalation to tryggmote_app, tryggmote_wide, tryggmote_all;
grant select, insert, update (taken_back_at) on duties_handing to tryggmote_app, tryggmote_wide, tryggmote_all;

-- One sees what one owes, what one has been handed, and what is late below one and has been taken further to one.
create policy own_handed_or_late on duties_entry for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (
    person_id = (select app.me())
    or id in (select h.entry_id from duties_handing h where h.to_person_id = (select app.me()) and h.taken_back_at is null)
    or id in (select s.entry_id from duties_escalation s where s.to_person_id = (select app.me())));
create policy told on duties_escalation for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (to_person_id = (select app.me()));

create policy between_the_two on duties_handing for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (by_id = (select app.me()) or to_person_id = (select app.me()));
-- Whether the one who asks owes it now. With the owner's rights: the policies of the two tables would ask each other.
create or replace function app.owes(entry uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp
as $$ select exists (select 1 from duties_entry e where e.id = entry and e.person_id = app.me() and e.ended_at is null) $$;
revoke execute on function app.owes(uuid) from public;
grant execute on function app.owes(uuid) to tryggmote_app, tryggmote_wide, tryggmote_all;
-- One hands on what one owes oneself; what one has been handed goes back.
create policy owner_hands on duties_handing for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (
    by_id = (select app.me()) and to_person_id <> (select app.me()) and taken_back_at is null
    and app.owes(entry_id));
create policy either_takes_back on duties_handing for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (taken_back_at is null and (by_id = (select app.me()) or to_person_id = (select app.me())))
  with check (taken_back_at is not null);
