"""The oracle for linked reports, lessons and patterns: random organisations, every person in them."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tests.security import learning as k
from tests.security import world as w
from tests.security.sight import visible_ids
from tests.security.test_who_sees_what import _tables_that_answer, a_world, expected, worlds
from tryggmote.access.context import acting_as
from tryggmote.incidents.models import Incident, LaterReport, SameEvent, SameEventUndone
from tryggmote.learning.models import (
    Lesson,
    LessonAsking,
    LessonSharing,
    LessonSource,
    LessonVersion,
    LessonWithdrawal,
    Pattern,
)
from tryggmote.organisation.models import Person
from tryggmote.organisation.roles import Role

pytestmark = pytest.mark.django_db
MODELS = (
    SameEvent, SameEventUndone, LaterReport, Lesson, LessonVersion, LessonSource, LessonAsking, LessonSharing,
    LessonWithdrawal, Pattern,
)  # fmt: skip


def seen_of(
    rows: list[Any],
    rule: Callable[[w.World, k.Shelf, Person, Any], bool],
    world: w.World,
    shelf: k.Shelf,
    person: Person,
) -> set[Any]:
    return w.ids(row for row in rows if rule(world, shelf, person, row))


@worlds
@given(random=st.randoms(use_true_random=False))
def test_everybody_sees_exactly_what_the_table_says(random: Random) -> None:
    with a_world(random) as world:
        shelf = k.build(world, random)
        sharings = dict(LessonSharing.objects.values_list("id", "version_id"))
        withdrawals = dict(LessonWithdrawal.objects.values_list("id", "lesson_id"))
        for person in world.people:
            asking = (world, shelf, person)
            wanted = {
                SameEvent: seen_of(shelf.links, k.may_see_link, *asking),
                SameEventUndone: seen_of(shelf.undone, k.may_see_undoing, *asking),
                LaterReport: seen_of(shelf.later, k.may_see_later, *asking),
                Lesson: seen_of(shelf.lessons, k.may_see_lesson, *asking),
                LessonVersion: seen_of(shelf.versions, k.may_see_version, *asking),
                LessonSource: seen_of(shelf.sources, k.may_see_source, *asking),
                LessonAsking: seen_of(shelf.askings, k.may_see_asking, *asking),
                Pattern: expected(shelf.patterns, k.may_see_pattern, world, person),
            }
            wanted[LessonSharing] = {s for s, version in sharings.items() if version in wanted[LessonVersion]}
            wanted[LessonWithdrawal] = {x for x, lesson in withdrawals.items() if lesson in wanted[Lesson]}
            with acting_as(person.id):
                seen = visible_ids(wanted)
            assert seen == wanted, (person.name, [(r.role, r.unit.name) for r in world.roles_of(person)])


@worlds
@given(random=st.randoms(use_true_random=False))
def test_links_and_lessons_change_nothing_in_who_sees_an_incident(random: Random) -> None:
    with a_world(random) as world:
        k.build(world, random)
        for person in world.people:
            with acting_as(person.id):
                seen = set(Incident.objects.values_list("id", flat=True))
            assert seen == expected(world.incidents, w.may_see_incident, world, person)


@worlds
@given(random=st.randoms(use_true_random=False))
def test_the_policy_says_the_same_to_those_who_hold_many_keys(random: Random) -> None:
    with a_world(random) as world:
        k.build(world, random)
        for person in world.people:
            if any(r.role == Role.DIRECTORATE for r in world.roles_of(person)):
                continue
            answers = []
            for role in ("tryggmote_app", "tryggmote_wide"):
                with acting_as(person.id):
                    with connection.cursor() as cursor:
                        cursor.execute("select set_config('role', %s, true)", [role])
                    answers.append(visible_ids(MODELS))
            assert answers[0] == answers[1]


@pytest.mark.parametrize("role", ["tryggmote_app", "tryggmote_wide", "tryggmote_all"])
def test_forgetting_who_asks_raises_on_them_too(role: str) -> None:
    for seed in (1, 2, 3):  # one world need not hold one of each
        k.build(w.build(Random(seed)), Random(seed))
    filled = [model for model in MODELS if model._base_manager.exists()]
    assert filled == list(MODELS)
    assert _tables_that_answer(role, filled) == []
