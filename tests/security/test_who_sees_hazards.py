"""The oracle for hazards: random organisations, every person in them, what was decided and passed on."""

from random import Random

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tests.security import hazards as h
from tests.security.sight import visible_ids
from tests.security.test_who_sees_what import _tables_that_answer, a_world, worlds
from tests.security.world import build
from tryggmote.access.context import acting_as
from tryggmote.organisation.roles import Role
from tryggmote.risk.models import Hazard, HazardDecision, HazardEscalation

pytestmark = pytest.mark.django_db
MODELS = (Hazard, HazardDecision, HazardEscalation)


@worlds
@given(random=st.randoms(use_true_random=False))
def test_everybody_sees_exactly_the_hazards_that_the_table_says_and_what_was_done_about_them(
    random: Random,
) -> None:
    with a_world(random) as world:
        inboxes = h.build(world, random)
        for person in world.people:
            visible = {x.id for x in inboxes.hazards if h.may_see_hazard(world, inboxes, person, x)}
            wanted = {Hazard: visible}
            for act in (HazardDecision, HazardEscalation):
                every = dict(act.objects.values_list("id", "hazard_id"))
                wanted[act] = {row for row, hazard_id in every.items() if hazard_id in visible}
            with acting_as(person.id):
                seen = visible_ids(wanted)
            assert seen == wanted, (person.name, [(r.role, r.unit.name) for r in world.roles_of(person)])


@worlds
@given(random=st.randoms(use_true_random=False))
def test_the_policy_says_the_same_to_those_who_hold_many_keys(random: Random) -> None:
    with a_world(random) as world:
        h.build(world, random)
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
def test_forgetting_who_asks_raises_on_hazards_too(role: str) -> None:
    h.build(build(Random(1)), Random(1))
    filled = [model for model in MODELS if model._base_manager.exists()]
    assert filled == list(MODELS)
    assert _tables_that_answer(role, filled) == []
