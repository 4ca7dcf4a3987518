"""What the papers of a meeting of the nation's largest office cost to make, beside an empty document (1.3).

The machine is shared, so what counts is the processor's time.
"""

import os
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from statistics import median

import typst
from django.db import connection, transaction
from django.utils import timezone, translation
from django.utils.timezone import localdate

from bench import databases, nation
from bench.bracket import PEOPLE, id_of
from bench.processor import processor_s
from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.forums import packing, services
from tryggmote.forums.models import Meeting, Pack
from tryggmote.forums.pack import PARTS
from tryggmote.forums.people import proposed_members
from tryggmote.forums.rules import proposed_points
from tryggmote.forums.vocabulary import MeetingKind, Occasion, Source
from tryggmote.organisation.models import Unit

ROUNDS = max(3, int(os.environ.get("BENCH_ROUNDS") or 200) // 20)
TARGET_S = 3
LEADER, OFFICE = (
    PEOPLE["an office leader"],
    314,
)  # as in nation.sql: the office with 500 rooms and 5,000 items
TIMES = 9
MORE_MEASURES = """
insert into controls_measure
select (jsonb_populate_record(m, jsonb_build_object('id', gen_random_uuid()))).*
from controls_measure m cross join generate_series(1, %s) where m.unit_id = %s
"""
NOTHING = b"#set document(title: [Nothing])\n= Nothing"
EMPTY, WHOLE, DRAWING = "an empty document", "**the papers, all of it**", "drawing them"

Timings = dict[str, list[tuple[float, float]]]


def main() -> None:
    """Measure on the nation, and print the table. All is rolled back: the nation stays as it was."""
    timings: Timings = defaultdict(list)
    with databases.server() as places:
        nation.make(places, localdate())
        leader = id_of(databases.as_owner(places, databases.NATION), LEADER)
        databases.use_as_owner(places, databases.NATION)
        with transaction.atomic(), translation.override("nb"):
            meeting = _meeting(leader)
            for number in range(-1, ROUNDS):
                _round(meeting, leader, timings if number >= 0 else defaultdict(list))
            transaction.set_rollback(True)
        connection.close()
    _print(timings)


def _meeting(leader: int) -> Meeting:
    """A partnership meeting about all there is, in an office with ten times the measures of the others."""
    with connection.cursor() as cursor:
        cursor.execute(MORE_MEASURES, [TIMES, OFFICE])
    kind = MeetingKind.PARTNERSHIP
    with acting_as(leader) as by:
        unit = Unit.objects.get(id=OFFICE)
        draft = services.MeetingDraft(
            id=new_id(),
            kind=kind,
            occasion=Occasion.YEARLY,
            theme="Vold og trusler",
            starts_at=timezone.now() + timedelta(days=1),
            place="Møterom 1",
            members={member.person_id: member.side for member in proposed_members(unit, kind)},
            sources=tuple(proposed_points(kind)),
        )
        return services.call_meeting(by=by, unit=unit, draft=draft)


def _round(meeting: Meeting, leader: int, timings: Timings) -> None:
    with _timed(timings[EMPTY]):
        typst.compile(NOTHING, ignore_system_fonts=True, pdf_standards=["ua-1"])
    with acting_as(leader):
        pack = Pack.objects.create(meeting=meeting, language="nb", by_id=leader)
    with _timed(timings[WHOLE]):
        packing.make(pack.id)
    with acting_as(leader):
        sources = [Source(source) for source in meeting.points.values_list("source", flat=True)]
    for source in sources:
        if source in PARTS:
            with _timed(timings[str(source.label)]), acting_as(leader):
                PARTS[source](meeting)
    told = packing.told_of(pack)
    with _timed(timings[DRAWING]):
        packing.drawn(told)


@contextmanager
def _timed(kept: list[tuple[float, float]]) -> Iterator[None]:
    """Keeps the processor's time and the clock's, in seconds."""
    began, at = processor_s(), time.perf_counter()
    yield
    kept.append((processor_s() - began, time.perf_counter() - at))


def _print(timings: Timings) -> None:
    print(f"\nThe papers of a meeting of the largest office, {ROUNDS} times; target {TARGET_S} s\n")
    print("| | processor s | s | processor / empty document |\n|---|---:|---:|---:|")
    (floor, _) = _middle(timings[EMPTY])
    for name, values in timings.items():
        processor, clock = _middle(values)
        print(f"| {name} | {processor:.3f} | {clock:.3f} | {processor / floor:.1f} |")


def _middle(values: list[tuple[float, float]]) -> tuple[float, float]:
    processor, clock = zip(*values, strict=True)
    return median(processor), median(clock)
