"""How an item of safety equipment stands, when it is due, and who decides about it (3.5). No database."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from tryggmote.equipment.rule_sets import rules_in_force
from tryggmote.organisation.standing import Standing

PASSED = "passed"
"""The outcome of a test that went well; any other outcome is the code of a reason."""


class State(StrEnum):
    """How an item stands, worst first; the first that fits is said."""

    OUT = "out"
    FAILING = "failing"
    NEVER = "never"
    LATE = "late"
    SOON = "soon"
    TESTED = "tested"


def state_of(
    *, ended_on: date | None, is_failing: bool, passed_on: date | None, due_on: date, today: date
) -> State:
    """How it stands today. It is due on its date, and late from the day after; the last test counts (3.5).

    What is taken into use has not been tested until it has passed once, whatever the date.
    """
    if ended_on is not None and ended_on <= today:
        return State.OUT
    if is_failing:
        return State.FAILING
    if due_on < today:
        return State.LATE if passed_on else State.NEVER
    if passed_on is None:
        return State.NEVER
    return State.SOON if due_on <= soon(today) else State.TESTED


def soon(today: date) -> date:
    """The last date that is asked for today."""
    return today + timedelta(days=rules_in_force().soon_days)


def next_due(passed_on: date, interval_months: int) -> date:
    """When it must be tested again; the database says the same (`Item.due_on`)."""
    return passed_on + relativedelta(months=interval_months)


def months_from(today: date, count: int = 12) -> list[date]:
    """The first day of this month and of those that follow: what a year's plan is made of."""
    first = today.replace(day=1)
    return [first + relativedelta(months=number) for number in range(count)]


def due_months(due_on: date, interval_months: int, today: date) -> Iterator[date]:
    """The months of the coming year in which it is due, as their first days.

    What is late is due this month; the next is counted from when it is done, so from today at the earliest.
    """
    start = max(due_on, today)
    end = months_from(today)[-1] + relativedelta(months=1)
    turn = 0
    while (due := start + relativedelta(months=turn * interval_months)) < end:
        yield due.replace(day=1)
        turn += 1


def repair_by(today: date) -> date:
    """The date of the measure that a failed test makes."""
    return today + timedelta(days=rules_in_force().repair_within_days)


def may_register(standing: Standing) -> bool:
    """Whether one keeps the register: leaders of the unit. Everybody who sees an item may test it."""
    return standing.leads
