"""Who asks, who answers, and where a request stands: pure rules (1.2)."""

from datetime import date, timedelta

from tryggmote.expertise.vocabulary import State
from tryggmote.organisation.standing import Standing

LONGEST_WAIT = timedelta(days=366)


def may_ask(standing: Standing) -> bool:
    """Leaders of the unit, and those who represent its employees (AML §§ 3-3 and 6-2)."""
    return standing.leads or standing.represents


def may_list(standing: Standing) -> bool:
    """Whether one sees what the unit has asked for: those who ask, and directors above."""
    return may_ask(standing) or standing.oversees


def may_record(standing: Standing) -> bool:
    """Whether one writes down what was answered outside the system, and where it was used."""
    return standing.leads


def state_on(day: date, *, wanted_by: date, is_answered: bool, is_withdrawn: bool) -> State:
    """Where a request stands. It is late from the day after the one by which the answer was wanted."""
    if is_withdrawn:
        return State.WITHDRAWN
    if is_answered:
        return State.ANSWERED
    return State.LATE if day > wanted_by else State.WAITING
