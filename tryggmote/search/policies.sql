-- Search (ADR 0049). Nobody but `app.found` reads what can be found: a policy on the table itself would keep its indexes
-- from being used, since matching words is not leakproof. So what is found is looked up again as the one who asks, in the
-- table it comes from, and whoever may not see the row does not hear of it.
select app.protect('search_entry');

-- Without case and accents, as `catalogue/matching.py` does it: whatever collation the database has.
create or replace function app.folded(said text) returns text
language sql immutable strict parallel safe
return lower(translate(
  replace(replace(normalize(said, nfc), 'æ', 'ae'), 'Æ', 'ae'),
  'øåäöéèêëüáàóòôšžčđŋŧØÅÄÖÉÈÊËÜÁÀÓÒÔŠŽČĐŊŦ', 'oaaoeeeeuaaoooszcdntoaaoeeeeuaaoooszcdnt'));

-- As text search takes words apart when people type them: "SN-4711" is no negative number, "2.4" no version.
create or replace function app.in_words(said text) returns text
language sql immutable strict parallel safe
return translate(normalize(said, nfc), '-_/.,:@+', '        ');

-- Writes anew what can be found of one row, or of all rows of a kind when no row is named.
create or replace function app.find_anew(of_kind text, row_id text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- Two statements: one for both cases gets a plan that reads the whole table for each row.
  if row_id is null then
    delete from search_entry where kind = of_kind;
  else
    delete from search_entry where kind = of_kind and subject_id = row_id;
  end if;
  execute format($insert$
    insert into search_entry (kind, subject_id, unit_id, is_open, people, title, words)
    select %L, id, unit_id, is_open, people, app.folded(title),
           setweight(to_tsvector('norwegian', app.in_words(title)), 'A')
             || setweight(to_tsvector('norwegian', app.in_words(words)), 'B')
    from app.findable_%s($1)
  $insert$, of_kind, of_kind) using row_id;
end
$$;
create or replace function app.find_row_anew() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform app.find_anew(tg_argv[0], coalesce(new.id, old.id)::text);
  return null;
end
$$;

-- Makes the rows of a table findable. `shown` selects id, unit, whether everybody with the unit in sight may look for it,
-- people who may in any case, title and further words: of the row with the id $1, or of all when it is null. It is made of
-- the columns `told_by`. Rows that were there before are gone through when `shown` is new.
create or replace function app.make_findable(of_kind text, source regclass, told_by text, shown text) returns void
language plpgsql as $$
declare
  maker text := format('app.findable_%s(text)', of_kind);
begin
  if obj_description(to_regprocedure(maker), 'pg_proc') is distinct from md5(shown) then
    execute format('create or replace function %s returns table '
                   '(id text, unit_id bigint, is_open boolean, people bigint[], title text, words text) '
                   'language sql stable as %L', maker, shown);
    execute format('comment on function %s is %L', maker, md5(shown));
    perform app.find_anew(of_kind, null);
  end if;
  execute format('create or replace trigger find_row_anew after insert or delete or update of %s on %s '
                 'for each row execute function app.find_row_anew(%L)', told_by, source, of_kind);
end
$$;

-- What may be shown to the one who asks, the best first, at most so many of each kind. `asked` holds all the words with
-- what stands for the same, as a text query; a title may also hold them inside longer words. Tolerant: words of
-- titles that are spelled much like them will do. Of what fits as well the newest comes first: to sort so many by title took
-- longer than to find and rank them. What is spelled alike is compared letter by letter, so no more than `alike_at_most`.
create or replace function app.found(said text[], asked text[], tolerant boolean, only_kind text, most integer)
returns table (kind text, subject_id text, rank real)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  alike_at_most constant integer := 1000;
  matches text;
  better text;
begin
  if tolerant then
    perform set_config('pg_trgm.word_similarity_threshold', '0.4', true);
    select string_agg(format('(%L <%% e.title or e.words @@ to_tsquery(''norwegian'', %L))', app.folded(word), query), ' and '),
           string_agg(format('word_similarity(%L, e.title)', app.folded(word)), ' + ')
    into matches, better
    from unnest(said, asked) both_of (word, query) where length(word) > 3;
  else
    select format('(e.words @@ $1 or (%s))', string_agg(format('e.title like %L', '%' || app.folded(word) || '%'), ' and ')),
           format('ts_rank(e.words, $1) + (e.title like %L)::int', app.folded(said[1]) || '%')
    into matches, better
    from unnest(said) word;
  end if;
  if matches is null then
    return;
  end if;
  return query execute format($query$
    select f.kind, f.subject_id, f.rank from (
      select m.*, row_number() over (partition by m.kind order by m.rank + m.id * 1e-12 desc) as place
      from (
        select e.id, e.kind::text, e.subject_id::text, (%2$s)::real as rank
        from search_entry e
        where %1$s
          and (e.is_open and (e.unit_id is null or e.unit_id = any ($2)) or e.unit_id = any ($3) or $4 = any (e.people))
          and ($5 is null or e.kind = $5)
        limit $7
      ) m
    ) f where f.place <= $6 order by f.kind, f.place
  $query$, matches, better)
  using to_tsquery('norwegian', array_to_string(asked, ' & ')), app.units_in_sight()::bigint[],
        (app.units_led() || app.units_represented())::bigint[], app.me(), only_kind, most,
        case when tolerant then alike_at_most end;
end
$$;

revoke execute on function app.find_anew(text, text), app.find_row_anew(), app.make_findable(text, regclass, text, text),
  app.found(text[], text[], boolean, text, integer) from public;
grant execute on function app.found(text[], text[], boolean, text, integer) to tryggmote_app, tryggmote_wide, tryggmote_all;
