"""What is due after an injury, and by when. No database, no request."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from tryggmote.access.context import SignedInPerson
from tryggmote.incidents.rules import Involving
from tryggmote.organisation.roles import OVERSEES, Role
from tryggmote.organisation.workdays import OSLO, add_workdays, is_workday
from tryggmote.statutory.legal_data import Recipient, legal_data
from tryggmote.statutory.vocabulary import NoticeStep


class Line(StrEnum):
    """Which employer: the two have different insurance."""

    STATE = "state"
    MUNICIPAL = "municipal"


def may_read_notice(person: SignedInPerson, incident: Involving) -> bool:
    """Leaders, the safety representative and the one it happened to; not whoever only reported it.

    The same rule stands behind it in the database (`of_incident` in `policies.sql`).
    """
    return (
        person.id == incident.concerned_id
        or incident.concerned_id in person.team
        or incident.workforce_id in person.led
        or incident.safety_area_id in person.areas
        or person.oversees(incident.workforce_id)
    )


def reads_register(person: SignedInPerson) -> bool:
    """Whether the register is on the menu: for the readers AML § 5-1 names, not union representatives."""
    return (
        person.is_leader
        or bool(person.areas)
        or person.has_role(Role.OCCUPATIONAL_HEALTH, Role.COMMITTEE_MEMBER, *OVERSEES)
    )


def is_notice_complete(done: Collection[str]) -> bool:
    """True when both were called, it is confirmed in writing, and the representative has a copy (§ 5-2)."""
    return set(NoticeStep.values) <= set(done)


def judge_by(serious_since: datetime) -> datetime:
    """The end of the day in Oslo on which it must be judged whether notice is due. "Straks" in AML § 5-2."""
    return datetime.combine(
        serious_since.astimezone(OSLO).date() + timedelta(days=1), datetime.min.time(), OSLO
    )


def register_by(known_at: datetime) -> datetime:
    """When an injury must stand in the register. Evidence rule of AML § 5-1."""
    return add_workdays(known_at, legal_data().register_.within_workdays)


def report_by(entered_at: datetime) -> datetime:
    """When an occupational injury must be reported or judged not to be. Evidence rule of ftrl § 13-14."""
    return add_workdays(entered_at, legal_data().report.within_workdays)


def claim_lost_on(happened_on: date) -> date:
    """The last day on which the injured may claim (folketrygdloven § 13-14): a year after the accident."""
    return happened_on + relativedelta(months=legal_data().report.limit_months)


def earliest_claimable(today: date) -> date:
    """No claim from before this day can be made any more (a few days' grace for months of unequal length)."""
    return today - relativedelta(months=legal_data().report.limit_months, days=3)


def reminded_on(happened_on: date, days_before: int) -> date:
    """The day of a reminder: a working day, this many days before the claim is lost or a little earlier."""
    day = claim_lost_on(happened_on) - timedelta(days=days_before)
    while not is_workday(day):
        day -= timedelta(days=1)
    return day


def reminders_due(happened_on: date, today: date) -> list[int]:
    """Which reminders should have been given by `today`, the nearest to the limit last; none after it."""
    if today > claim_lost_on(happened_on):
        return []
    days = sorted(legal_data().report.remind_days_before, reverse=True)
    return [days_before for days_before in days if reminded_on(happened_on, days_before) <= today]


def recipients_for(line: Line) -> list[Recipient]:
    """Who receives the report for an employee of this line; NAV first."""
    return [recipient for recipient in legal_data().report.recipients if line.value in recipient.of]
