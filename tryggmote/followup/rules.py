"""Who may do what in a follow-up plan, and by when (§ 23A-5). No database, no request."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Protocol

from dateutil.relativedelta import relativedelta

from tryggmote.access.context import SignedInPerson
from tryggmote.followup.steps import Deadline, StepRules
from tryggmote.followup.vocabulary import PlanActKind, State, StepActKind
from tryggmote.incidents.rules import Involving
from tryggmote.organisation.workdays import OSLO, add_workdays, is_workday

OFFER_WITHIN_WORKDAYS = 2
"""When everyone exposed and every witness must have been offered a plan. Evidence rule of § 23A-5."""
SAME_DAY_FROM_LEVEL = 3
FIRST_DAY = timedelta(hours=24)

_BY_BOTH = {StepActKind.PLANNED, StepActKind.DONE}
_BY_THE_PERSON = {PlanActKind.CLOSED, PlanActKind.REOPENED, PlanActKind.RESUMED, PlanActKind.HANDED_OVER}
_BY_THE_FOLLOWER = {PlanActKind.PAUSED, PlanActKind.RESUMED}


class Followed(Protocol):
    """What the decisions need to know of a plan."""

    person_id: int
    follower_id: int


class Standing(Protocol):
    """What tells where a plan stands."""

    closed_at: datetime | None
    paused_until: datetime | None
    next_due_at: datetime | None


class Happened(Involving, Protocol):
    """What the decisions need to know of an incident."""

    exposed_id: int | None
    about: str


def due_at(deadline: Deadline, start: datetime) -> datetime:
    """When it must be done, in Oslo time. Weeks and months that end on a day off go on to a working day."""
    local = start.astimezone(OSLO)
    if deadline.hours is not None:
        return start + timedelta(hours=deadline.hours)
    if deadline.days is not None:
        last_day = local.date() + timedelta(days=deadline.days)
        return datetime.combine(last_day, time(23, 59), OSLO)
    if deadline.workdays is not None:
        return add_workdays(start, deadline.workdays)
    later = local + relativedelta(weeks=deadline.weeks or 0, months=deadline.months or 0)
    while not is_workday(later.date()):
        later += timedelta(days=1)
    return later


def beginning_level(assessed: int | None, experienced_severity: int, rules: StepRules) -> int:
    """The leader's level, or while there is none the one that how it felt answers to."""
    return rules.unassessed[experienced_severity] if assessed is None else assessed


def is_first_day(happened_at: datetime, now: datetime) -> bool:
    """Whether it is still the first day and night, in which nobody should be alone."""
    return now - happened_at < FIRST_DAY


def to_be_offered(incident: Happened) -> int | None:
    """Whom the report itself names: the exposed, or whoever saw it and reported. None for a mere worry."""
    if incident.exposed_id is not None:
        return incident.exposed_id
    return incident.reporter_id if incident.about == "witness" else None


def may_offer(person: SignedInPerson, incident: Happened) -> bool:
    """Whether `person` may offer follow-up to others: a leader of the place, who was not exposed themselves.

    The same rule stands behind it in the database (`begin` in `policies.sql`).
    """
    leads = (
        incident.concerned_id in person.team
        or incident.workforce_id in person.led
        or person.oversees(incident.workforce_id)
    )
    return leads and person.id != incident.exposed_id


def may_add_witness(person: SignedInPerson, incident: Happened) -> bool:
    """A leader of the place, and the safety representative of the area, who knows who was there."""
    return may_offer(person, incident) or (
        incident.safety_area_id in person.areas and person.id != incident.exposed_id
    )


def may_act_on_step(person_id: int, plan: Followed, kind: StepActKind) -> bool:
    """The person answers for themselves; both agree on times and say what is done. Nobody makes it lapse."""
    if person_id == plan.person_id:
        return kind != StepActKind.LAPSED
    return person_id == plan.follower_id and kind in _BY_BOTH


def may_act_on_plan(person_id: int, plan: Followed, kind: PlanActKind) -> bool:
    """Only the person closes the plan and lets another leader see it by following up; only whoever follows up
    pauses it, because nobody can be reached."""
    if person_id == plan.person_id:
        return kind in _BY_THE_PERSON
    return person_id == plan.follower_id and kind in _BY_THE_FOLLOWER


def state_of(plan: Standing, now: datetime) -> State:
    """Where the plan stands at this moment."""
    if plan.closed_at is not None:
        return State.CLOSED
    if plan.paused_until is not None and plan.paused_until > now:
        return State.PAUSED
    return State.OVERDUE if plan.next_due_at is not None and plan.next_due_at < now else State.OPEN


def tell_above_at(missed: datetime, rules: StepRules) -> datetime:
    """When the next leader is told that a plan is late."""
    return add_workdays(missed, rules.told_above_after_workdays)


def pause_ends_by(today: date, rules: StepRules) -> date:
    """The last day a plan may be paused until."""
    return today + timedelta(days=rules.pause_days_most)


def first_not_among(candidates: Collection[int | None], passed: Collection[int]) -> int | None:
    """The first of the candidates that exists and is not in `passed`."""
    return next((c for c in candidates if c is not None and c not in passed), None)
