"""Who may do what with a procedure, and by when (2.3, 2.4, AML § 3-2). No database, no request."""

from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from dateutil.relativedelta import relativedelta

from tryggmote.compliance.thresholds import thresholds
from tryggmote.organisation.workdays import OSLO, add_workdays

REVIEW_MONTHS = 12
LONGEST_REVIEW_MONTHS = 24
REVIEW_ASKED_FOR_DAYS_BEFORE = 30


class ReviewDay(StrEnum):
    """What is wrong with a day for the next review."""

    PASSED = "passed"
    TOO_FAR = "too_far"


class Draft(Protocol):
    """What the decisions need to know of a version."""

    by_id: int
    approved_at: datetime | None


def may_suggest(*, leads: bool, belongs: bool) -> bool:
    """Everybody who works in or represents the unit may write a draft; only leaders put it in force."""
    return leads or belongs


def may_write(draft: Draft, *, person_id: int, leads: bool, belongs: bool) -> bool:
    """A draft is written on by its author, while they may suggest, and the unit's leaders.

    What is approved is never changed.
    """
    return draft.approved_at is None and (leads or (belongs and draft.by_id == person_id))


def suggested_review(today: date) -> date:
    """When a procedure is gone through next, unless a leader chooses another day."""
    return today + relativedelta(months=REVIEW_MONTHS)


def wrong_review_day(review_on: date, today: date) -> ReviewDay | None:
    """What is wrong with the day, or None: from tomorrow on, and within two years."""
    if review_on <= today:
        return ReviewDay.PASSED
    if review_on > today + relativedelta(months=LONGEST_REVIEW_MONTHS):
        return ReviewDay.TOO_FAR
    return None


def read_by(must_read_at: datetime, since: date) -> datetime:
    """When somebody who works there `since` a day must have read it: newcomers have as long as everybody had.

    The same as `evidence_part_procedures` says in SQL.
    """
    came = datetime(since.year, since.month, since.day, tzinfo=OSLO)
    return add_workdays(max(must_read_at, came), thresholds().read_workdays)


def review_asked_for_from(review_on: date) -> date:
    """The first day on which leaders are asked to go through a procedure."""
    return review_on - relativedelta(days=REVIEW_ASKED_FOR_DAYS_BEFORE)
