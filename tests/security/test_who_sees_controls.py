"""The oracle for measures, procedures and agreements: random organisations, every person in them."""

from random import Random

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tests.security import controls as c
from tests.security.sight import visible_ids
from tests.security.test_who_sees_what import _tables_that_answer, a_world, expected, worlds
from tests.security.world import build
from tryggmote.access.context import acting_as
from tryggmote.controls.models import (
    Agreement,
    CardAddition,
    CardAdditionApproval,
    Measure,
    Procedure,
    ProcedureApproval,
    ProcedureReading,
    ProcedureVersion,
)
from tryggmote.organisation.roles import Role

pytestmark = pytest.mark.django_db
OF_SOMETHING = {
    **dict.fromkeys(c.OF_A_MEASURE, "measure_id"),
    **dict.fromkeys(c.OF_A_PROCEDURE, "procedure_id"),
    **dict.fromkeys(c.OF_AN_AGREEMENT, "agreement_id"),
    ProcedureApproval: "version_id",
    CardAdditionApproval: "addition_id",
}
MODELS = (Measure, Procedure, ProcedureVersion, ProcedureReading, Agreement, CardAddition, *OF_SOMETHING)


@worlds
@given(random=st.randoms(use_true_random=False))
def test_everybody_sees_exactly_what_the_table_says_and_what_was_done_about_it(random: Random) -> None:
    with a_world(random) as world:
        shelf = c.build(world, random)
        every = {model: dict(model.objects.values_list("id", of)) for model, of in OF_SOMETHING.items()}
        for person in world.people:
            wanted = {
                Measure: expected(shelf.measures, c.may_see_measure, world, person),
                Procedure: expected(shelf.procedures, c.may_see_procedure, world, person),
                ProcedureVersion: expected(shelf.versions, c.may_see_version, world, person),
                ProcedureReading: expected(shelf.readings, c.may_see_reading, world, person),
                Agreement: expected(shelf.agreements, c.may_see_agreement, world, person),
                CardAddition: expected(shelf.card_additions, c.may_see_card_addition, world, person),
            }
            in_sight = set().union(*wanted.values())
            for model, rows in every.items():
                wanted[model] = {row for row, owner in rows.items() if owner in in_sight}
            with acting_as(person.id):
                seen = visible_ids(wanted)
            assert seen == wanted, (person.name, [(r.role, r.unit.name) for r in world.roles_of(person)])


@worlds
@given(random=st.randoms(use_true_random=False))
def test_the_policy_says_the_same_to_those_who_hold_many_keys(random: Random) -> None:
    with a_world(random) as world:
        c.build(world, random)
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
        c.build(build(Random(seed)), Random(seed))
    filled = [model for model in MODELS if model._base_manager.exists()]
    assert filled == list(MODELS)
    assert _tables_that_answer(role, filled) == []
