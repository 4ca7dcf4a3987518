"""What a search costs whom, on the nation: the index, and every kind looked up again as the one who asks."""

import os
import time
from collections import defaultdict

from django.db import connection
from django.utils.timezone import localdate

from bench import databases, nation
from bench.bracket import PEOPLE, id_of
from bench.client import percentile
from tryggmote.access.context import acting_as
from tryggmote.search.asked import Asked
from tryggmote.search.queries import find

ROUNDS = int(os.environ.get("BENCH_ROUNDS") or 200) // 4
TARGET_MS = 100
WORDS = ("alarm", "rom", "uro i mottaket", "nødutgang", "person 12", "utstyr 4711", "opplærng", "xyzzyx")
"""In a fifth of the titles, in most texts, several words, rare in texts, names, numbers, a typo, nothing."""


def main() -> None:
    """Measure on the nation, and print the table."""
    with databases.server() as places:
        nation.make(places, localdate())
        ids = {name: id_of(databases.as_owner(places, databases.NATION), key) for name, key in PEOPLE.items()}
        with databases.as_owner(places, databases.NATION) as owner:
            (entries,) = owner.execute("select count(*) from search_entry").fetchone() or (0,)
        databases.use(places, databases.NATION)
        print(f"\nSearch: {entries:,} things can be found; target {TARGET_MS} ms\n")
        print(
            "| | slowest word | least ms | p50 ms | p95 ms | p50 / SELECT 1 |\n|---|---|---:|---:|---:|---:|"
        )
        for name, person_id in ids.items():
            print(_row(name, person_id))
        connection.close()


def _row(name: str, person_id: int) -> str:
    timings: dict[str, list[float]] = defaultdict(list)
    for number in range(-2, ROUNDS):
        for word in WORDS:
            floor, took = _round(person_id, Asked.of(word))
            if number >= 0:
                timings["SELECT 1"].append(floor)
                timings[word].append(took)
    floor = percentile(timings.pop("SELECT 1"), 0.5)
    word, slowest = max(timings.items(), key=lambda item: percentile(item[1], 0.5))
    middle, late = (1000 * percentile(slowest, share) for share in (0.5, 0.95))
    least = 1000 * min(slowest)
    return f"| {name} | {word} | {least:.1f} | {middle:.1f} | {late:.1f} | {middle / 1000 / floor:.0f} |"


def _round(person_id: int, asked: Asked) -> tuple[float, float]:
    with acting_as(person_id) as person:
        began = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute("select 1")
            cursor.fetchone()
        between = time.perf_counter()
        find(person, asked)
        return between - began, time.perf_counter() - between
