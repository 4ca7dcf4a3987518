"""What must be in order before a process serves anybody. A process that finds an error here does not start.

`PRODUCTION=1` says that real people use this installation; without DEMO and DEBUG it is taken for granted.
"""

import os
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from tryggmote.postgres.settings import is_embedded

TAG = "start"
SHORTEST_SECRET = 50  # characters; Django's own limit

# A superuser and a role with BYPASSRLS see everything; the owner of a table may lift its policies; and
# policies for a role apply to everybody who inherits it.
HOW_ROLE_BYPASSES = """
select 'superuser' from pg_roles where rolname = current_user and rolsuper
union all
select 'bypassrls' from pg_roles where rolname = current_user and rolbypassrls
union all
select 'owns ' || c.relname from pg_class c
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
  and pg_has_role(current_user, c.relowner, 'usage')
union all
select 'inherits ' || r.rolname from pg_roles r
where r.rolname <> current_user and pg_has_role(current_user, r.oid, 'usage')
  and (r.rolname like 'tryggmote%' or r.rolsuper or r.rolbypassrls)
"""


def refuse_an_unsafe_start() -> None:
    """Stop here unless settings and database role are safe to serve with.

    Raises: ImproperlyConfigured, naming everything that is wrong and what to do.
    """
    errors = run_checks(tags=[TAG], databases=["default"])
    # A web server makes its processes from this one, and they must not share its connections.
    connection.close()
    connection.close_pool()
    if errors:
        told = (f"- {error.msg} {error.hint}" for error in errors)
        raise ImproperlyConfigured("\n".join(["Tryggmøte does not start like this:", *told]))


def ways_around_the_policies() -> list[str]:
    """Why our role could see what the policies hide: "superuser", "owns x", "inherits y"."""
    with connection.cursor() as cursor:
        cursor.execute(HOW_ROLE_BYPASSES)
        return [way for (way,) in cursor.fetchall()]


@register(TAG)
def check_production(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Nothing that belongs on a laptop is switched on where real people work."""
    if not settings.PRODUCTION:
        return []
    found: list[CheckMessage] = []
    if settings.DEMO:
        found.append(
            Error("The demo's sign-in lets anybody in as anybody.", hint="Remove DEMO.", id="tryggmote.E001")
        )
    if settings.DEBUG:
        found.append(
            Error(
                "Error pages would show the inside of the program.", hint="Remove DEBUG.", id="tryggmote.E002"
            )
        )
    if len(os.environ.get("SECRET_KEY", "")) < SHORTEST_SECRET:
        found.append(
            Error(
                "There is no secret key, so sessions could be forged.",
                hint=f"Set SECRET_KEY to at least {SHORTEST_SECRET} random characters.",
                id="tryggmote.E003",
            )
        )
    if is_embedded():
        found.append(
            Error(
                "The embedded database is for trying things out; nobody takes copies of it.",
                hint="Set DATABASE_URL and DATABASE_OWNER_URL, or DEMO=1 to try things out.",
                id="tryggmote.E004",
            )
        )
    return found


@register(TAG)
def check_database_role(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """The application signs in as a role that cannot see past the policies."""
    if not databases:
        return []
    ways = ways_around_the_policies()
    if not ways:
        return []
    return [
        Error(
            f"The database role could see past the access policies ({', '.join(ways)}).",
            hint="Let DATABASE_URL sign in as tryggmote_app, made by tryggmote/postgres/roles.sql.",
            id="tryggmote.E005",
        )
    ]
