"""How an item of safety equipment stands, when it is due, what a failure asks for (3.5). No database."""

from datetime import date, timedelta
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from tryggmote.controls.vocabulary import MeasureKind
from tryggmote.equipment.rule_sets import ItemType, rules_in_force
from tryggmote.organisation.standing import Standing

PASSED = "passed"
"""The outcome of a test that went well; any other outcome is the code of a reason."""
UNHEARD = "unheard"
"""The reason when nobody was alerted, or when nobody answered the call for help that was the test."""
MONTHS_OF_PLAN = 12


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


def months_from(today: date) -> list[date]:
    """The first days of this month and of the eleven that follow: what a year's plan is made of."""
    months = (today.month - 1 + number for number in range(MONTHS_OF_PLAN))
    return [date(today.year + month // 12, month % 12 + 1, 1) for month in months]


def due_months(due_on: date, interval_months: int, today: date) -> list[date]:
    """The months of the coming year in which it is due, as their first days.

    What is late is due this month; the next is counted from when it is done, so from today at the earliest.
    """
    start = max(due_on, today)
    ahead = (start.year - today.year) * 12 + start.month - today.month
    return months_from(today)[ahead::interval_months]


def repair_by(today: date) -> date:
    """The date of the measure that a failed test makes."""
    return today + timedelta(days=rules_in_force().repair_within_days)


def asks_for_new_assessment(reason: str, *, failed_before: bool) -> bool:
    """Whether a failed test says more than that something must be mended (2.1, § 23A-1).

    That nobody came, or that the last repair did not help, tells that what was counted on does not hold. An
    empty battery is mended; were it to open assessments, nobody would say that it was empty.
    """
    return reason == UNHEARD or failed_before


def counted_on_as(kind: ItemType) -> tuple[MeasureKind, ...]:
    """The kinds of measure that assessments count on when they count on equipment of this type (§ 23A-4)."""
    if kind.is_alarm:
        return (MeasureKind.CALLING_HELP,)
    return (MeasureKind.DESIGN, MeasureKind.MAINTENANCE, MeasureKind.EQUIPMENT)


def may_register(standing: Standing) -> bool:
    """Whether one keeps the register: leaders of the unit. Everybody who sees an item may test it."""
    return standing.leads
