"""Three years of leap day, summer time and holidays: each thing is asked for once, and done or taken further.

Two counties begin alike. In one everything is done on the day it is due; in the other nobody does anything.
The database's day is set to the simulated one, and the ledger is run in the morning as the worker runs it.
"""

import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import Count

from tests.duties.rhythms import FIRST, FROM_AN_ACT, FROM_LETTING_TIME_PASS, FROM_TIME, LAST, Rhythm
from tests.duties.simulation import be_on, morning_of, simulated_days
from tryggmote.duties import ledger
from tryggmote.duties.kinds import kinds
from tryggmote.duties.models import Entry, Reminded
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.ui.dates import OSLO

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

OFFICES = int(os.environ.get("TRYGGMOTE_OFFICES", "3"))
"""In each county; three, as in the fictional one."""
A_STEP = timedelta(days=5)
"""So many days pass at most between two runs; also where nothing is due."""
WATCHED = [
    *(date(2027, 10, day) for day in (30, 31)),  # the clocks go back on the 31st
    *(date(2027, 12, day) for day in (24, 25, 26)),
    *(date(2028, 2, day) for day in (28, 29)),
    *(date(2028, 3, day) for day in (1, 25, 26, 27)),  # and forward on the 26th
    *(date(2028, 5, day) for day in (1, 17)),
]
ENDED_BY_TIME = {"client_measure_reviewed", "client_measure_archived", "training_plan"}
"""A measure towards a client runs out and is deleted; a year's plan is asked for until the year is over."""
ONLY_OF_THE_DILIGENT = {"measure_yearly_evaluation"}
"""What has not been evaluated once is not asked for again."""


@pytest.fixture(autouse=True)
def days() -> Iterator[None]:
    with simulated_days():
        yield


@dataclass(frozen=True)
class Asked:
    """One row of the ledger as it was seen last, and the day it was first due, if on a day."""

    kind: str
    subject: str
    person_id: int
    first_due: date | None
    opened: date
    is_open: bool
    reminded: int
    taken_to: int


def test_every_kind_comes_with_time_or_is_named_with_the_act_it_comes_from() -> None:
    simulated = FROM_TIME.keys() | FROM_LETTING_TIME_PASS
    assert simulated | FROM_AN_ACT.keys() == kinds().keys()
    assert not simulated & FROM_AN_ACT.keys()


@pytest.fixture
def three_years() -> tuple[list[Office], list[Office], list[Asked]]:
    """The diligent county, the idle one, and all that was ever asked for of what comes with time."""
    diligent, idle = begun_county("Flittig"), begun_county("Lat")
    for office in diligent:
        for person in people_of(office):
            FROM_TIME["training_own"].done(office, "", person, FIRST)
    with connection.cursor() as cursor:
        # The planner may believe what autovacuum saw of other tests' rows: then each day takes seconds.
        cursor.execute("analyze")
    asked: dict[UUID, Asked] = {}
    day = FIRST
    while day <= LAST:
        ledger.bring_up_to_date(morning_of(day))
        remember(asked)
        do_what_is_due(diligent, day)
        day = next_day(day)
    return diligent, idle, list(asked.values())


def begun_county(name: str) -> list[Office]:
    """All its offices."""
    first = begun(make_office(f"Nav {name} 1"))
    others = (make_office(f"Nav {name} {number}", beside=first) for number in range(2, OFFICES + 1))
    return [first, *(begun(office) for office in others)]


def begun(office: Office) -> Office:
    """An office where all there is to do was done on the first day, but for what each is to learn."""
    for rhythm in FROM_TIME.values():
        rhythm.begins(office)
    be_on(FIRST)
    for kind, rhythm in FROM_TIME.items():
        if kind != "training_own":
            for person in people_of(office) if rhythm.personal else [office.office_leader]:
                rhythm.done(office, "", person, FIRST)
    return office


def people_of(office: Office) -> list[Person]:
    return [each for each in vars(office).values() if isinstance(each, Person)]


def due_day(entry: Entry) -> date | None:
    """What is due by midnight is due on the day that then ends."""
    return (entry.due_at - timedelta(seconds=1)).astimezone(OSLO).date() if entry.due_at else None


def remember(asked: dict[UUID, Asked]) -> None:
    followed = Entry.objects.filter(kind__in=FROM_TIME.keys() | FROM_LETTING_TIME_PASS)
    for entry in followed.annotate(taken_to=Count("escalations")):
        before = asked.get(entry.id)
        asked[entry.id] = Asked(
            kind=entry.kind,
            subject=entry.subject,
            person_id=entry.person_id,
            first_due=before.first_due if before else due_day(entry),
            opened=entry.opened_at.astimezone(OSLO).date(),
            is_open=entry.ended_at is None,
            reminded=entry.reminded,
            taken_to=entry.taken_to,
        )


def do_what_is_due(offices: list[Office], day: date) -> None:
    """What is due today or has no deadline is done, once for all who owe it, or by each."""
    office_of = {person.id: office for office in offices for person in people_of(office)}
    own = Entry.objects.filter(ended_at=None, kind__in=FROM_TIME, person__in=office_of)
    done = set()
    for entry in own.select_related("person").order_by("kind", "id"):
        rhythm, office = FROM_TIME[entry.kind], office_of[entry.person_id]
        what = (entry.kind, entry.subject, entry.person_id if rhythm.personal else None)
        if due_day(entry) in (None, day) and what not in done:
            rhythm.done(office, entry.subject, entry.person, day)
            done.add(what)


def next_day(day: date) -> date:
    """The next on which something is due, or that is watched; no more than a step away."""
    followed = Entry.objects.filter(ended_at=None, kind__in=FROM_TIME, due_at__gt=morning_of(day))
    due = [found for entry in followed if (found := due_day(entry)) and found > day]
    return min([day + A_STEP, *due, *(watched for watched in WATCHED if watched > day)])


def test_each_is_asked_for_once_each_time_and_is_done_or_goes_up_the_line(
    three_years: tuple[list[Office], list[Office], list[Asked]],
) -> None:
    diligent, idle, asked = three_years
    of_diligent, of_idle = (asked_in(county, asked) for county in (diligent, idle))
    wrong = [
        f"{kind}: {complaint}"
        for kind, rhythm in FROM_TIME.items()
        for complaint in (
            *of_those_who_do_it(rhythm, [each for each in of_diligent if each.kind == kind]),
            *of_those_who_do_not(kind, [each for each in of_idle if each.kind == kind]),
        )
    ]
    assert not wrong, "\n".join(wrong)
    assert {each.kind for each in of_idle} >= FROM_LETTING_TIME_PASS
    nation = {office.directorate_member.id for office in diligent}
    assert not {each.kind for each in of_diligent if each.person_id not in nation} & FROM_LETTING_TIME_PASS


def asked_in(county: list[Office], asked: list[Asked]) -> list[Asked]:
    people = {person.id for office in county for person in people_of(office)}
    return [each for each in asked if each.person_id in people]


def of_those_who_do_it(rhythm: Rhythm, asked: list[Asked]) -> Iterator[str]:
    """What is wrong where each thing is done on the day it is due."""
    by_person: dict[int, list[Asked]] = defaultdict(list)
    for each in sorted(asked, key=lambda each: each.opened):
        by_person[each.person_id].append(each)
        if each.taken_to or each.reminded == Reminded.LATE:
            yield f"was late: {each}"
    if rhythm.due or rhythm.gap:
        if not by_person:
            yield "was asked of nobody"
        for mine in by_person.values():
            due = [each.first_due for each in mine if each.first_due and each.first_due <= LAST]
            if rhythm.due and due != [*rhythm.due]:
                yield f"due {[*map(str, due)]}, not {[*map(str, rhythm.due)]}"
            yield from _wrong_gaps(rhythm, [each.opened for each in mine])


def _wrong_gaps(rhythm: Rhythm, opened: list[date]) -> Iterator[str]:
    if rhythm.gap is None:
        return
    for before, after in zip([rhythm.since, *opened], opened, strict=False):
        if abs((after - (before + rhythm.gap)).days) > 2 * A_STEP.days:
            yield f"asked for on {after} after {before}"
    if opened[-1] + rhythm.gap < LAST - 2 * A_STEP:
        yield f"last asked for on {opened[-1]}"


def of_those_who_do_not(kind: str, asked: list[Asked]) -> Iterator[str]:
    """What is wrong where nobody does anything: each thing is one row, told of as late and taken further."""
    if bool(asked) is (kind in ONLY_OF_THE_DILIGENT):
        yield f"the idle were asked {len(asked)} times"
    if kind in ENDED_BY_TIME:
        return
    things = [(each.subject, each.person_id) for each in asked]
    if len(things) != len(set(things)):
        yield "the idle were asked twice for the same"
    for each in asked:
        if each.first_due is None and each.taken_to:
            yield f"has no deadline and was taken further: {each}"
        if not each.is_open:
            yield f"ended though nobody did it: {each}"
        is_late = each.first_due is not None and each.first_due < LAST - timedelta(days=30)
        if is_late and each.reminded != Reminded.LATE:
            yield f"nobody said it is late: {each}"
        if is_late and kinds()[kind].escalates and not each.taken_to:
            yield f"went no further: {each}"


def test_the_ledger_says_each_day_what_the_views_say() -> None:
    """A run that has nothing to say leaves the ledger as the views are, whatever day it is."""
    begun(make_office())
    for day in [*WATCHED, *(FIRST + timedelta(days=number) for number in range(200, 1000, 70))]:
        # What one run takes further is itself something a leader owes, noted by the next.
        while ledger.bring_up_to_date(morning_of(day)):
            pass
        ledger.bring_up_to_date(morning_of(day))
        with connection.cursor() as cursor:
            cursor.execute(
                "select kind, owed, n from (select kind, subject, person_id, due_at from duty_all) owed "
                "full join (select * from duties_entry where ended_at is null) n "
                "using (kind, subject, person_id) where owed.due_at is distinct from n.due_at "
                "or owed is null or n is null"
            )
            assert cursor.fetchall() == [], day
