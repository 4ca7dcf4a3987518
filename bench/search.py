"""What a search costs whom, on the nation: the index, and every kind looked up again as the one who asks."""

import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterator

from django.db import connection
from django.utils.timezone import localdate

from bench import databases, nation
from bench.bracket import PEOPLE, id_of
from bench.client import percentile
from bench.processor import processor_s
from tryggmote.access.context import acting_as
from tryggmote.search.asked import Asked
from tryggmote.search.queries import find

Took = tuple[float, float]
"""Seconds of a processor, and by the clock."""
SELECT_1 = "SELECT 1"
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
        print(f"\nSearch: {entries:,} things can be found; target {TARGET_MS} ms of a processor\n")
        print("| | dearest word | processor p50 ms | p95 | clock, least ms | p50 | processor / SELECT 1 |")
        print("|---|---|---:|---:|---:|---:|---:|")
        for name, person_id in ids.items():
            print(_row(name, person_id))
        connection.close()


def _row(name: str, person_id: int) -> str:
    timings: dict[str, list[Took]] = defaultdict(list)
    for number in range(-2, ROUNDS):
        for word in WORDS:
            for what, took in _round(person_id, word):
                if number >= 0:
                    timings[what].append(took)
    floor = _at(timings.pop(SELECT_1), 0.5)[0]
    word, dearest = max(timings.items(), key=lambda item: _at(item[1], 0.5)[0])
    (middle, clock), (late, _) = _at(dearest, 0.5), _at(dearest, 0.95)
    least = min(took for _, took in dearest)
    return (
        f"| {name} | {word} | {1000 * middle:.1f} | {1000 * late:.1f} | {1000 * least:.1f} | "
        f"{1000 * clock:.1f} | {middle / floor:.0f} |"
    )


def _at(timings: list[Took], share: float) -> Took:
    processor, clock = zip(*timings, strict=True)
    return percentile([*processor], share), percentile([*clock], share)


def _round(person_id: int, word: str) -> Iterator[tuple[str, Took]]:
    with acting_as(person_id) as person:
        yield SELECT_1, _took(_select_1)
        yield word, _took(lambda: find(person, Asked.of(word)))


def _select_1() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select 1")
        cursor.fetchone()


def _took(act: Callable[[], object]) -> Took:
    began, at = processor_s(), time.perf_counter()
    act()
    clock = time.perf_counter() - at
    return processor_s() - began, clock
