-- The read log and the history.

select app.protect('access_readentry');
grant select, insert on access_readentry to tryggmote_app, tryggmote_wide, tryggmote_all;
grant select, delete on access_readentry to tryggmote_job;
grant usage on sequence access_readentry_id_seq to tryggmote_app, tryggmote_wide, tryggmote_all;

-- One may write down one's own reading, and see what one has read. Who else may see it is said by the
-- capability whose rows are read.
create policy own on access_readentry for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (person_id = (select app.me()));
create policy log_own on access_readentry for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (person_id = (select app.me()));
-- The retention job removes entries when the row they are about is removed.
create policy retain on access_readentry for select to tryggmote_job using (true);
create policy expire on access_readentry for delete to tryggmote_job using (true);

-- The history is written by triggers only. Nobody reads it through the program; it is for audits.
select app.protect('access_historyentry');
create or replace trigger only_grows before update or delete on access_historyentry
  for each statement execute function app.refuse_change();
