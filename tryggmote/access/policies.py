"""Applying the policies: what the SQL files say is what is in force, after every migration.

Order: common functions, then each capability's `policies.sql`, in one transaction in which the old
policies go and the new ones come. A table nobody mentions has no grants, so it is closed, not open.
"""

import hashlib
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

# Tables of the framework: session keys, queue and bookkeeping. They carry no rows about people's incidents
# and are read before anybody is signed in, so they have grants and no policies.
FRAMEWORK_GRANTS = """
grant select, insert, update, delete on django_session
  to tryggmote_app, tryggmote_wide, tryggmote_all, tryggmote_job;
grant select on django_migrations, django_content_type to tryggmote_app, tryggmote_job;
grant select, insert, update, delete on procrastinate_jobs, procrastinate_events,
  procrastinate_periodic_defers, procrastinate_workers to tryggmote_job;
grant select, insert on procrastinate_jobs, procrastinate_events
  to tryggmote_app, tryggmote_wide, tryggmote_all;
grant usage on all sequences in schema public to tryggmote_job;
grant usage on sequence procrastinate_jobs_id_seq, procrastinate_events_id_seq
  to tryggmote_app, tryggmote_wide, tryggmote_all;
"""

_DROP_POLICIES = """
do $$
declare found record;
begin
  for found in select policyname, tablename from pg_policies where schemaname = 'public' loop
    execute format('drop policy %I on public.%I', found.policyname, found.tablename);
  end loop;
  for found in
    select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'v', 'p')
  loop
    execute format('revoke all on public.%I from tryggmote_app, tryggmote_wide, tryggmote_all, tryggmote_job',
                   found.relname);
  end loop;
end
$$
"""


def policy_files() -> list[Path]:
    """The SQL files in the order they are applied: the common functions first."""
    folders = [Path(apps.get_app_config(name).path) for name in settings.CAPABILITIES]
    common = Path(__file__).parent / "functions.sql"
    return [common, *(path for folder in folders if (path := folder / "policies.sql").exists())]


def apply_policies() -> None:
    """Put the policies of all files in force, as the owner of the tables; all of them or none."""
    with transaction.atomic(), connection.cursor() as cursor:
        for script in _scripts():
            # No parameters: psycopg then sends the file as it is, many statements at once.
            cursor.execute(script)
        cursor.execute(f"comment on schema app is '{_mark()}'")


def policies_are_in_force() -> bool:
    """True when what the database enforces came from these very files."""
    with connection.cursor() as cursor:
        cursor.execute("select obj_description(oid) from pg_namespace where nspname = 'app'")
        return cursor.fetchone() == (_mark(),)


def _scripts() -> list[str]:
    return [_DROP_POLICIES, FRAMEWORK_GRANTS, *(path.read_text(encoding="utf-8") for path in policy_files())]


def _mark() -> str:
    return f"policies {hashlib.sha256(''.join(_scripts()).encode()).hexdigest()}"
