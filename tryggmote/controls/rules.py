"""Who may do what with a measure, and by when (requirement 2.3, § 23A-4). No database, no request."""

from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from dateutil.relativedelta import relativedelta

from tryggmote.compliance.thresholds import thresholds
from tryggmote.controls.vocabulary import Effect
from tryggmote.organisation.workdays import OSLO, add_workdays

ASK_FOR_EVALUATION_AFTER_MONTHS = 3
"""Before this nobody can tell whether a measure works."""
LEADER_REMINDED_AFTER_WORKDAYS = 1
PASSED_UP_AFTER_WORKDAYS = 5


class Signed(Protocol):
    """What the decisions need to know of an agreement between employers."""

    signed_at: datetime | None
    reviewed_at: datetime | None
    to_on: date | None


class Done(Protocol):
    """What the decisions need to know of a measure."""

    owner_id: int
    due_on: date
    established_at: datetime | None
    evaluated_at: datetime | None
    effect: str
    cancelled_at: datetime | None


class Step(StrEnum):
    """What can be done with a measure."""

    ESTABLISH = "establish"
    EVALUATE = "evaluate"
    POSTPONE = "postpone"
    HAND_OVER = "hand_over"
    CANCEL = "cancel"


def possible(measure: Done, *, person_id: int, leads: bool) -> frozenset[Step]:
    """What this person may do now; nothing for one who only reads. `leads`: they lead the measure's unit.

    Owner and leader carry it out and evaluate; only leaders change date and owner, or cancel. Nothing is
    evaluated before it is established. The same stands behind in the database (`policies.sql`).
    """
    if measure.cancelled_at is not None:
        return frozenset()
    is_planned = measure.established_at is None
    steps = set()
    if leads or measure.owner_id == person_id:
        steps.add(Step.ESTABLISH if is_planned else Step.EVALUATE)
    if leads:
        steps |= {Step.HAND_OVER, Step.CANCEL} | ({Step.POSTPONE} if is_planned else set())
    return frozenset(steps)


def is_open(measure: Done) -> bool:
    """Whether somebody still owes something: only an evaluation that found an effect closes a measure."""
    return measure.cancelled_at is None and measure.effect != Effect.REDUCED


def evaluate_by(measure: Done) -> date | None:
    """The last day to evaluate, counted from when it was established or last found without effect.

    None while it is only planned, and when it is closed. Evidence rule of 2.3.
    """
    if measure.established_at is None or not is_open(measure):
        return None
    return _months_after(measure.evaluated_at or measure.established_at, thresholds().effect_months)


def late_after(measure: Done) -> date | None:
    """The last day to do what is owed next: carry it out, then evaluate it. None for what is closed."""
    if not is_open(measure):
        return None
    return measure.due_on if measure.established_at is None else evaluate_by(measure)


def ask_for_evaluation_from(measure: Done) -> date | None:
    """The first day on which it makes sense to ask. A measure without effect is asked about at once."""
    if measure.established_at is None or not is_open(measure):
        return None
    if measure.evaluated_at is not None:
        return measure.evaluated_at.astimezone(OSLO).date()
    return _months_after(measure.established_at, ASK_FOR_EVALUATION_AFTER_MONTHS)


def is_overdue(due_on: date, today: date) -> bool:
    """True from the day after the date."""
    return today > due_on


def leader_reminded_on(due_on: date) -> date:
    """The first day on which the unit's leaders are asked about a measure that waits (`late_after`)."""
    return _workdays_after(due_on, LEADER_REMINDED_AFTER_WORKDAYS)


def passed_up_on(due_on: date) -> date:
    """The first day on which the next leader is told of a measure that waits (`late_after`)."""
    return _workdays_after(due_on, PASSED_UP_AFTER_WORKDAYS)


def agreement_runs_out_on(agreement: Signed) -> date | None:
    """The last day on which a signed agreement counts: its own, or a year after it was last gone through."""
    if agreement.signed_at is None:
        return None
    looked_at = agreement.reviewed_at or agreement.signed_at
    review_by = _months_after(looked_at, thresholds().review_months)
    return min(review_by, agreement.to_on) if agreement.to_on else review_by


def _workdays_after(day: date, days: int) -> date:
    return add_workdays(datetime(day.year, day.month, day.day, tzinfo=OSLO), days).date()


def _months_after(moment: datetime, months: int) -> date:
    return moment.astimezone(OSLO).date() + relativedelta(months=months)
