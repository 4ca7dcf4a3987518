"""Where concerns, demands and stops stand, and what each may do (AML §§ 6-2 and 6-3)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.concerns.rules import (
    answers_as,
    deeds_open_to,
    demand_state,
    may_take_further,
    missing_capacity,
    outcomes_of,
    state_of,
    stop_state,
)
from tryggmote.concerns.vocabulary import Capacity, Deed, DemandState, Outcome, State, StopState
from tryggmote.organisation.standing import Standing

NOW = timezone.now()
MOMENTS = st.timedeltas(min_value=timedelta(days=-40), max_value=timedelta(days=40)).map(NOW.__add__)


@dataclass
class Sent:
    person_id: int
    capacity: str


def standing(*, leads: bool = False, represents: bool = False) -> Standing:
    return Standing(sees=True, leads=leads, represents=represents, oversees=False)


@given(due_at=MOMENTS, is_answered=st.booleans(), is_settled=st.booleans())
def test_a_concern_is_late_from_its_deadline_until_it_is_answered(
    due_at: datetime, is_answered: bool, is_settled: bool
) -> None:
    state = state_of(due_at=due_at, is_answered=is_answered, is_settled=is_settled, now=NOW)
    assert (state is State.LATE) == (not is_answered and not is_settled and due_at <= NOW)
    assert (state is State.SETTLED) == is_settled


def test_a_leader_answers_and_a_representative_only_what_no_leader_was_sent() -> None:
    leader, representative = Sent(1, Capacity.LEADER), Sent(2, Capacity.REPRESENTATIVE)
    assert answers_as(1, [leader, representative]) is Capacity.LEADER
    assert answers_as(2, [leader, representative]) is None
    assert answers_as(2, [representative]) is Capacity.REPRESENTATIVE
    assert answers_as(3, [leader, representative]) is None


def test_a_representative_promises_no_measure_for_the_employer() -> None:
    assert outcomes_of(Capacity.REPRESENTATIVE) == (Outcome.FOLLOWED,)
    assert Outcome.FOLLOWED not in outcomes_of(Capacity.LEADER)


def test_a_concern_is_shared_with_the_one_who_lacks_it() -> None:
    leader, representative = Sent(1, Capacity.LEADER), Sent(2, Capacity.REPRESENTATIVE)
    assert missing_capacity([leader]) is Capacity.REPRESENTATIVE
    assert missing_capacity([representative]) is Capacity.LEADER
    assert missing_capacity([leader, representative]) is None


@pytest.mark.parametrize(
    ("due_in", "is_answered", "state", "may_go"),
    [
        (timedelta(seconds=1), False, DemandState.WAITING, False),
        (timedelta(0), False, DemandState.LATE, True),
        (timedelta(days=-3), True, DemandState.ANSWERED, True),
        (timedelta(days=3), True, DemandState.ANSWERED, True),
    ],
)
def test_a_demand_goes_further_when_answered_or_when_its_time_is_over(
    due_in: timedelta, is_answered: bool, state: DemandState, may_go: bool
) -> None:
    found = demand_state(due_at=NOW + due_in, is_answered=is_answered, is_taken_further=False, now=NOW)
    assert found is state
    assert may_take_further(found) is may_go


@pytest.mark.parametrize(
    ("latest", "is_ended", "state"),
    [
        ("", False, StopState.STOPPED),
        (Deed.DONE, False, StopState.TO_JUDGE),
        (Deed.DISAGREED, False, StopState.STOPPED),
        (Deed.STAYS, False, StopState.STOPPED),
        (Deed.AGREED, True, StopState.ENDED),
    ],
)
def test_work_is_stopped_until_something_ends_it(latest: str, is_ended: bool, state: StopState) -> None:
    assert stop_state(latest=latest, is_ended=is_ended) is state


@given(leads=st.booleans(), represents=st.booleans(), state=st.sampled_from(list(StopState)))
def test_no_leader_alone_lets_stopped_work_begin_but_for_the_inspectorate(
    leads: bool, represents: bool, state: StopState
) -> None:
    deeds = deeds_open_to(standing(leads=leads, represents=represents), state)
    assert not deeds or (state is not StopState.ENDED and (leads or represents))
    assert (Deed.AGREED in deeds) == (represents and state is not StopState.ENDED)
    assert (Deed.DISAGREED in deeds) == (represents and state is StopState.TO_JUDGE)
    assert (Deed.DONE in deeds) == (leads and state is StopState.STOPPED)
    assert (Deed.MAY_BEGIN in deeds) == ((leads or represents) and state is not StopState.ENDED)
