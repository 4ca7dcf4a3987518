"""Django's database settings: a server somebody runs for us, or the one we start ourselves."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from tryggmote.postgres.places import Places

APP_ROLE = "tryggmote_app"
OWNER_ROLE = "tryggmote_owner"
DATABASE_NAME = "tryggmote"


def databases(var: Path, environment: Mapping[str, str] = os.environ) -> dict[str, dict[str, Any]]:
    """Django's DATABASES.

    `DATABASE_URL` is the application's connection and `DATABASE_OWNER_URL` the one that migrates; with
    neither, both come from the embedded server whose data live under `var`. The owner's connection is
    chosen with `TRYGGMOTE_DATABASE_ROLE=owner`, everything else is the application's.
    `TRYGGMOTE_DATABASE_POOL` is the number of connections a web process keeps.

    Raises: ImproperlyConfigured when the variable that is needed is missing or no PostgreSQL address.
    """
    as_owner = environment.get("TRYGGMOTE_DATABASE_ROLE") == "owner"
    if is_embedded(environment):
        connection = _embedded(Places.under(var), OWNER_ROLE if as_owner else APP_ROLE)
    else:
        connection = _from_address("DATABASE_OWNER_URL" if as_owner else "DATABASE_URL", environment)
    # An HTTP server's threads share a pool; everything else opens a connection and closes it after use.
    # A pool or connection may have died with its server: Django asks before it uses one again.
    settings = {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True}
    if size := int(environment.get("TRYGGMOTE_DATABASE_POOL", "0")):
        connection["OPTIONS"]["pool"] = {"min_size": size, "max_size": size, "timeout": 5}
    return {"default": settings | connection}


def is_embedded(environment: Mapping[str, str] = os.environ) -> bool:
    """True when nobody gave us a database server and we start one ourselves."""
    return not (environment.get("DATABASE_URL") or environment.get("DATABASE_OWNER_URL"))


def _embedded(places: Places, role: str) -> dict[str, Any]:
    return {"NAME": DATABASE_NAME, "USER": role, "HOST": str(places.sockets), "OPTIONS": {}}


def _from_address(variable: str, environment: Mapping[str, str]) -> dict[str, Any]:
    address = environment.get(variable)
    if not address:
        raise ImproperlyConfigured(
            f"{variable} is not set. A database server of your own needs DATABASE_URL, the application's "
            "connection, and DATABASE_OWNER_URL, the one that migrates."
        )
    try:
        options = dict(conninfo_to_dict(address))
    except ProgrammingError as error:
        raise ImproperlyConfigured(f"{variable} is not a PostgreSQL address: {error}") from error
    if not options.get("dbname"):
        raise ImproperlyConfigured(f"{variable} names no database: postgresql://user:password@host/database")
    return {
        "NAME": options.pop("dbname"),
        "USER": options.pop("user", ""),
        "PASSWORD": options.pop("password", ""),
        "HOST": options.pop("host", ""),
        "PORT": str(options.pop("port", "") or ""),
        "OPTIONS": options,
    }
