"""An assessment with 60 scenarios beside one with 5: as it is worked on, and as it is read (2.1)."""

from collections import defaultdict
from pathlib import Path
from uuid import UUID, uuid5

import psycopg
from psycopg.types.json import Jsonb

from bench import databases
from bench.client import percentile
from bench.pages import ROUNDS, WARM_UP, make_demo, site_on
from tryggmote.postgres.places import Places
from tryggmote.risk import libraries

TARGET = 1.5
SIZES = (5, 60)
STATES = ("draft", "approved")
UNIT = "fjordvik-mottak"
SCRIPT = Path(__file__).with_name("assessments.sql")
NAMES = UUID("3b0c1d0e-9a1c-4c54-8f0c-5d5a4f6b7c11")


def main() -> None:
    """Measure on the demo, requests interleaved, and print the table."""
    timings: dict[tuple[str, int], list[float]] = defaultdict(list)
    with databases.server() as places:
        make_demo(places)
        pages = _make_assessments(places)
        with site_on(places, databases.DEMO, 0) as site:
            for round_number in range(-WARM_UP, ROUNDS):
                for key, path in pages.items():
                    took, _, _ = site.clients["leader"].get(path)
                    if round_number >= 0:
                        timings[key].append(took)
    _print(timings)


def _make_assessments(places: Places) -> dict[tuple[str, int], str]:
    """The address of each page by state and number of scenarios."""
    pages = {}
    with databases.as_owner(places, databases.DEMO) as connection:
        for state in STATES:
            for size in SIZES:
                assessment = _make(connection, state, size)
                pages[state, size] = f"/risikovurdering/{assessment}/" + (
                    "versjon/1/" if state == "approved" else ""
                )
    return pages


def _make(connection: psycopg.Connection[tuple[object, ...]], state: str, size: int) -> UUID:
    assessment = uuid5(NAMES, f"{state} {size}")
    values = {
        "assessment": assessment,
        "version": uuid5(NAMES, f"version {state} {size}"),
        "unit": UNIT,
        "matrix": Jsonb(libraries.matrix().definition()),
        "size": size,
        "is_approved": state == "approved",
    }
    # psycopg sends several statements at once only without parameters.
    for statement in SCRIPT.read_text(encoding="utf-8").split(";\n\n"):
        connection.execute(statement, values)
    return assessment


def _print(timings: dict[tuple[str, int], list[float]]) -> None:
    print(
        f"\nAn assessment with {SIZES[1]} scenarios beside one with {SIZES[0]}; target: {TARGET} x at p50\n"
    )
    print(f"| | {SIZES[0]} scenarios, p50 ms | {SIZES[1]} scenarios, p50 ms | ratio |")
    print("|---|---:|---:|---:|")
    for state in STATES:
        few, many = (1000 * percentile(timings[state, size], 0.5) for size in SIZES)
        print(f"| {state} | {few:.2f} | {many:.2f} | {many / few:.2f} |")
