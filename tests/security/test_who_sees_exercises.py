"""The oracle for exercises: random organisations, every person in them (4.1)."""

from functools import partial
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.security import exercises as e
from tests.security.sight import visible_ids
from tests.security.test_who_sees_what import a_world, expected, worlds
from tests.security.world import World
from tryggmote.access.context import acting_as
from tryggmote.exercises.models import (
    Drill,
    Evaluation,
    Exercise,
    Finding,
    Objective,
    Observation,
    Participant,
    Step,
)
from tryggmote.organisation.models import Person

pytestmark = pytest.mark.django_db
Row = Step | Objective | Observation | Drill | Finding | Participant


@worlds
@given(random=st.randoms(use_true_random=False))
def test_everybody_sees_exactly_what_the_table_says_of_exercises(random: Random) -> None:
    with a_world(random) as world:
        made = e.build(world, random)

        def with_exercise(_world: World, person: Person, row: Row) -> bool:
            return e.may_see_exercise(made, world, person, row.exercise)

        def concerned(_world: World, person: Person, row: Participant) -> bool:
            return e.concerns(made, world, person, row.exercise)

        for person in world.people:
            see_exercise = partial(e.may_see_exercise, made)
            wanted = {
                Exercise: expected(made.exercises, see_exercise, world, person),
                Step: expected(made.steps, with_exercise, world, person),
                Objective: expected(made.objectives, with_exercise, world, person),
                Observation: expected(made.observations, with_exercise, world, person),
                Drill: expected(made.drills, with_exercise, world, person),
                Finding: expected(made.findings, with_exercise, world, person),
                Participant: expected(made.participants, concerned, world, person),
                Evaluation: expected(made.evaluations, e.may_see_evaluation, world, person),
            }
            with acting_as(person.id):
                seen = visible_ids(wanted)
            assert seen == wanted, (person.name, [(r.role, r.unit.name) for r in world.roles_of(person)])
