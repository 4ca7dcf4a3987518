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

-- The history is sealed, piece by piece, each seal made of the one before. What is younger than a quarter of an hour waits: an
-- act that has not ended yet may still write a line with a lower number.
select app.protect('access_historyseal');
create or replace trigger only_grows before update or delete on access_historyseal
  for each statement execute function app.refuse_change();

-- The seal of a piece: of the seal before it and of who did what to which row, what it became and when.
create or replace function app.seal_of_history(before bytea, first bigint, last bigint) returns bytea
language sql stable security definer set search_path = public, pg_temp as $$
  select sha256(before || coalesce(string_agg(sha256(convert_to(concat_ws('|', h.id, coalesce(h.person_id, 0), h.table_name,
    h.row_id, h.act, extract(epoch from h.happened_at)::numeric, h.changed, encode(h.digest, 'hex')), 'UTF8')), ''::bytea
    order by h.id), ''::bytea))
  from access_historyentry h where h.id > first and h.id <= last
$$;

-- Seals what has come, and returns the newest seal. The lock: one at a time.
create or replace function app.seal_history(at_a_time integer default 100000) returns text
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  newest access_historyseal;
  upto bigint;
  ends bigint;
begin
  perform pg_advisory_xact_lock(hashtext('tryggmote history seal'));
  select * into newest from access_historyseal order by last_entry desc limit 1;
  newest.last_entry := coalesce(newest.last_entry, 0);
  newest.digest := coalesce(newest.digest, ''::bytea);
  select max(id) into upto from access_historyentry
  where id > newest.last_entry and happened_at < now() - interval '15 minutes';
  while upto > newest.last_entry loop
    select max(id) into ends from (
      select id from access_historyentry where id > newest.last_entry and id <= upto order by id limit at_a_time) piece;
    insert into access_historyseal (last_entry, entries, digest)
    select ends, (select count(*) from access_historyentry where id > newest.last_entry and id <= ends),
      app.seal_of_history(newest.digest, newest.last_entry, ends)
    returning * into newest;
  end loop;
  return encode(newest.digest, 'hex');
end
$$;

-- The last entry of the first seal that the history does not answer to any more; null when all is as it was.
create or replace function app.broken_seal() returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
  select last_entry from (
    select s.last_entry, s.digest, lag(s.digest, 1, ''::bytea) over w as before, lag(s.last_entry, 1, 0::bigint) over w as first
    from access_historyseal s window w as (order by s.last_entry)
  ) seal
  where seal.digest <> app.seal_of_history(seal.before, seal.first, seal.last_entry)
  order by 1 limit 1
$$;
revoke execute on function app.seal_of_history(bytea, bigint, bigint), app.seal_history(integer), app.broken_seal() from public;
grant execute on function app.seal_history(integer), app.broken_seal() to tryggmote_job;
