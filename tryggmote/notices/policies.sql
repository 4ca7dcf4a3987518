-- Notices: what each person has been told, and the outbox.

select app.protect('notices_notice');
grant select, update (seen_at) on notices_notice to tryggmote_app, tryggmote_wide, tryggmote_all;
grant select, insert on notices_notice to tryggmote_job;

-- One sees what one has been told, nobody else's.
create policy own on notices_notice for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (person_id = (select app.me()));
-- One may say that one has seen it; the grant lets no other column be changed.
create policy mark_own_seen on notices_notice for update to tryggmote_app, tryggmote_wide, tryggmote_all
  using (person_id = (select app.me())) with check (person_id = (select app.me()));
-- The system tells people: for e-mail, and for the event stream of whoever it concerns.
create policy tell on notices_notice for insert to tryggmote_job with check (true);
create policy pass_on on notices_notice for select to tryggmote_job using (true);

-- The outbox is the system's own; people see the notice itself.
select app.protect('notices_delivery');
grant select, insert, update on notices_delivery to tryggmote_job;
grant usage on sequence notices_delivery_id_seq to tryggmote_job;
create policy put_in on notices_delivery for insert to tryggmote_job with check (true);
create policy look on notices_delivery for select to tryggmote_job using (true);
create policy record_outcome on notices_delivery for update to tryggmote_job using (true) with check (true);
