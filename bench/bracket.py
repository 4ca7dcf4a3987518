"""What it costs to ask as a person: BEGIN, `app.login`, COMMIT, beside the smallest question there is."""

import os
import time
from collections import defaultdict

import psycopg
from django.utils.timezone import localdate

from bench import databases, nation
from bench.client import percentile

ROUNDS = int(os.environ.get("BENCH_ROUNDS") or 200) * 5
TARGET_MS = 0.5
PEOPLE = {
    "a counsellor": "N3001",
    "a leader of fourteen": "N301",
    "an office leader": "N1",
    "a county director": "N21684",
    "a municipal director": "N21701",
    "the directorate": "N21696",
}
SELECT_1 = "SELECT 1"


def main() -> None:
    """Measure on the nation, where people hold as much as they ever will, and print the table."""
    timings: dict[str, list[float]] = defaultdict(list)
    with databases.server() as places:
        nation.make(places, localdate())
        with databases.as_application(places, databases.NATION) as connection:
            ids = {
                name: id_of(databases.as_owner(places, databases.NATION), key) for name, key in PEOPLE.items()
            }
            for round_number in range(ROUNDS + 50):
                keep = round_number >= 50
                _time(timings[SELECT_1], lambda: connection.execute("select 1").fetchone(), keep=keep)
                for name, person_id in ids.items():
                    _time(
                        timings[name], lambda person_id=person_id: _bracket(connection, person_id), keep=keep
                    )
    _print(timings)


def id_of(connection: psycopg.Connection[tuple[object, ...]], external_id: str) -> int:
    """The id of the person with this key."""
    with connection:
        row = connection.execute(
            "select id from organisation_person where external_id = %s", [external_id]
        ).fetchone()
    assert row, f"{external_id} is not in the nation"
    return int(str(row[0]))


def _bracket(connection: psycopg.Connection[tuple[object, ...]], person_id: int) -> None:
    with connection.transaction():
        connection.execute("select app.login(%s)", [person_id]).fetchone()


def _time(kept: list[float], act: object, *, keep: bool) -> None:
    assert callable(act)
    began = time.perf_counter()
    act()
    took = time.perf_counter() - began
    if keep:
        kept.append(took)


def _print(timings: dict[str, list[float]]) -> None:
    floor = percentile(timings[SELECT_1], 0.5)
    print(f"\nThe bracket BEGIN + app.login + COMMIT, {ROUNDS} times each; target: {TARGET_MS} ms at p50\n")
    print("| | p50 ms | p95 ms | p50 / SELECT 1 |")
    print("|---|---:|---:|---:|")
    for name, values in timings.items():
        print(
            f"| {name} | {1000 * percentile(values, 0.5):.3f} | {1000 * percentile(values, 0.95):.3f} "
            f"| {percentile(values, 0.5) / floor:.1f} |"
        )
