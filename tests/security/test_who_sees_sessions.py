"""The oracle for plans of training and sessions: random organisations, every person in them (4.1)."""

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
from tryggmote.training.models import (
    Attendance,
    CalendarAddress,
    Plan,
    PlanApproval,
    PlanHearing,
    PlanItem,
    Session,
    SignUp,
)

pytestmark = pytest.mark.django_db
MODELS = (Plan, PlanItem, PlanHearing, PlanApproval, Session, SignUp, Attendance, CalendarAddress)


@worlds
@given(random=st.randoms(use_true_random=False))
def test_everybody_sees_exactly_what_the_table_says(random: Random) -> None:
    with a_world(random) as world:
        held = t.build_held(world, random)
        for person in world.people:
            plans = expected(held.plans, t.may_see_plan, world, person)
            in_sight = expected(held.sessions, t.may_see_session, world, person)
            wanted = {
                Plan: plans,
                Session: in_sight,
                CalendarAddress: {row.id for row in held.addresses if row.person_id == person.id},
                **{
                    model: {row.id for row in rows if row.plan_id in plans}
                    for model, rows in held.of_plans.items()
                },
                **{
                    model: expected(rows, t.may_see_coming, world, person)
                    for model, rows in held.of_sessions.items()
                },
            }
            with acting_as(person.id):
                seen = visible_ids(wanted)
                counted = _sessions_that_are_counted()
            assert seen == wanted, (person.name, [(r.role, r.unit.name) for r in world.roles_of(person)])
            assert counted == in_sight, person.name


def _sessions_that_are_counted() -> set[object]:
    with connection.cursor() as cursor:
        cursor.execute("select session_id from evidence_sessions")
        return {session for (session,) in cursor.fetchall()}


@pytest.mark.parametrize("role", ["tryggmote_app", "tryggmote_wide", "tryggmote_all"])
def test_forgetting_who_asks_raises_on_them_too(role: str) -> None:
    for seed in (1, 2, 3):  # one world need not hold one of each
        t.build_held(build(Random(seed)), Random(seed))
    filled = [model for model in MODELS if model._base_manager.exists()]
    assert filled == list(MODELS)
    assert _tables_that_answer(role, filled) == []
