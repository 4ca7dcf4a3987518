"""The embedded server's data folder, its settings, and the database and roles in it."""

import os
import pwd
import shutil
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from tryggmote.postgres.binaries import major_version
from tryggmote.postgres.errors import CannotStart
from tryggmote.postgres.places import Places
from tryggmote.postgres.programs import run
from tryggmote.postgres.settings import APP_ROLE, DATABASE_NAME, OWNER_ROLE

SUPERUSER = "postgres"
CONNECT_TIMEOUT_S = 5
ROLES = Path(__file__).parent / "roles.sql"

SETTINGS = """\
# Written anew at every start.
listen_addresses = ''
unix_socket_directories = '{sockets}'
unix_socket_permissions = 0700
shared_buffers = 128MB
max_connections = 100
max_wal_size = 1GB
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
# A statement that fails may hold what somebody told: the log gets the error, never the words.
log_min_error_statement = panic
log_error_verbosity = terse
log_parameter_max_length_on_error = 0
"""


def make_data(places: Places, binaries: Path) -> None:
    """Make the data folder if there is none, and write the server's settings.

    Raises: CannotStart when the data are another major version's.
    """
    ours = major_version(binaries)
    if not places.data.exists():
        _make_empty_data(places, binaries, ours)
    theirs = int((places.data / "PG_VERSION").read_text())
    if theirs != ours:
        raise CannotStart(
            f"The data in {places.data} were made by PostgreSQL {theirs}, this is PostgreSQL {ours}. "
            "Take them over with pg_dump and pg_restore, or remove the folder to start afresh."
        )
    _write(places, "postgresql.conf", SETTINGS.format(sockets=places.sockets))
    # No passwords and no trust: the operating system says who knocks, and only we are let in.
    _write(places, "pg_hba.conf", "local all all peer map=tryggmote\n")
    roles = (SUPERUSER, OWNER_ROLE, APP_ROLE)
    _write(places, "pg_ident.conf", "".join(f'tryggmote "{_our_name()}" {role}\n' for role in roles))


def make_database(places: Places) -> None:
    """Make the database and its roles, or bring the roles up to date."""
    with connect(places) as connection:
        query = "select 1 from pg_database where datname = %s"
        if not connection.execute(query, [DATABASE_NAME]).fetchone():
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(DATABASE_NAME)))
    with connect(places, database=DATABASE_NAME) as connection:
        connection.execute(ROLES.read_bytes())
        # Here the owner also makes the tests' databases; a real server's does not.
        connection.execute(sql.SQL("alter role {} createdb").format(sql.Identifier(OWNER_ROLE)))
    with connect(places, database="template1") as connection:
        # PostgreSQL 15 does not let a role without inheritance make tables in a database of its own.
        connection.execute(sql.SQL("alter schema public owner to {}").format(sql.Identifier(OWNER_ROLE)))


def connect(places: Places, *, role: str = SUPERUSER, database: str = "postgres") -> psycopg.Connection[Any]:
    """A connection over the private socket."""
    return psycopg.connect(
        host=str(places.sockets),
        port=5432,
        user=role,
        dbname=database,
        autocommit=True,
        connect_timeout=CONNECT_TIMEOUT_S,
        sslmode="disable",
    )


def _make_empty_data(places: Places, binaries: Path, version: int) -> None:
    draft = places.home / "data.new"
    shutil.rmtree(draft, ignore_errors=True)
    places.make_private(draft)
    # The same order of letters everywhere; names are sorted the Norwegian way by their own column.
    locale = ["--locale=C.UTF-8"]
    if version >= 17:
        locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    made = run(
        binaries / "initdb", "-D", draft, "-U", SUPERUSER, "-E", "UTF8", "-A", "peer", *locale, places=places
    )
    if made.returncode:
        raise CannotStart(f"The database could not be made: {made.stderr.strip()}")
    # Only a finished folder gets the name.
    draft.rename(places.data)


def _write(places: Places, name: str, text: str) -> None:
    path = places.data / name
    path.write_text(text, encoding="utf-8")
    if places.user:
        os.chown(path, places.user.uid, places.user.gid)


def _our_name() -> str:
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        raise CannotStart(
            f"User id {os.geteuid()} has no name on this machine, and PostgreSQL needs one. "
            "Run as a user with a name, or set DATABASE_URL and DATABASE_OWNER_URL."
        ) from None
