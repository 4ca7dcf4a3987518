"""Where concerns, demands and stops stand, and who may do what: pure rules (AML §§ 2-3, 6-2 and 6-3)."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from tryggmote.concerns.vocabulary import Capacity, Deed, DemandState, Outcome, State, StopState
from tryggmote.organisation.standing import Standing


class Told(Protocol):
    """One who was sent a concern."""

    person_id: int
    capacity: str


def state_of(*, due_at: datetime, is_answered: bool, is_settled: bool, now: datetime) -> State:
    """Where a concern stands. It is late from the moment the answer was due."""
    if is_settled:
        return State.SETTLED
    if is_answered:
        return State.ANSWERED
    return State.LATE if now >= due_at else State.WAITING


def answers_as(person_id: int, told: Collection[Told]) -> Capacity | None:
    """As what the person answers a concern; None for those who do not.

    Leaders answer for the employer. A safety representative answers only what no leader was sent. The same
    rule stands behind it in the database (`sent_answers` in `policies.sql`).
    """
    mine = {Capacity(each.capacity) for each in told if each.person_id == person_id}
    if Capacity.LEADER in mine:
        return Capacity.LEADER
    reached_a_leader = any(each.capacity == Capacity.LEADER for each in told)
    return Capacity.REPRESENTATIVE if mine and not reached_a_leader else None


def outcomes_of(capacity: Capacity) -> tuple[Outcome, ...]:
    """What one may answer: a representative decides neither measures nor what is assessed."""
    if capacity is Capacity.LEADER:
        return (Outcome.MEASURE, Outcome.HAZARD, Outcome.DECLINED)
    return (Outcome.FOLLOWED,)


def missing_capacity(told: Collection[Told]) -> Capacity | None:
    """With whom a concern can still be shared: the leader or the representative, None when both have it."""
    reached = {Capacity(each.capacity) for each in told}
    return next((capacity for capacity in Capacity if capacity not in reached), None)


def may_see_formal(standing: Standing) -> bool:
    """Whether one sees demands and the reasons for stops: leaders on both lines, and representatives."""
    return standing.leads or standing.represents


def demand_state(
    *, due_at: datetime, is_answered: bool, is_taken_further: bool, now: datetime
) -> DemandState:
    """Where a demand stands. It is late from the moment the answer was due."""
    if is_taken_further:
        return DemandState.TAKEN_FURTHER
    if is_answered:
        return DemandState.ANSWERED
    return DemandState.LATE if now >= due_at else DemandState.WAITING


def may_take_further(state: DemandState) -> bool:
    """Only when the employer has had its reasonable time, or has answered (AML § 6-2 (3))."""
    return state is not DemandState.WAITING


def stop_state(*, latest: str, is_ended: bool) -> StopState:
    """Where a stop stands. `latest`: the last deed, "" for none."""
    if is_ended:
        return StopState.ENDED
    return StopState.TO_JUDGE if latest == Deed.DONE else StopState.STOPPED


def deeds_open_to(standing: Standing, state: StopState) -> tuple[Deed, ...]:
    """What one may do about a stop now. The same rule stands behind it in the database.

    Only the Labour Inspectorate, or the representative's consent, lets the work begin again (AML § 6-3 (1)).
    """
    if state is StopState.ENDED:
        return ()
    deeds: list[Deed] = []
    if standing.leads and state is StopState.STOPPED:
        deeds.append(Deed.DONE)
    if standing.represents:
        deeds.append(Deed.AGREED)
        if state is StopState.TO_JUDGE:
            deeds.append(Deed.DISAGREED)
    if deeds or standing.leads:
        deeds += (Deed.MAY_BEGIN, Deed.STAYS)
    return tuple(deeds)
