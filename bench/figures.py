"""Counting the last days of a nation, and what pages of figures ask of it."""

import os
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import date

import psycopg
from django.utils.timezone import localdate

from bench import databases, nation
from bench.bracket import PEOPLE, SELECT_1, id_of
from bench.client import percentile
from tryggmote.statistics import periods
from tryggmote.statistics.pages import BROKEN_DOWN, CHART_MONTHS, COUNTED, by_month
from tryggmote.statistics.rules import SETTLED_AFTER_DAYS

ROUNDS = int(os.environ.get("BENCH_ROUNDS") or 200) // 8
READERS = ("an office leader", "a county director", "the directorate")
TREE = "select * from app.tree_of_figures(%s)"
FIGURES = "select * from app.figures(%s, %s, %s, %s, %s)"
UPPERMOST = """
select u.id from organisation_unit u where u.id = any ((select app.units_with_figures())::bigint[])
order by array_position(array['directorate', 'county', 'municipality', 'office'], u.kind::text), u.id limit 1
"""
Connection = psycopg.Connection[tuple[object, ...]]


def main() -> None:
    """Measure on the nation, and print the tables."""
    timings: dict[str, list[float]] = defaultdict(list)
    today = localdate()
    with databases.server() as places:
        nation.make(places, today)
        with databases.as_owner(places, databases.NATION) as connection:
            _count(connection)
        ids = {name: id_of(databases.as_owner(places, databases.NATION), PEOPLE[name]) for name in READERS}
        with databases.as_application(places, databases.NATION) as connection:
            for round_number in range(-3, ROUNDS):
                for name, took in _round(connection, ids, today).items():
                    if round_number >= 0:
                        timings[name].append(took)
    print("\n| | p50 ms | p95 ms | p50 / SELECT 1 |\n|---|---:|---:|---:|")
    floor = percentile(timings[SELECT_1], 0.5)
    for name, values in timings.items():
        middle, late = (1000 * percentile(values, share) for share in (0.5, 0.95))
        print(f"| {name} | {middle:.2f} | {late:.2f} | {middle / 1000 / floor:.0f} |")


def _count(connection: Connection) -> None:
    """All there is from nothing, then what a night counts."""
    connection.execute("truncate statistics_count")
    everything = _timed(lambda: connection.execute("select app.count_figures('2024-01-01')"))
    connection.execute("analyze statistics_count")
    night = _timed(
        lambda: connection.execute("select app.count_figures(app.today() - %s)", [SETTLED_AFTER_DAYS])
    )
    row = connection.execute("select count(*) from statistics_count").fetchone()
    assert row
    print(f"\nCounted from nothing in {everything:.1f} s, as every night in {night:.1f} s: {row[0]:,} rows\n")


def _round(connection: Connection, ids: dict[str, int], today: date) -> dict[str, float]:
    found = {}
    for name, person_id in ids.items():
        with connection.transaction():
            connection.execute("select app.login(%s)", [person_id])
            found[SELECT_1] = _timed(lambda: connection.execute("select 1").fetchall())
            found[f"the first page of {name}"] = _timed(lambda: _page(connection, today))
    return found


def _page(connection: Connection, today: date) -> None:
    """What a page asks, of the uppermost unit the reader sees."""
    (unit,) = connection.execute(UPPERMOST).fetchone() or (0,)
    units = list(dict.fromkeys(row[0] for row in connection.execute(TREE, [unit]).fetchall()))
    first, last = periods.halves_of(today.year)
    begins = periods.half_of(periods.months_back(today, CHART_MONTHS + 1)[0])
    for of, span, measures, since in (
        (units, "half", COUNTED, first),
        (units, "month", by_month("incidents"), begins),
        ([unit], "half", BROKEN_DOWN, first),
    ):
        until = last if span == "half" else today
        connection.execute(FIGURES, [of, span, list(measures), since, until]).fetchall()


def _timed(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return time.perf_counter() - began
