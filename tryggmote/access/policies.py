"""Applying the policies: what the SQL files say is what is in force, after every migration.

Order: common functions, what capabilities make of their data (`also_apply`), each capability's
`policies.sql` and `policies_<subject>.sql`, each one's `evidence.sql` and `duties.sql`, and what is made of
all of those (`apply_last`); in one transaction in which the old policies go and the new ones come. A table
nobody mentions has no grants, so it is closed, not open.
"""

import hashlib
from collections.abc import Callable
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


# Evidence (`compliance/registry.py`) is read through views that run as their owner, because what is counted
# is not what each may see; each view restricts itself to the units in sight. The barrier keeps conditions of
# those who ask from being tried on rows before that restriction. The parts that rules share have none: inside
# a rule they must be joined unit by unit, which a barrier forbids (17 s against 50 ms for 50 of 1,136 units).
# So they are for the rules alone: nobody but their owner reads them. So it is with what people owe
# (`duties/kinds.py`).
_DROP_VIEWS = """
do $$
declare found record;
begin
  for found in
    select viewname from pg_views
    where schemaname = 'public' and (viewname like 'evidence\\_%' or viewname like 'duty\\_%') loop
    execute format('drop view if exists public.%I cascade', found.viewname);
  end loop;
end
$$
"""
_OPEN_EVIDENCE = """
do $$
declare found record;
begin
  for found in
    select viewname from pg_views where schemaname = 'public' and viewname like 'evidence\\_%'
      and viewname not like 'evidence\\_part\\_%' loop
    execute format('alter view public.%I set (security_barrier)', found.viewname);
    execute format('grant select on public.%I to tryggmote_app, tryggmote_wide, tryggmote_all',
                   found.viewname);
  end loop;
end
$$
"""

_made: list[Callable[[], str]] = []
_made_last: list[Callable[[], str]] = []


def also_apply(script: Callable[[], str]) -> None:
    """Put the SQL that `script` makes of a capability's data in force too, before the policies use it."""
    _made.append(script)


def apply_last(script: Callable[[], str]) -> None:
    """Put the SQL that `script` makes of what all capabilities have said in force, after all of theirs."""
    _made_last.append(script)


def apply_policies() -> None:
    """Put the policies of all files in force, as the owner of the tables; all of them or none."""
    with transaction.atomic(), connection.cursor() as cursor:
        for script in _scripts():
            # No parameters: psycopg then sends the file as it is, many statements at once.
            cursor.execute(script)
        cursor.execute(f"comment on schema app is '{policies_mark()}'")


def policies_are_in_force() -> bool:
    """True when what the database enforces came from these very files."""
    with connection.cursor() as cursor:
        cursor.execute("select obj_description(oid) from pg_namespace where nspname = 'app'")
        return cursor.fetchone() == (policies_mark(),)


def _scripts() -> list[str]:
    common = (Path(__file__).parent / "functions.sql").read_text(encoding="utf-8")
    return [
        _DROP_VIEWS,
        _DROP_POLICIES,
        FRAMEWORK_GRANTS,
        common,
        *(script() for script in _made),
        *_of_capabilities("policies*.sql"),
        *_of_capabilities("evidence.sql"),
        _OPEN_EVIDENCE,
        *_of_capabilities("duties.sql"),
        *(script() for script in _made_last),
    ]


def _of_capabilities(pattern: str) -> list[str]:
    folders = [Path(apps.get_app_config(capability).path) for capability in settings.CAPABILITIES]
    return [file.read_text(encoding="utf-8") for folder in folders for file in sorted(folder.glob(pattern))]


def policies_mark() -> str:
    """A short name for what `apply_policies` would put in force now."""
    return f"policies {hashlib.sha256(''.join(_scripts()).encode()).hexdigest()}"
