"""How every unit stands: what it costs to work out, and to read across a county or the country (ADR 0053)."""

import os
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from django.db import connection
from django.utils.timezone import localdate

from bench import databases, nation
from bench.bracket import PEOPLE, id_of
from bench.client import percentile
from tryggmote.access.context import acting_as
from tryggmote.compliance import across, history, rollup
from tryggmote.compliance.everything import rules_in_use
from tryggmote.compliance.rollup import WORKPLACES, Order, Scope
from tryggmote.organisation.models import UnitKind

ROUNDS = int(os.environ.get("BENCH_ROUNDS") or 200) // 4
KEEPING_TARGET_S, COUNTY_TARGET_MS, COUNTRY_TARGET_MS = 60, 20, 60
DIRECTORATE, COUNTY = 1, 2  # as in nation.sql
ABOVE, DIRECTOR = "the directorate", "a county director"
RULE = "evidence_2_3"

# Lets the units differ, and gives them a history.
DIFFERENT = Path(__file__).with_suffix(".sql").read_text()


def main() -> None:
    """Measure on the nation, and print both tables."""
    with databases.server() as places:
        nation.make(places, localdate())
        with databases.as_owner(places, databases.NATION) as owner:
            _print_keeping(owner)
            owner.execute(DIFFERENT)
        with databases.as_owner(places, databases.NATION) as owner:
            owner.autocommit = True
            owner.execute("vacuum analyze compliance_standing")
        ids = {
            name: id_of(databases.as_owner(places, databases.NATION), PEOPLE[name])
            for name in (ABOVE, DIRECTOR)
        }
        databases.use(places, databases.NATION)
        _print_reading(ids)
        connection.close()


def _print_keeping(owner: psycopg.Connection[tuple[object, ...]]) -> None:
    owner.execute("truncate compliance_standing")
    owner.execute("delete from compliance_lastkept")
    times = []
    for _ in range(2):
        began = time.perf_counter()
        owner.execute("select * from app.keep_standing(%s)", [datetime.now(UTC)]).fetchall()
        times.append(time.perf_counter() - began)
    row = owner.execute("select count(*), count(distinct unit_id) from compliance_standing").fetchone()
    assert row
    print(f"\nHow {row[1]:,} units stand: {row[0]:,} rows; target {KEEPING_TARGET_S} s\n")
    print(f"| | s |\n|---|---:|\n| from nothing | {times[0]:.1f} |\n| again, no change | {times[1]:.1f} |")


def _print_reading(ids: dict[str, int]) -> None:
    rules = [rule.name for rule in rules_in_use()]
    asked: dict[str, tuple[int, Callable[[], object]]] = {}
    for place, person, under, group in (
        ("county", DIRECTOR, COUNTY, ""),
        ("country", ABOVE, DIRECTORATE, UnitKind.COUNTY),
    ):
        scope = Scope(under=under, kinds=WORKPLACES)
        asked |= {
            f"{place}: the picture": (ids[person], lambda s=scope, g=group: _picture(s, rules, g)),
            f"{place}: one requirement": (ids[person], lambda s=scope: _requirement(s)),
            f"{place}: what runs out": (ids[person], lambda s=scope: _running_out(s, rules)),
            f"{place}: where nothing moves": (ids[person], lambda s=scope: _still(s, rules)),
            f"{place}: a year's trend": (
                ids[person],
                lambda s=scope: history.trend(rollup.units_in(s), rules),
            ),
            f"{place}: what has changed": (ids[person], lambda s=scope: _changes(s, rules)),
        }
    timings: dict[str, list[float]] = defaultdict(list)
    for number in range(-3, ROUNDS):
        for name, (person_id, ask) in asked.items():
            floor, took = _round(person_id, ask)
            if number >= 0:
                timings["SELECT 1"].append(floor)
                timings[name].append(took)
    floor = percentile(timings["SELECT 1"], 0.5)
    print(
        f"\nTargets: the picture of a county {COUNTY_TARGET_MS} ms, of the country {COUNTRY_TARGET_MS} ms\n"
    )
    print("| | least ms | p50 ms | p95 ms | p50 / SELECT 1 |\n|---|---:|---:|---:|---:|")
    for name, values in timings.items():
        middle, late = percentile(values, 0.5), percentile(values, 0.95)
        figures = " | ".join(f"{1000 * value:.1f}" for value in (min(values), middle, late))
        print(f"| {name} | {figures} | {middle / floor:.0f} |")


def _picture(scope: Scope, rules: list[str], group: str) -> object:
    return rollup.picture(rollup.units_in(scope), rules, Order(), group=group, limit=25)


def _requirement(scope: Scope) -> object:
    units = rollup.units_in(scope)
    return list(across.on_requirement(units, RULE)[:30]), history.trend(units, [RULE])


def _running_out(scope: Scope, rules: list[str]) -> object:
    return list(across.running_out(rollup.units_in(scope), rules, 90)[:30])


def _still(scope: Scope, rules: list[str]) -> object:
    return list(across.where_nothing_moves(rollup.units_in(scope), rules)[:30])


def _changes(scope: Scope, rules: list[str]) -> object:
    found = history.changes(rollup.units_in(scope), rules)
    return found.count(), list(found[:30])


def _round(person_id: int, ask: Callable[[], object]) -> tuple[float, float]:
    with acting_as(person_id):
        began = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute("select 1")
            cursor.fetchone()
        between = time.perf_counter()
        ask()
        return between - began, time.perf_counter() - between
