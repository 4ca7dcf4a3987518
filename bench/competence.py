"""The competence picture of a whole county in one question, and that of a leader's page (4.1)."""

import os
import time
from collections import defaultdict

import psycopg
from django.utils.timezone import localdate

from bench import databases, nation
from bench.bracket import PEOPLE, id_of
from bench.client import percentile
from tryggmote.training.queries import CELLS, KEPT_COUNTS, LIVE_COUNTS
from tryggmote.training.vocabulary import WORST_FIRST

ROUNDS = int(os.environ.get("BENCH_ROUNDS") or 200) // 4
TARGET_MS = 50
COUNTY, OFFICE = 2, 314  # as in nation.sql
DIRECTOR, LEADER = "a county director", "an office leader"


def main() -> None:
    """Measure on the nation, and print the table."""
    timings: dict[str, list[float]] = defaultdict(list)
    with databases.server() as places:
        nation.make(places, localdate())
        ids = {
            name: id_of(databases.as_owner(places, databases.NATION), PEOPLE[name])
            for name in (DIRECTOR, LEADER)
        }
        with databases.as_owner(places, databases.NATION) as owner:
            owner.execute("select app.keep_training_counts(now())")
        with databases.as_application(places, databases.NATION) as connection:
            people, elements, cells = _size(connection, ids)
            for round_number in range(-5, ROUNDS):
                for name, took in _round(connection, ids).items():
                    if round_number >= 0:
                        timings[name].append(took)
    print(f"\nCompetence: {people:,} people x {elements} elements ({cells:,} cells); target {TARGET_MS} ms\n")
    print("| | p50 ms | p95 ms | p50 / SELECT 1 |\n|---|---:|---:|---:|")
    floor = percentile(timings["SELECT 1"], 0.5)
    for name, values in timings.items():
        middle, late = (1000 * percentile(values, share) for share in (0.5, 0.95))
        print(f"| {name} | {middle:.2f} | {late:.2f} | {middle / 1000 / floor:.0f} |")


def _round(connection: psycopg.Connection[tuple[object, ...]], ids: dict[str, int]) -> dict[str, float]:
    with connection.transaction():
        _sign_in(connection, ids[DIRECTOR])
        floor = _timed(connection, "select 1", ())
        county = _timed(connection, KEPT_COUNTS, (COUNTY,))
        anew = _timed(connection, LIVE_COUNTS, (COUNTY,))
    with connection.transaction():
        _sign_in(connection, ids[LEADER])
        page = [row[0] for row in connection.execute("select unnest(app.people_led()) limit 25")]
        leader = _timed(connection, CELLS, (OFFICE, page, [*map(str, WORST_FIRST)]))
    return {
        "SELECT 1": floor,
        "a county's counts": county,
        "the same, counted anew": anew,
        "a page of 25 people": leader,
    }


def _sign_in(connection: psycopg.Connection[tuple[object, ...]], person_id: int) -> None:
    connection.execute("select app.login(%s)", [person_id])


def _timed(connection: psycopg.Connection[tuple[object, ...]], sql: str, values: tuple[object, ...]) -> float:
    began = time.perf_counter()
    connection.execute(sql, values).fetchall()
    return time.perf_counter() - began


def _size(connection: psycopg.Connection[tuple[object, ...]], ids: dict[str, int]) -> tuple[int, int, int]:
    with connection.transaction():
        _sign_in(connection, ids[DIRECTOR])
        rows = connection.execute(LIVE_COUNTS, [COUNTY]).fetchall()
        people = max(int(str(row[2] or 0)) for row in rows)
        return people, len(rows), sum(int(str(row[2] or 0)) for row in rows)
