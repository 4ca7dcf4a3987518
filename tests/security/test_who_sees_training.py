"""The oracle for training: random organisations, every person in them (4.1-4.3)."""

from random import Random

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tests.security import training as t
from tests.security.sight import visible_ids
from tests.security.test_who_sees_what import _tables_that_answer, a_world, expected, worlds
from tests.security.world import build
from tryggmote.access.context import acting_as
from tryggmote.training.keeping import keep_counts
from tryggmote.training.models import Absence, Completion, LocalElement, Override, Renewal, RiskLink

pytestmark = pytest.mark.django_db
MODELS = (Completion, Override, Absence, LocalElement, RiskLink, Renewal)


@worlds
@given(random=st.randoms(use_true_random=False))
def test_everybody_sees_exactly_what_the_table_says(random: Random) -> None:
    with a_world(random) as world:
        learnt = t.build(world, random)
        for person in world.people:
            wanted = {
                model: expected(rows, t.may_see_of_person, world, person)
                for model, rows in learnt.of_people.items()
            } | {
                model: expected(rows, t.may_see_of_unit, world, person)
                for model, rows in learnt.of_units.items()
            }
            with acting_as(person.id):
                seen = visible_ids(wanted)
                shown = _people_whose_standing_is_shown()
            assert seen == wanted, (person.name, [(r.role, r.unit.name) for r in world.roles_of(person)])
            led = {
                other.id
                for other in world.people
                if t.may_see_of_person(world, person, Completion(person_id=other.id))
            }
            assert shown <= led, person.name


def test_the_counts_that_are_kept_are_seen_by_those_who_see_them_counted() -> None:
    for seed in range(4):
        world = build(Random(seed))
        t.build(world, Random(seed))
        keep_counts()
        for person in world.people:
            with acting_as(person.id):
                assert _counts("training_keptcount") == _counts("evidence_training_counts"), person.name


def _counts(table: str) -> set[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"select unit_id, element, place, standing, n from {table}")
        return set(cursor.fetchall())


def _people_whose_standing_is_shown() -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute("select distinct person_id from evidence_training")
        return {person for (person,) in cursor.fetchall()}


@pytest.mark.parametrize("role", ["tryggmote_app", "tryggmote_wide", "tryggmote_all"])
def test_forgetting_who_asks_raises_on_them_too(role: str) -> None:
    t.build(build(Random(1)), Random(1))
    filled = [model for model in MODELS if model._base_manager.exists()]
    assert filled == list(MODELS)
    assert _tables_that_answer(role, filled) == []
