"""The oracle for residual risk and what fills the elements: random organisations, every person in them."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.security import residual as r
from tests.security.sight import visible_ids
from tests.security.test_who_sees_what import _tables_that_answer, a_world, expected, worlds
from tests.security.world import build
from tryggmote.access.context import acting_as
from tryggmote.residual.models import Approval, Filling, Hearing, Record, Version, Withdrawal

pytestmark = pytest.mark.django_db
OF_SOMETHING = {Hearing: "version_id", Approval: "version_id", Withdrawal: "record_id"}
MODELS = (Record, Version, Filling, *OF_SOMETHING)


@worlds
@given(random=st.randoms(use_true_random=False))
def test_everybody_sees_exactly_what_the_table_says_and_what_was_done_about_it(random: Random) -> None:
    with a_world(random) as world:
        left = r.build(world, random)
        every = {model: dict(model.objects.values_list("id", of)) for model, of in OF_SOMETHING.items()}
        for person in world.people:
            wanted = {
                Record: expected(left.records, r.may_see_record, world, person),
                Version: expected(left.versions, r.may_see_version, world, person),
                Filling: expected(left.fillings, r.may_see_filling, world, person),
            }
            in_sight = set().union(*wanted.values())
            for model, rows in every.items():
                wanted[model] = {row for row, owner in rows.items() if owner in in_sight}
            with acting_as(person.id):
                seen = visible_ids(wanted)
            assert seen == wanted, (person.name, [(r.role, r.unit.name) for r in world.roles_of(person)])


@pytest.mark.parametrize("role", ["tryggmote_app", "tryggmote_wide", "tryggmote_all"])
def test_forgetting_who_asks_raises_on_them_too(role: str) -> None:
    for seed in (1, 2, 3):  # one world need not hold one of each
        r.build(build(Random(seed)), Random(seed))
    filled = [model for model in MODELS if model._base_manager.exists()]
    assert filled == list(MODELS)
    assert _tables_that_answer(role, filled) == []
