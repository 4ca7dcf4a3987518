-- Which guides each has put away. One's own alone: no leader sees who has read what is for beginners.

select app.protect('guides_putaway');
grant select, insert on guides_putaway to tryggmote_app, tryggmote_wide, tryggmote_all;
grant usage on sequence guides_putaway_id_seq to tryggmote_app, tryggmote_wide, tryggmote_all;

create policy own on guides_putaway for select to tryggmote_app, tryggmote_wide, tryggmote_all
  using (person_id = (select app.me()));
create policy own_put_away on guides_putaway for insert to tryggmote_app, tryggmote_wide, tryggmote_all
  with check (person_id = (select app.me()));
