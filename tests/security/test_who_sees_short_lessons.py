"""The oracle for short lessons: random organisations, every person in them (4.1)."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.security import short_lessons as s
from tests.security.assessments import leads
from tests.security.sight import visible_ids
from tests.security.test_who_sees_evidence import is_written
from tests.security.test_who_sees_what import _tables_that_answer, a_world, expected, worlds
from tests.security.world import World, build
from tryggmote.access.context import acting_as
from tryggmote.lessons.models import Attendance, Gathering, Reading
from tryggmote.organisation.models import Person

pytestmark = pytest.mark.django_db


@worlds
@given(random=st.randoms(use_true_random=False))
def test_everybody_sees_exactly_what_the_table_says(random: Random) -> None:
    with a_world(random) as world:
        held = s.build(world, random)
        for person in world.people:
            wanted = {
                Gathering: expected(held.gatherings, s.may_see_gathering, world, person),
                Attendance: expected(held.attendances, s.may_see_attendance, world, person),
                Reading: expected(held.readings, s.may_see_reading, world, person),
            }
            with acting_as(person.id):
                seen = visible_ids(wanted)
            assert seen == wanted, (person.name, [(r.role, r.unit.name) for r in world.roles_of(person)])


def works_below(world: World, person: Person, unit_id: int) -> bool:
    """Works in the unit or below it."""
    return any(
        p.person_id == person.id and unit_id in world.with_all_above(p.workforce.unit_id)
        for p in world.placements
    )


@settings(parent=worlds, max_examples=5)
@given(random=st.randoms(use_true_random=False))
def test_who_was_there_is_written_by_the_holder_and_leaders_and_only_of_those_who_work_there(
    random: Random,
) -> None:
    with a_world(random) as world:
        held = s.build(world, random)
        for person in world.people:
            for gathering in held.gatherings:
                tells = person.id == gathering.by_id or leads(world, person, gathering.unit_id)
                other = random.choice(world.people)
                if Attendance.objects.filter(gathering=gathering, person=other).exists():
                    continue
                row = Attendance(gathering=gathering, person=other, by=person)
                may = tells and works_below(world, other, gathering.unit_id)
                assert is_written(person, row) == may, (person.name, other.name)


@pytest.mark.parametrize("role", ["tryggmote_app", "tryggmote_wide", "tryggmote_all"])
def test_forgetting_who_asks_raises_on_them_too(role: str) -> None:
    s.build(build(Random(1)), Random(1))
    models = [Gathering, Attendance, Reading]
    assert all(model._base_manager.exists() for model in models)
    assert _tables_that_answer(role, models) == []
