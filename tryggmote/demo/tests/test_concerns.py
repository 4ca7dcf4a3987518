"""What is on people's minds in Fjordvik: concerns, a demand and a stop."""

import pytest

from tryggmote.access.context import acting_as
from tryggmote.concerns import formal_queries
from tryggmote.concerns.models import Concern
from tryggmote.concerns.rules import state_of
from tryggmote.concerns.vocabulary import DemandState, State, StopState
from tryggmote.demo.history.clock import at
from tryggmote.demo.tests.conftest import ANCHOR
from tryggmote.organisation.models import Person, Unit

pytestmark = pytest.mark.django_db
REPRESENTATIVE = "Aksel Stjernevoll"


def test_three_concerns_one_waits_one_is_answered_and_one_settled(county: None) -> None:
    states = [
        state_of(
            due_at=concern.due_at,
            is_answered=concern.answered_at is not None,
            is_settled=bool(concern.is_settled),
            now=at(ANCHOR, 0),
        )
        for concern in Concern.objects.all()
    ]
    assert sorted(states) == sorted([State.WAITING, State.ANSWERED, State.SETTLED])


def test_the_representative_has_demanded_and_stopped_and_was_answered(county: None) -> None:
    unit = Unit.objects.get(code="fjordvik")
    with acting_as(Person.objects.get(name=REPRESENTATIVE).id):
        (demand,), (stop,) = formal_queries.demands_around(unit.id), formal_queries.stops_around(unit.id)
        assert (demand.state, stop.state) == (DemandState.ANSWERED, StopState.ENDED)
        assert len(formal_queries.acts_on(stop)) == 2
