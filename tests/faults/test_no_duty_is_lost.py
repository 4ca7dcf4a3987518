"""The worker is killed at random while it keeps the ledger for a month: no duty or notice is lost or doubled.

The month is lived twice from the same beginning: once without a worker of its own, by the test itself, and
once by workers that are killed (-9) and started again. What there is at the end must be the same, row by row.
"""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from random import Random
from statistics import median
from threading import Timer

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.duties.simulation import be_on, morning_of, simulated_days
from tests.platform.installation import kill
from tryggmote.access.context import acting_as
from tryggmote.access.tests.real_programs import environment
from tryggmote.duties import ledger, services
from tryggmote.duties.models import Entry, Escalation, Handing
from tryggmote.duties.queries import owed_by_me
from tryggmote.equipment.models import Item
from tryggmote.equipment.services import choose_responsible
from tryggmote.equipment.tests.factories import item_by
from tryggmote.notices.models import Delivery, Notice
from tryggmote.organisation.models import Person, Placement, RoleAssignment
from tryggmote.organisation.tests.factories import Office, assign, make_office

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

SEED = int(os.environ.get("FAULTS_SEED", "20270328"))
FIRST = date(2027, 3, 1)  # the clocks change on the 28th
DAYS = [FIRST + timedelta(days=number) for number in range(31)]
TRIES_A_DAY = (0, 1, 1, 2)
"""How many times, by chance, somebody tries to kill it before it is left in peace that day."""


class Bookkeeper:
    """The worker that `bookkeeper.py` is, on the test's database."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self._number = self._started(self._line())

    def lives(self, day: date, killed_after_s: float | None = None) -> bool:
        """Whether it kept the ledger on this morning; it may also have been killed just after."""
        assert self._process.stdin
        self._process.stdin.write(f"{day.isoformat()}\n")
        self._process.stdin.flush()
        struck: list[int] = []
        killing = Timer(killed_after_s or 0, lambda: struck.append(self._strike()))
        if killed_after_s is not None:
            killing.start()
        said = self._line()
        if killed_after_s is not None:
            killing.cancel()
            killing.join()
        is_done = said == "done"
        if struck:
            self._number = self._started(self._line() if is_done else said)
        else:
            assert is_done, said
        return is_done

    def _strike(self) -> int:
        kill(self._number)
        return self._number

    def _started(self, said: str) -> int:
        word, number = said.split()
        assert word == "started"
        return int(number)

    def _line(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline().strip()


@contextmanager
def bookkeeper() -> Iterator[Bookkeeper]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.bookkeeper"],
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Bookkeeper(process)
    finally:
        assert process.stdin
        process.stdin.close()
        assert process.wait() == 0


@pytest.fixture(autouse=True)
def days() -> Iterator[None]:
    with simulated_days():
        yield


def beginning() -> Office:
    """An office with another leader from the 11th, where one who answers for equipment leaves on the 20th."""
    be_on(FIRST)
    office = make_office()
    newcomer, leaver = office.colleague, make_office("Nav Storvik").counsellor
    RoleAssignment.objects.filter(person=office.office_leader).update(ends_on=FIRST + timedelta(days=9))
    assign(newcomer, RoleAssignment.objects.get(person=office.office_leader).role, office.unit,
           starts_on=FIRST + timedelta(days=10))  # fmt: skip
    Placement.objects.filter(person=leaver).update(
        workforce=Placement.objects.filter(person=office.counsellor)[0].workforce
    )
    for number, of_type in enumerate(("portable_alarm", "portable_alarm", "camera")):
        item = item_by(office.office_leader, office.unit, name=f"Nummer {number}", type=of_type)
        Item.objects.filter(id=item.id).update(in_use_from=FIRST + timedelta(days=3 - 8 * number))
    with acting_as(office.office_leader.id) as by:
        choose_responsible(by=by, unit_id=office.unit.id, chosen={"portable_alarm": leaver.id})
    Person.objects.filter(id=leaver.id).update(ended_on=FIRST + timedelta(days=19))
    return office


def what_happens_in(office: Office) -> dict[int, Callable[[], object]]:
    """By the day of the month: what is handed on, who moves and what is done, before the worker comes."""
    elsewhere = Placement.objects.exclude(workforce__unit=office.unit)[0].workforce

    def hand_on() -> None:
        with acting_as(office.office_leader.id) as by:
            own = [each for each in owed_by_me() if each.kind == "equipment_due"]
            services.hand_on(by=by, owed=own, to_person_id=office.counsellor.id)

    return {
        4: hand_on,
        15: lambda: Placement.objects.filter(person=office.counsellor).update(workforce=elsewhere),
        25: lambda: Item.objects.update(passed_on=FIRST + timedelta(days=24)),
    }


def start_over(office: Office, workforce_id: int) -> None:
    """As it was on the first morning, before anybody had kept the ledger."""
    for model in (Handing, Escalation, Entry, Delivery, Notice, ProcrastinateJob):
        model.objects.all().delete()
    Item.objects.update(passed_on=None)
    Placement.objects.filter(person=office.counsellor).update(workforce=workforce_id)


def what_there_is() -> Counter[tuple[object, ...]]:
    """All that the ledger holds and has told, each row with how many there are like it."""
    return Counter(
        [
            ("owed", *row)
            for row in Entry.objects.values_list(
                "kind",
                "subject",
                "person",
                "unit",
                "due_at",
                "opened_at",
                "ended_at",
                "came_from",
                "reminded",
            )
        ]
        + [
            ("handed", *row)
            for row in Handing.objects.values_list(
                "entry__kind", "entry__subject", "to_person", "by", "taken_back_at"
            )
        ]
        + [
            ("escalated", *row)
            for row in Escalation.objects.values_list("entry__kind", "entry__subject", "to_person", "at")
        ]
        + [
            ("told", *row)
            for row in Notice.objects.values_list("person", "kind", "subject_id", "deliveries__channel")
        ]
        + [("to send", *row) for row in ProcrastinateJob.objects.values_list("task_name", "args__channel")]
    )


def dawns(office: Office) -> Iterator[date]:
    """The days of the month, each when what happens on it has happened."""
    happens = what_happens_in(office)
    for day in DAYS:
        be_on(day)
        happens.get(day.day, int)()
        yield day


def test_a_worker_killed_at_random_through_a_month_loses_and_doubles_nothing() -> None:
    office = beginning()
    worked_in = Placement.objects.get(person=office.counsellor).workforce_id
    for day in dawns(office):
        ledger.bring_up_to_date(morning_of(day))
    untouched = what_there_is()
    start_over(office, worked_in)
    chance, killed, lasted = Random(SEED), 0, []
    with bookkeeper() as worker:
        for day in dawns(office):
            for _attempt in range(chance.choice(TRIES_A_DAY) if lasted else 0):
                # Within what the last morning took: who was just started is slower.
                killed += not worker.lives(day, killed_after_s=chance.uniform(0, lasted[-1]))
            began = time.monotonic()
            assert worker.lives(day)
            lasted.append(time.monotonic() - began)
    print(f"killed {killed} times while it worked; a morning took {median(lasted):.2f} s")
    assert what_there_is() == untouched
    assert killed > len(DAYS) / 3, "the kills were felt"
    kinds = {row[0] for row in untouched}
    assert kinds == {"owed", "handed", "escalated", "told", "to send"}, "there was something to lose"
