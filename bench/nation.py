"""The database of a whole nation: 300 offices, 22,000 people, 1,000,000 checks, 50,000 incidents.

Made by one SQL script as the owner, the same for the same day; kept and reused until the script, the tables
or the day changes.
"""

import hashlib
import time
from datetime import date
from pathlib import Path

import psycopg
from django.utils.timezone import localdate
from psycopg.types.json import Jsonb

from bench import databases
from tryggmote.demo.history.situations import situations
from tryggmote.demo.loading import SEED
from tryggmote.encounters import question_sets
from tryggmote.postgres.places import Places

SCRIPT = Path(__file__).with_name("nation.sql")
PACKAGE = Path(__file__).parents[1] / "tryggmote"
FORMS = ("planned", "telephone", "reception", "written", "home_visit")
LARGE = ("encounters_meeting", "encounters_check", "encounters_checkcount")
COUNTED = (
    "organisation_unit",
    "organisation_person",
    "encounters_meeting",
    "encounters_check",
    "encounters_checkcount",
    "incidents_incident",
    "notices_notice",
    "premises_room",
    "equipment_item",
)


def make(places: Places, today: date) -> None:
    """Make the database, or leave it as it is when it was made of the same on the same day."""
    stamp = _stamp(today)
    if databases.is_fresh(places, databases.NATION, stamp):
        return
    began = time.monotonic()
    databases.remake(places, databases.NATION)
    with databases.as_owner(places, databases.NATION) as connection:
        with connection.transaction():
            _fill(connection, today)
        connection.execute("vacuum analyze")
        _tell(connection, time.monotonic() - began)
    databases.set_stamp(places, databases.NATION, stamp)


def _fill(connection: psycopg.Connection[tuple[object, ...]], today: date) -> None:
    connection.execute("set local work_mem = '256MB'; set local maintenance_work_mem = '512MB'")
    connection.execute(
        "create temporary table situation "
        "(nr integer, form text, answers jsonb, points integer, level integer) on commit drop"
    )
    pool = [(form, found) for form in FORMS for found in situations(form, SEED)]
    with connection.cursor().copy("copy situation from stdin") as copy:
        for nr, (form, found) in enumerate(pool):
            copy.write_row((nr, form, Jsonb(found.answers), found.points, found.level))
    indexes = _drop_indexes(connection)
    connection.execute(SCRIPT.read_text().format(today=today, rule=question_sets.current().version))
    connection.execute("select app.rebuild_closure()")
    for definition in indexes:
        connection.execute(definition)


def _drop_indexes(connection: psycopg.Connection[tuple[object, ...]]) -> list[str]:
    """Drops the indexes of the large tables and returns how to make them: once at the end is much faster."""
    found = connection.execute(
        "select i.indexname, i.indexdef from pg_indexes i where i.tablename = any (%s) "
        "and not exists (select 1 from pg_constraint c where c.conname = i.indexname)",
        [list(LARGE)],
    ).fetchall()
    for name, _ in found:
        connection.execute(f'drop index "{name}"')
    return [str(definition) for _, definition in found]


def _stamp(today: date) -> str:
    """Changes with the script, the tables and policies, and the day."""
    sources = [SCRIPT, *sorted(PACKAGE.rglob("migrations/*.py")), *sorted(PACKAGE.rglob("*.sql"))]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:16]
    return f"{digest} {today}"


def _tell(connection: psycopg.Connection[tuple[object, ...]], took_s: float) -> None:
    print(f"The nation was made in {took_s:.0f} s:")
    for table in COUNTED:
        (n,) = connection.execute(f"select count(*) from {table}").fetchone() or (0,)
        print(f"  {n:>9,} {table}")
    (size,) = connection.execute(
        "select pg_size_pretty(pg_database_size(current_database()))"
    ).fetchone() or ("",)
    print(f"  {size}")


def main() -> None:
    """Make it ready."""
    with databases.server() as places:
        make(places, localdate())
