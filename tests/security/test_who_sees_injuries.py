"""The oracle for injuries, medical text, notices and reports: random organisations, every person in them."""

from random import Random

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tests.security import injuries as i
from tests.security.test_who_sees_what import _tables_that_answer, a_world, worlds
from tests.security.world import build
from tryggmote.access.context import acting_as
from tryggmote.organisation.roles import Role
from tryggmote.statutory.models import Consent, Injury, MedicalDetail

pytestmark = pytest.mark.django_db
MODELS = (Injury, Consent, MedicalDetail, *i.OF_A_NOTICE, *i.OF_A_REPORT)


@worlds
@given(random=st.randoms(use_true_random=False))
def test_everybody_sees_exactly_what_the_law_lets_them(random: Random) -> None:
    with a_world(random) as world:
        records = i.build(world, random)
        every = {
            model: dict(model.objects.values_list("pk", of))
            for models, of in ((i.OF_A_NOTICE, "incident_id"), ((*i.OF_A_REPORT, Consent), "injury_id"))
            for model in models
        }
        for person in world.people:
            lines = {j.id for j in records.injuries if i.may_see_injury(world, person, j)}
            reports = {j.id for j in records.injuries if i.may_see_report(world, person, j)}
            notices = {n.id for n in world.incidents if i.may_see_notice(world, person, n)}
            wanted = {Injury: lines, MedicalDetail: lines & records.consenting}
            for models, visible in (
                (i.OF_A_NOTICE, notices),
                (i.OF_A_REPORT, reports),
                ((Consent,), lines),
            ):
                for model in models:
                    wanted[model] = {row for row, owner in every[model].items() if owner in visible}
            with acting_as(person.id):
                seen = {model: set(model.objects.values_list("pk", flat=True)) for model in wanted}
            assert seen == wanted, (person.name, [(r.role, r.unit.name) for r in world.roles_of(person)])


@worlds
@given(random=st.randoms(use_true_random=False))
def test_the_policy_says_the_same_to_those_who_hold_many_keys(random: Random) -> None:
    with a_world(random) as world:
        i.build(world, random)
        for person in world.people:
            if any(r.role == Role.DIRECTORATE for r in world.roles_of(person)):
                continue
            answers = []
            for role in ("tryggmote_app", "tryggmote_wide"):
                with acting_as(person.id):
                    with connection.cursor() as cursor:
                        cursor.execute("select set_config('role', %s, true)", [role])
                    answers.append([set(m.objects.values_list("pk", flat=True)) for m in MODELS])
            assert answers[0] == answers[1]


@pytest.mark.parametrize("role", ["tryggmote_app", "tryggmote_wide", "tryggmote_all"])
def test_forgetting_who_asks_raises_on_injuries_too(role: str) -> None:
    i.build(build(Random(1)), Random(1))
    filled = [model for model in MODELS if model._base_manager.exists()]
    assert filled == list(MODELS)
    assert _tables_that_answer(role, filled) == []
