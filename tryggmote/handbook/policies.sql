-- The handbook (requirement 3.6). The book has no tables of its own: it is read from others', as their policies let it.
-- Who has opened it is seen by nobody but themselves; leaders are told how many (`evidence.sql`).
select app.protect('handbook_opening');
grant select, insert, update (opened_at, before_at) on handbook_opening
  to tryggmote_app, tryggmote_wide, tryggmote_all;
grant usage on sequence handbook_opening_id_seq to tryggmote_app, tryggmote_wide, tryggmote_all;

create policy own on handbook_opening for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (person_id = (select app.me()));
-- One opens in one's own name, and only the book of a unit whose documents one may read.
create policy open_oneself on handbook_opening for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (person_id = (select app.me()) and unit_id = any ((select app.units_in_sight())::integer[]));
create policy open_again on handbook_opening for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (person_id = (select app.me()));

-- No history is kept of openings: it would be the list of everybody's reading that the table is made not to be.
