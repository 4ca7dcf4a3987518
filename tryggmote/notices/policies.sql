-- Notices: what each person has been told, the outbox, and what each has chosen.

select app.protect('notices_notice');
grant select, update (seen_at) on notices_notice to tryggmote_app, tryggmote_wide, tryggmote_all;
grant select, insert, update (digest_id) on notices_notice to tryggmote_job;

-- One sees what one has been told, nobody else's.
create policy own on notices_notice for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (person_id = (select app.me()));
-- One may say that one has seen it; the grant lets no other column be changed.
create policy mark_own_seen on notices_notice for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (person_id = (select app.me())) with check (person_id = (select app.me()));
-- The system tells people: for e-mail, and for the event stream of whoever it concerns.
create policy tell on notices_notice for insert to tryggmote_job with check (true);
create policy pass_on on notices_notice for select to tryggmote_job using (true);
-- It gathers what is told together in the morning.
create policy gather on notices_notice for update to tryggmote_job using (true) with check (true);

-- The outbox and the digests are the system's own; people see the notice itself.
select app.protect('notices_digest');
grant select, insert on notices_digest to tryggmote_job;
create policy gather on notices_digest for insert to tryggmote_job with check (true);
create policy look on notices_digest for select to tryggmote_job using (true);

select app.protect('notices_delivery');
grant select, insert, update on notices_delivery to tryggmote_job;
grant usage on sequence notices_delivery_id_seq to tryggmote_job;
create policy put_in on notices_delivery for insert to tryggmote_job with check (true);
create policy look on notices_delivery for select to tryggmote_job using (true);
create policy record_outcome on notices_delivery for update to tryggmote_job using (true) with check (true);

-- What one has chosen is one's own, and read by the system that acts on it. No leader sees who rests when.
select app.protect('notices_quietchoice');
grant select, insert, update, delete on notices_quietchoice to tryggmote_app, tryggmote_wide, tryggmote_all;
grant select on notices_quietchoice to tryggmote_job;
create policy own on notices_quietchoice to tryggmote_app, tryggmote_wide, tryggmote_all
  using (person_id = (select app.me())) with check (person_id = (select app.me()));
create policy follow on notices_quietchoice for select to tryggmote_job using (true);

select app.protect('notices_groupchoice');
grant select, insert, update, delete on notices_groupchoice to tryggmote_app, tryggmote_wide, tryggmote_all;
grant usage on sequence notices_groupchoice_id_seq to tryggmote_app, tryggmote_wide, tryggmote_all;
grant select on notices_groupchoice to tryggmote_job;
create policy own on notices_groupchoice to tryggmote_app, tryggmote_wide, tryggmote_all
  using (person_id = (select app.me())) with check (person_id = (select app.me()));
create policy follow on notices_groupchoice for select to tryggmote_job using (true);

-- One sees one's own number; that it is confirmed is written by the system, when the code was right.
select app.protect('notices_textnumber');
grant select on notices_textnumber to tryggmote_app, tryggmote_wide, tryggmote_all;
grant select, insert, update, delete on notices_textnumber to tryggmote_job;
create policy own on notices_textnumber for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (person_id = (select app.me()));
create policy confirm on notices_textnumber to tryggmote_job using (true) with check (true);

-- One sees that e-mail to oneself comes back, and says when the address is right again.
select app.protect('notices_emailtrouble');
grant select, delete on notices_emailtrouble to tryggmote_app, tryggmote_wide, tryggmote_all;
grant select, insert, update on notices_emailtrouble to tryggmote_job;
create policy own on notices_emailtrouble for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (person_id = (select app.me()));
create policy works_again on notices_emailtrouble for delete to tryggmote_app, tryggmote_wide, tryggmote_all
  using (person_id = (select app.me()));
create policy count on notices_emailtrouble to tryggmote_job using (true) with check (true);
