"""The oracle for concerns, demands and stops: random organisations, every person in them."""

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.security import concerns as c
from tests.security.assessments import leads, represents
from tests.security.test_who_sees_evidence import is_written
from tests.security.test_who_sees_what import _tables_that_answer, a_world, expected, worlds
from tests.security.world import build, ids
from tryggmote.access.context import acting_as
from tryggmote.access.models import ReadEntry
from tryggmote.concerns.models import (
    Answer,
    Concern,
    Demand,
    DemandAnswer,
    Recipient,
    Stop,
    StopAct,
    StopReason,
    TakenFurther,
    Verdict,
)

pytestmark = pytest.mark.django_db
WITH_THE_CONCERN = (Recipient, Answer, Verdict)
WITH_THE_DEMAND = (DemandAnswer, TakenFurther)
WITH_THE_REASONS = (StopReason, StopAct)


@worlds
@given(random=st.randoms(use_true_random=False))
def test_everybody_sees_exactly_what_the_table_says(random: Random) -> None:
    with a_world(random) as world:
        said = c.build(world, random)
        for person in world.people:
            concerns = ids(each for each in said.concerns if c.may_see_concern(world, said, person, each))
            demands = expected(said.demands, c.may_see_demand, world, person)
            reasons = expected(said.stops, c.may_see_reasons, world, person)
            wanted: dict[Any, set[Any]] = {
                Concern: concerns,
                Demand: demands,
                Stop: expected(said.stops, c.may_see_stop, world, person),
                **{model: _with(model, "concern_id", concerns) for model in WITH_THE_CONCERN},
                **{model: _with(model, "demand_id", demands) for model in WITH_THE_DEMAND},
                **{model: _with(model, "stop_id", reasons) for model in WITH_THE_REASONS},
            }
            with acting_as(person.id):
                seen = {model: set(model.objects.values_list("id", flat=True)) for model in wanted}
            assert seen == wanted, (person.name, [(r.role, r.unit.name) for r in world.roles_of(person)])


def _with(model: Any, key: str, of: set[Any]) -> set[Any]:
    return set(model.objects.filter(**{f"{key}__in": of}).values_list("id", flat=True))


@settings(parent=worlds, max_examples=5)
@given(random=st.randoms(use_true_random=False))
def test_everybody_acts_exactly_as_the_rules_say(random: Random) -> None:
    with a_world(random) as world:
        said = c.build(world, random)
        for person in world.people:
            for unit_id in {stop.unit_id for stop in said.stops}:
                may = represents(world, person, unit_id)
                demand = Demand(unit_id=unit_id, by=person, danger="Fare", wanted="Noe")
                stop = Stop(unit_id=unit_id, by=person, work="Samtaler", place="Rom 2")
                assert is_written(person, demand) == is_written(person, stop) == may, person.name
            for demand in (each for each in said.demands if each.answered_at is None):
                may = leads(world, person, demand.unit_id) and person.id != demand.by_id
                answer = DemandAnswer(demand=demand, text="Ja", by=person)
                assert is_written(person, answer) == may, person.name
            for stop in said.stops:
                may = stop.ended_at is None and represents(world, person, stop.unit_id)
                act = StopAct(stop=stop, deed="agreed", text="Ja", by=person)
                assert is_written(person, act) == may, person.name


@settings(parent=worlds, max_examples=5)
@given(random=st.randoms(use_true_random=False))
def test_only_those_it_was_sent_to_answer_and_no_representative_for_a_leader(random: Random) -> None:
    with a_world(random) as world:
        said = c.build(world, random)
        for person in world.people:
            for concern in (each for each in said.concerns if each.answered_at is None):
                sees = c.may_see_concern(world, said, person, concern)
                mine = {each.capacity for each in said.sent[concern.id] if each.person_id == person.id}
                is_leaders = any(each.capacity == "leader" for each in said.sent[concern.id])
                for outcome, may in (
                    ("declined", sees and "leader" in mine),
                    ("followed", sees and bool(mine) and not is_leaders),
                ):
                    answer = Answer(concern=concern, outcome=outcome, text="Ja", by=person)
                    assert is_written(person, answer) == may, (person.name, outcome)


def test_the_writer_sees_who_has_read_and_a_colleague_does_not() -> None:
    with a_world(Random(3)) as world:
        said = c.build(world, Random(3))
        concern = said.concerns[0]
        reader = next(person for person in world.people if person.id != concern.writer_id)
        entry = ReadEntry.objects.create(person_id=reader.id, kind="concern", object_id=concern.id)
        for person in world.people:
            with acting_as(person.id):
                sees = ReadEntry.objects.filter(id=entry.id).exists()
            assert sees == (person.id in (reader.id, concern.writer_id)), person.name


@pytest.mark.parametrize("role", ["tryggmote_app", "tryggmote_wide", "tryggmote_all"])
def test_forgetting_who_asks_raises_on_them_too(role: str) -> None:
    c.build(build(Random(1)), Random(1))
    models = [Concern, Demand, Stop, *WITH_THE_CONCERN, *WITH_THE_DEMAND, *WITH_THE_REASONS]
    assert all(model._base_manager.exists() for model in models)
    assert _tables_that_answer(role, models) == []
