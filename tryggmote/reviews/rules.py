"""Who reviews premises, when it is due, and when a review counts (3.1). No database, no request."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from tryggmote.compliance.thresholds import thresholds
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.organisation.standing import Standing
from tryggmote.organisation.workdays import add_workdays
from tryggmote.reviews.checklists import Point
from tryggmote.reviews.vocabulary import Answer, Capacity, ChangeKind

SHOWN_DAYS_BEFORE = 30
SIGNATURE_WORKDAYS = 10
"""After this many working days without the representative's signature, both are reminded."""
MET_IN_THE_ROOMS = frozenset({MeetingForm.RECEPTION, MeetingForm.PLANNED, MeetingForm.GROUP})
ONLY_THE_ROOMS = frozenset({ChangeKind.REBUILDING, ChangeKind.FURNITURE})


def may_review(standing: Standing) -> bool:
    """Whether one goes through the unit's premises: its leaders and its safety representatives."""
    return standing.leads or standing.represents


def signs_as(standing: Standing) -> Capacity | None:
    """As what one signs; None for those who do not. A leader cannot be the representative (AML § 6-1)."""
    if standing.leads:
        return Capacity.LEADER
    return Capacity.REPRESENTATIVE if standing.represents else None


def is_signed(capacities: Iterable[str]) -> bool:
    """Whether both sides stand for it: one of the employer's and one of the safety representatives."""
    return set(Capacity) <= set(capacities)


def is_complete(answers: Mapping[str, str], points: Iterable[Point]) -> bool:
    """Whether every point has an answer."""
    return all(answers.get(point.code) in Answer.values for point in points)


def next_review_by(last: date) -> date:
    """The day by which the whole building is to be reviewed again (requirement 3.1)."""
    return last + relativedelta(months=thresholds().review_months)


def asked_for_if_reviewed_by(today: date) -> date:
    """The last review was on this day or before: then the next is soon due, and is asked for."""
    return today + timedelta(days=SHOWN_DAYS_BEFORE) - relativedelta(months=thresholds().review_months)


def signature_late_after(begun_at: datetime) -> datetime:
    """When those who have not signed are reminded."""
    return add_workdays(begun_at, SIGNATURE_WORKDAYS)


def is_in_use_unreviewed(in_use_on: date, *, is_reviewed: bool, is_ended: bool, today: date) -> bool:
    """Whether what was changed is in use without anybody having looked at it."""
    return not is_reviewed and not is_ended and in_use_on <= today


def forms_touched(kind: str) -> frozenset[MeetingForm]:
    """The meeting forms whose risk a change may alter; none for all of them (2.1, § 23A-1).

    What is built or furnished differently is met by those who meet in the rooms. Where an office lies, when
    it is open and who works there, matters also to those on their way to a visit or alone at the telephone.
    """
    return MET_IN_THE_ROOMS if kind in ONLY_THE_ROOMS else frozenset()
