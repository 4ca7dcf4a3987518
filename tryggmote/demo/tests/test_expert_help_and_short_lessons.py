"""What the office of Fjordvik has asked experts, and which short lessons it has held (1.2, 4.1)."""

import pytest

from tryggmote.access.context import acting_as
from tryggmote.demo.tests.conftest import ANCHOR
from tryggmote.expertise import queries as expertise
from tryggmote.expertise.models import ExpertRequest
from tryggmote.expertise.rules import state_on
from tryggmote.expertise.vocabulary import State
from tryggmote.lessons import queries as lessons
from tryggmote.organisation.models import Person, Unit

pytestmark = pytest.mark.django_db
LEADER = "demo:fjordvik-nav-leder-stat"


def state_then(request: ExpertRequest) -> State:
    """On the day the county is made for, whatever day it is."""
    return state_on(
        ANCHOR,
        wanted_by=request.wanted_by,
        is_answered=request.answered_at is not None,
        is_withdrawn=request.withdrawn_at is not None,
    )


def test_one_answer_has_come_and_was_used_and_two_are_awaited(county: None) -> None:
    with acting_as(Person.objects.get(external_id=LEADER).id):
        asked = list(expertise.requests_of(Unit.objects.get(code="fjordvik").id))
        states = sorted(state_then(request) for request in asked)
        used = expertise.uses_of(next(request for request in asked if request.state is State.ANSWERED))
    assert states == [State.ANSWERED, State.WAITING, State.WAITING]
    assert len(used) == 1


def test_four_short_lessons_were_held_with_most_of_those_who_work_there(county: None) -> None:
    unit = Unit.objects.get(code="fjordvik")
    with acting_as(Person.objects.get(external_id=LEADER).id):
        held = lessons.lately_held(unit.id)
        there = [len(lessons.attendances_of(each)) for each in held]
        people = lessons.people_of(unit.id).count()
    assert [each.lesson for each in held] == ["leaving_the_room", "the_alarm", "a_refusal", "only_words"]
    assert all(people / 2 < number < people for number in there)
