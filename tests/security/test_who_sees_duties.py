"""The oracle for duties: in random organisations one sees what one owes and has been handed, and no more.

What is late below somebody is told further up the line of whoever owes it, as what it is about, where, who
and since when, and never in the words of the one who owes it (ADR 0051). The line is told here again.
"""

import re
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q, QuerySet
from django.test import Client
from django.utils import timezone
from hypothesis import event, given, settings
from hypothesis import strategies as st

from tests.security import controls, equipment, premises
from tests.security.sight import visible_ids
from tests.security.test_who_sees_what import a_world, worlds
from tests.security.world import World
from tryggmote.access.context import acting_as, acting_as_job
from tryggmote.access.ids import new_id
from tryggmote.controls.models import Measure
from tryggmote.duties import ledger
from tryggmote.duties.kinds import kinds
from tryggmote.duties.models import Entry, Escalation, Handing
from tryggmote.duties.queries import late_below, owed_by_me
from tryggmote.organisation.models import Person
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import assign

pytestmark = pytest.mark.django_db
LEADS = (Role.LEADER, Role.OFFICE_LEADER, Role.COUNTY_DIRECTOR, Role.MUNICIPAL_DIRECTOR, Role.DIRECTORATE)
A_WEEK = timedelta(days=7)
DICE = st.integers(0, 2**32).map(Random)
"""Whole worlds at once: what is smallest to Hypothesis has nobody above anybody."""
Thing = tuple[int, str, str]
"""Who owes it, of which kind and which thing."""


def with_duties(world: World, random: Random) -> None:
    """Things to do and leaders all over the place, in the ledger; each measure has a name of its own."""
    for role in (*LEADS, *LEADS):
        employer = random.choice([None, *world.employers])
        held = assign(random.choice(world.people), role, random.choice(world.units), employer=employer)
        world.roles.append(held)
    controls.build(world, random)
    premises.build(world, random)
    equipment.build(world, random)
    for number, measure in enumerate(Measure.objects.order_by("id")):
        Measure.objects.filter(id=measure.id).update(title=f"Merke{number:03}")
    ledger.bring_up_to_date()
    for entry in Entry.objects.filter(ended_at=None).order_by("kind", "subject", "person"):
        other = random.choice(world.people)
        if random.random() < 0.3 and other.id != entry.person_id:
            taken_back = timezone.now() if random.random() < 0.3 else None
            Handing.objects.create(
                id=new_id(), entry=entry, to_person=other, by=entry.person, taken_back_at=taken_back
            )


def all_that_is_owed() -> dict[Thing, str]:
    """As the owner of the tables reads it: the words of everything that anybody owes."""
    with connection.cursor() as cursor:
        cursor.execute("select person_id, kind, subject, words::text from duty_all")
        return {(person, kind, subject): words for person, kind, subject, words in cursor.fetchall()}


def handed_to(person: Person) -> list[Thing]:
    """What others have asked this person to do, as long as it is owed and not taken back."""
    live = Handing.objects.filter(to_person=person, taken_back_at=None, entry__ended_at=None)
    return [*live.values_list("entry__person", "entry__kind", "entry__subject")]


def what_one_is_to_see(
    owed: dict[Thing, str], person: Person, names: dict[int, str]
) -> Counter[tuple[str, ...]]:
    """Each thing with whoever it came from, "" for one's own."""
    own = [(kind, subject, "") for owes, kind, subject in owed if owes == person.id]
    others = [(kind, subject, names[owes]) for owes, kind, subject in handed_to(person)]
    return Counter([*own, *others])


# Each world brings the ledger up to date, which asks the views of all kinds for everybody.
@settings(worlds, max_examples=max(1, worlds.max_examples // 5))
@given(random=DICE)
def test_one_sees_what_one_owes_or_has_been_handed_and_what_is_late_down_the_line(random: Random) -> None:
    with a_world(random) as world:
        with_duties(world, random)
        owed = all_that_is_owed()
        asks_for_measures_not_in_place(owed)
        sees_own_and_handed(world, owed)
        sees_late_below(world, random)


def asks_for_measures_not_in_place(owed: dict[Thing, str]) -> None:
    """Of whoever sees to a measure, until it is there or called off."""
    waiting = Measure.objects.filter(established_at=None, cancelled_at=None).exclude(effect="reduced")
    expected = {(measure.owner_id, str(measure.id)) for measure in waiting}
    asked = {(owes, subject) for owes, kind, subject in owed if kind == "measure_planned"}
    assert asked == expected


def sees_own_and_handed(world: World, owed: dict[Thing, str]) -> None:
    names = {person.id: person.name for person in world.people}
    assert owed, "there is something to see"
    for person in world.people:
        with acting_as(person.id):
            seen = Counter((each.kind, each.subject, each.handed_by) for each in owed_by_me())
        assert seen == what_one_is_to_see(owed, person, names), person.name


def sees_late_below(world: World, random: Random) -> None:
    now = timezone.now()
    late = make_late(random, now)
    told: dict[object, set[int]] = {entry.id: set() for entry in late}
    for moment in (now, now + A_WEEK):
        take_further(moment)
        for entry in late:
            told[entry.id] |= next_on_the_line(world, entry, told[entry.id])
    for person in world.people:
        mine = {entry.id for entry in late if person.id in told[entry.id]}
        event(f"sees {min(len(mine), 3)} or more late")
        handed = Handing.objects.filter(to_person=person, taken_back_at=None)
        wanted = {
            Entry: mine
            | ids(Entry.objects.filter(person=person))
            | set(handed.values_list("entry", flat=True)),
            Handing: ids(Handing.objects.filter(Q(to_person=person) | Q(by=person))),
            Escalation: ids(Escalation.objects.filter(to_person=person)),
        }
        with acting_as(person.id):
            assert ids(late_below(now)) == mine, person.name
            assert visible_ids(wanted) == wanted, person.name


def ids(rows: QuerySet[Any]) -> set[Any]:
    return set(rows.values_list("id", flat=True))


def make_late(random: Random, now: datetime) -> list[Entry]:
    """Some of it has been owed for long and is past its deadline; the rest is in good time."""
    Entry.objects.update(due_at=now + A_WEEK * 10)
    escalating = [kind.code for kind in kinds().values() if kind.escalates]
    late = [
        entry
        for entry in Entry.objects.filter(kind__in=escalating, ended_at=None).order_by(
            "kind", "subject", "person"
        )
        if random.random() < 0.6
    ]
    long_ago = now - A_WEEK * 2
    Entry.objects.filter(id__in=[entry.id for entry in late]).update(due_at=long_ago, opened_at=long_ago)
    return late


def take_further(moment: datetime) -> None:
    escalating = [kind.code for kind in kinds().values() if kind.escalates]
    with acting_as_job(), connection.cursor() as cursor:
        cursor.execute("select * from app.escalate_duties(%s, %s)", [moment, escalating])


def next_on_the_line(world: World, entry: Entry, told: set[int]) -> set[int]:
    """The nearest who lead where it is owed, for the employer of whoever owes it, and have not been told."""
    place = place_of(world, entry)
    unit_id = entry.unit_id or (place and place[0])
    employer_id = place and place[1]
    if unit_id is None:
        return set()
    above = [
        (distance(world, unit_id, role.unit_id), person.id)
        for person in world.people
        for role in world.roles_of(person)
        if role.role in LEADS
        and role.unit_id in world.with_all_above(unit_id)
        and (role.employer_id is None or employer_id is None or role.employer_id == employer_id)
        and person.id not in told | {entry.person_id}
    ]
    nearest = min((steps for steps, _ in above), default=0)
    return {person_id for steps, person_id in above if steps == nearest}


def place_of(world: World, entry: Entry) -> tuple[int, int] | None:
    """The unit and employer of whoever owes it: there if they work there, else their main place."""
    by_id = {workforce.id: workforce for workforce in world.workforces}
    placed = [
        (by_id[placement.workforce_id], placement)
        for placement in world.placements
        if placement.person_id == entry.person_id
    ]
    placed.sort(key=lambda each: (each[0].unit_id != entry.unit_id, not each[1].is_primary, each[1].id))
    return (placed[0][0].unit_id, placed[0][0].employer_id) if placed else None


def distance(world: World, unit_id: int, above_id: int) -> int:
    """How many steps up from the unit, by the shortest way."""
    reached, steps = {unit_id}, 0
    while above_id not in reached:
        reached, steps = {parent for unit in reached for parent in world.parents.get(unit, set())}, steps + 1
    return steps


@settings(worlds, max_examples=max(2, worlds.max_examples // 5))
@given(random=DICE)
def test_no_page_says_the_words_of_anothers_duty(
    random: Random, client_of: Callable[[Person], Client]
) -> None:
    with a_world(random) as world:
        with_duties(world, random)
        owed = all_that_is_owed()
        make_late(random, timezone.now())
        take_further(timezone.now())
        for person in random.sample(world.people, 2):
            own = [words for (owes, _, _), words in owed.items() if owes == person.id]
            words = " ".join([*own, *(owed[thing] for thing in handed_to(person))])
            client = client_of(person)
            for address in ("/", "/?alle", "/gjoremal/"):
                page = client.get(address).content.decode()
                assert set(re.findall(r"Merke\d+", page)) <= set(re.findall(r"Merke\d+", words)), (
                    person.name,
                    address,
                )
            assert "Merke" not in client.get("/gjoremal/sene/").content.decode(), person.name
