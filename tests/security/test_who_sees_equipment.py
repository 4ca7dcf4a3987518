"""The oracle for safety equipment: random organisations, every person in them (3.5)."""

from random import Random

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tests.security import equipment as e
from tests.security.sight import visible_ids
from tests.security.test_who_sees_what import _tables_that_answer, a_world, expected, worlds
from tests.security.world import build
from tryggmote.access.context import acting_as
from tryggmote.equipment.models import ImportDraft, Item, ItemTest, MeasureTest, Responsible
from tryggmote.organisation.roles import Role

pytestmark = pytest.mark.django_db
MODELS = (Item, ItemTest, MeasureTest, Responsible, ImportDraft)


@worlds
@given(random=st.randoms(use_true_random=False))
def test_everybody_sees_exactly_what_the_table_says(random: Random) -> None:
    with a_world(random) as world:
        store = e.build(world, random)
        for person in world.people:
            wanted = {
                Item: expected(store.items, e.may_see_item, world, person),
                ItemTest: expected(store.tests, e.may_see_test, world, person),
                MeasureTest: expected(store.measure_tests, e.may_see_measure_test, world, person),
                Responsible: expected(store.responsible, e.may_see_item, world, person),
                ImportDraft: expected(store.files, e.may_see_file, world, person),
            }
            with acting_as(person.id):
                seen = visible_ids(wanted)
            assert seen == wanted, (person.name, [(r.role, r.unit.name) for r in world.roles_of(person)])


@worlds
@given(random=st.randoms(use_true_random=False))
def test_the_policy_says_the_same_to_those_who_hold_many_keys(random: Random) -> None:
    with a_world(random) as world:
        e.build(world, random)
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
    e.build(build(Random(1)), Random(1))
    assert _tables_that_answer(role, list(MODELS)) == []
