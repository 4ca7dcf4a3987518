"""Who may do what with residual risk, what stands in the way of approval, until when it holds (3.0).

No database, no request.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext as _

from tryggmote.compliance.thresholds import thresholds
from tryggmote.organisation.standing import Standing
from tryggmote.risk.matrix import AreaCode

REVIEW_ASKED_FOR_DAYS_BEFORE = 60
REVIEW_IS_NEAR_DAYS_BEFORE = 30
REVIEW_IS_URGENT_DAYS_BEFORE = 7
REMINDED_DAYS_BEFORE = (
    REVIEW_IS_URGENT_DAYS_BEFORE,
    REVIEW_IS_NEAR_DAYS_BEFORE,
    REVIEW_ASKED_FOR_DAYS_BEFORE,
)
"""When a notice is sent too, the last one first."""


class ReviewStage(IntEnum):
    """How near the day is on which a record must be gone through; each more pressing than the one before."""

    ASKED_FOR = 1
    NEAR = 2
    URGENT = 3
    PASSED = 4


class ReviewDay(StrEnum):
    """What is wrong with a day for the next review."""

    PASSED = "passed"
    TOO_FAR = "too_far"


@dataclass(frozen=True)
class Voice:
    """A safety representative: whether they have answered, or it is recorded why not."""

    name: str
    is_heard: bool


@dataclass(frozen=True)
class Draft:
    """What approval needs to know. `measures_in_use`: how many measures make up for what cannot be done.

    `nobody_recorded`: a leader has recorded that no safety representative is elected.
    """

    area: AreaCode
    measures_in_use: int
    representatives: Collection[Voice]
    nobody_recorded: bool


def may_write(standing: Standing) -> bool:
    """Leaders of the unit declare, write, approve and withdraw; the employer answers for what is left."""
    return standing.leads


def may_read_draft(standing: Standing) -> bool:
    """Those who lead the unit and those who represent its employees."""
    return standing.leads or standing.represents


def obstacles(draft: Draft) -> list[str]:
    """All that stands in the way of approval, in sentences; empty when it can be approved.

    A high risk is not acceptable unless measures in use make up for it (2.1); the safety representatives are
    heard (AML § 6-2).
    """
    return [*_unheard(draft), *_too_high(draft)]


def _unheard(draft: Draft) -> Iterable[str]:
    if not draft.representatives and not draft.nobody_recorded:
        yield _("Ingen verneombud er registrert. Skriv hvorfor, og hva dere gjør med det.")
    for voice in draft.representatives:
        if not voice.is_heard:
            yield _(
                "%(name)s, verneombud, har ikke svart. Vent på svaret, eller skriv hvorfor det ikke kommer."
            ) % {"name": voice.name}


def _too_high(draft: Draft) -> Iterable[str]:
    if draft.area is AreaCode.RED and not draft.measures_in_use:
        yield _(
            "Risikoen er høy, og ingen innførte tiltak veier opp. Velg et tiltak som er i bruk, "
            "eller gjør arbeidet på en annen måte."
        )


def latest_review(today: date) -> date:
    """The last day a record can hold until; the threshold is data (`compliance/rules`)."""
    return today + relativedelta(months=thresholds().residual_months)


def wrong_review_day(review_on: date, today: date) -> ReviewDay | None:
    """What is wrong with the day, or None: from tomorrow on, and not further off than the rule says."""
    if review_on <= today:
        return ReviewDay.PASSED
    if review_on > latest_review(today):
        return ReviewDay.TOO_FAR
    return None


def review_stage(review_on: date, today: date) -> ReviewStage | None:
    """How pressing the review is: from 60, 30 and 7 days before, and after; None before that."""
    left = (review_on - today).days
    if left < 0:
        return ReviewStage.PASSED
    if left <= REVIEW_IS_URGENT_DAYS_BEFORE:
        return ReviewStage.URGENT
    if left <= REVIEW_IS_NEAR_DAYS_BEFORE:
        return ReviewStage.NEAR
    return ReviewStage.ASKED_FOR if left <= REVIEW_ASKED_FOR_DAYS_BEFORE else None


def reminder_due(review_on: date, approved_on: date, today: date) -> int | None:
    """Which reminder should have been given by `today`, as days before; None before the first, and after it.

    What was approved for a shorter time than a reminder is early, is not reminded of so early.
    """
    if today > review_on:
        return None
    days = (
        before for before in REMINDED_DAYS_BEFORE if approved_on < review_on - timedelta(days=before) <= today
    )
    return next(days, None)


def review_asked_for_if_by(today: date) -> date:
    """The last day a record can hold until for its leaders to be asked today (`review_stage`)."""
    return today + timedelta(days=REVIEW_ASKED_FOR_DAYS_BEFORE)
