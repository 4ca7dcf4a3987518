"""What it costs to work out what everybody in the country owes, and to ask it for one person (ADR 0051)."""

import os
import time
from collections import defaultdict
from datetime import UTC, datetime

import psycopg
from django.utils.timezone import localdate

from bench import databases, nation
from bench.bracket import PEOPLE, id_of
from bench.client import percentile

ROUNDS = int(os.environ.get("BENCH_ROUNDS") or 200)
LEDGER_TARGET_S = 60
ASKING = ("a counsellor", "an office leader", "a county director")
OF_ME = "select * from app.duties_of_me()"


def main() -> None:
    """Measure on the nation, and print both tables. The ledger is rolled back: the nation stays as it was."""
    with databases.server() as places:
        nation.make(places, localdate())
        with databases.as_owner(places, databases.NATION) as owner:
            _print_ledger(owner)
        ids = {name: id_of(databases.as_owner(places, databases.NATION), PEOPLE[name]) for name in ASKING}
        with databases.as_application(places, databases.NATION) as connection:
            _print_asking(connection, ids)


def _print_ledger(owner: psycopg.Connection[tuple[object, ...]]) -> None:
    with owner.transaction(force_rollback=True):
        keeping = "select count(*) from app.keep_ledger(%s, '{}')"
        began, again = (_timed(owner, keeping, datetime.now(UTC)) for _ in range(2))
        row = owner.execute("select count(*), count(distinct person_id) from duties_entry").fetchone()
    assert row
    print(
        f"\nThe ledger of a nation: {row[0]:,} things owed by {row[1]:,} people; target {LEDGER_TARGET_S} s\n"
    )
    print(f"| | s |\n|---|---:|\n| from nothing | {began:.1f} |\n| again, no change | {again:.1f} |")


def _print_asking(connection: psycopg.Connection[tuple[object, ...]], ids: dict[str, int]) -> None:
    timings: dict[str, list[float]] = defaultdict(list)
    for round_number in range(-10, ROUNDS):
        for name, person_id in ids.items():
            with connection.transaction():
                connection.execute("select app.login(%s)", [person_id])
                floor, asked = _timed(connection, "select 1"), _timed(connection, OF_ME)
            if round_number >= 0:
                timings["SELECT 1"].append(floor)
                timings[f"what {name} owes"].append(asked)
    floor = percentile(timings["SELECT 1"], 0.5)
    print("\n| | p50 ms | p95 ms | p50 / SELECT 1 |\n|---|---:|---:|---:|")
    for name, values in timings.items():
        middle, late = percentile(values, 0.5), percentile(values, 0.95)
        print(f"| {name} | {1000 * middle:.2f} | {1000 * late:.2f} | {middle / floor:.0f} |")


def _timed(connection: psycopg.Connection[tuple[object, ...]], sql: str, *values: object) -> float:
    began = time.perf_counter()
    connection.execute(sql, values).fetchall()
    return time.perf_counter() - began
