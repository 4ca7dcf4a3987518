"""The oracle for requests for expert help: random organisations, every person in them (1.2)."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.security import expert_help as e
from tests.security.assessments import leads, represents
from tests.security.sight import visible_ids
from tests.security.test_who_sees_evidence import is_written
from tests.security.test_who_sees_what import _tables_that_answer, a_world, expected, worlds
from tests.security.world import build
from tryggmote.access.context import acting_as
from tryggmote.expertise.models import ExpertAnswer, ExpertRequest, UsedIn
from tryggmote.ui.dates import oslo_today

pytestmark = pytest.mark.django_db
WITH_THE_REQUEST = (ExpertAnswer, UsedIn)


@worlds
@given(random=st.randoms(use_true_random=False))
def test_everybody_sees_exactly_what_the_table_says(random: Random) -> None:
    with a_world(random) as world:
        asked = e.build(world, random)
        every = {model: dict(model.objects.values_list("id", "request_id")) for model in WITH_THE_REQUEST}
        for person in world.people:
            requests = expected(asked.requests, e.may_see_request, world, person)
            wanted = {
                model: {row for row, request in rows.items() if request in requests}
                for model, rows in every.items()
            } | {ExpertRequest: requests}
            with acting_as(person.id):
                seen = visible_ids(wanted)
            assert seen == wanted, (person.name, [(r.role, r.unit.name) for r in world.roles_of(person)])


@settings(parent=worlds, max_examples=5)
@given(random=st.randoms(use_true_random=False))
def test_everybody_asks_and_answers_exactly_as_the_rules_say(random: Random) -> None:
    with a_world(random) as world:
        asked = e.build(world, random)
        for person in world.people:
            for request in asked.requests:
                leads_it = leads(world, person, request.unit_id)
                asks = leads_it or represents(world, person, request.unit_id)
                new = ExpertRequest(
                    unit_id=request.unit_id, kind="police", question="Hva?", wanted_by=oslo_today(),
                    asked_by=person,
                )  # fmt: skip
                assert is_written(person, new) == asks
                if ExpertAnswer.objects.filter(request=request).exists():
                    continue
                for is_own, may in ((True, e.is_asked(world, person, request)), (False, leads_it)):
                    answer = ExpertAnswer(
                        request=request, text="Ja.", answered_on=oslo_today(), is_own=is_own, by=person
                    )
                    assert is_written(person, answer) == may, (person.name, is_own)


@pytest.mark.parametrize("role", ["tryggmote_app", "tryggmote_wide", "tryggmote_all"])
def test_forgetting_who_asks_raises_on_them_too(role: str) -> None:
    e.build(build(Random(1)), Random(1))
    models = [ExpertRequest, *WITH_THE_REQUEST]
    assert all(model._base_manager.exists() for model in models)
    assert _tables_that_answer(role, models) == []
