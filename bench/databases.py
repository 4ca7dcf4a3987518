"""Databases to measure in: on the embedded server, beside the real one, made when missing or stale."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import psycopg
from django.db import connection as of_django
from psycopg import sql

from tryggmote.config.environment import var_folder
from tryggmote.postgres.cluster import ROLES, connect
from tryggmote.postgres.places import Places
from tryggmote.postgres.server import Server
from tryggmote.postgres.settings import APP_ROLE, OWNER_ROLE, is_embedded
from tryggmote.postgres.settings import databases as database_settings

DEMO = "bench_demo"
NATION = "bench_nation"


@contextmanager
def server() -> Iterator[Places]:
    """The embedded server runs for the length of the block. Exits when another server is configured."""
    if not is_embedded():
        sys.exit("The benchmarks make databases of their own; unset DATABASE_URL and DATABASE_OWNER_URL.")
    running = Server(var_folder())
    with running.needed():
        yield running.places


def is_fresh(places: Places, database: str, stamp: str) -> bool:
    """Whether the database is there and was finished with this stamp."""
    with connect(places) as server:
        found = server.execute(
            "select shobj_description(oid, 'pg_database') from pg_database where datname = %s", [database]
        ).fetchone()
    return found is not None and found[0] == stamp


def remake(places: Places, database: str) -> None:
    """An empty database with the tables and policies of this checkout."""
    name = sql.Identifier(database)
    with connect(places) as connection:
        connection.execute(sql.SQL("drop database if exists {} with (force)").format(name))
        connection.execute(sql.SQL("create database {}").format(name))
    with connect(places, database=database) as connection:
        connection.execute(ROLES.read_bytes())
    run(places, database, "migrate")


def set_stamp(places: Places, database: str, stamp: str) -> None:
    """Mark the database as finished. The mark goes with the database."""
    with connect(places) as connection:
        statement = sql.SQL("comment on database {} is {}")
        connection.execute(statement.format(sql.Identifier(database), sql.Literal(stamp)))


def run(places: Places, database: str, *command: str) -> None:
    """Run a command of `tryggmote` on this database; stops everything when it fails."""
    done = subprocess.run(
        [sys.executable, "-m", "tryggmote", *command],
        env=environment(places, database),
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        sys.exit(done.stderr)


def environment(places: Places, database: str) -> dict[str, str]:
    """The environment in which the program uses this database."""
    return os.environ | {
        "DATABASE_URL": _address(places, database, APP_ROLE),
        "DATABASE_OWNER_URL": _address(places, database, OWNER_ROLE),
        "DEMO": "1",
    }


def as_owner(places: Places, database: str) -> psycopg.Connection[tuple[object, ...]]:
    """A connection as the owner of the tables."""
    return connect(places, role=OWNER_ROLE, database=database)


def as_application(places: Places, database: str) -> psycopg.Connection[tuple[object, ...]]:
    """A connection as the application."""
    return connect(places, role=APP_ROLE, database=database)


def use(places: Places, database: str, **more: str) -> None:
    """Django asks this database from now on, as the application does; `more`: of the environment."""
    settings = database_settings(var_folder(), environment(places, database) | more)
    of_django.close()
    of_django.settings_dict.update(settings["default"])


def use_as_owner(places: Places, database: str) -> None:
    """As `use`, but so that things can be arranged before somebody acts, as in the tests."""
    use(places, database, TRYGGMOTE_DATABASE_ROLE="owner")


def free_port() -> int:
    """A port where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _address(places: Places, database: str, role: str) -> str:
    return f"postgresql://{role}@/{database}?host={quote(str(places.sockets), safe='')}"
