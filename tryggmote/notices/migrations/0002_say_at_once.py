"""Let the event stream know at once, and let it catch up without missing a row.

Rows become visible in the order of commits, not in the order of their keys, so "after the last key" would
miss a row whose transaction took longer. `told_in` is the transaction that wrote the row: everything
older than the oldest transaction still running has been seen by a reader, the rest is read again.
"""

from django.db import migrations

FORWARDS = """
alter table notices_notice add column told_in xid8 not null default pg_current_xact_id();
create index notices_told_in on notices_notice (told_in);

create function notices_say_at_once() returns trigger language plpgsql as $$
begin
  perform pg_notify('notice', new.person_id || ':' || new.id);
  return null;
end
$$;
create trigger say_at_once after insert on notices_notice
  for each row execute function notices_say_at_once();
"""
BACKWARDS = """
drop trigger say_at_once on notices_notice;
drop function notices_say_at_once();
alter table notices_notice drop column told_in;
"""


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
