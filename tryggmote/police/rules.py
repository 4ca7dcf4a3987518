"""What may be recorded about a police report, by whom, and when to look again. No database, no request."""

from collections.abc import Sequence
from datetime import date, datetime, time

from tryggmote.access.context import SignedInPerson
from tryggmote.incidents.rules import Involving, involved, may_handle
from tryggmote.organisation.workdays import OSLO, add_workdays
from tryggmote.police.guidance import Reminders
from tryggmote.police.vocabulary import DECISIONS, ENDINGS, NEWS, Deed

MORNING = time(9)


def may_decide(person: SignedInPerson, incident: Involving) -> bool:
    """Whether `person` decides for the employer: a leader in whose own case it is not.

    The same rule stands behind it in the database (`leader_decides` in `policies.sql`).
    """
    return may_handle(person, incident)


def may_tell(person: SignedInPerson, incident: Involving) -> bool:
    """Whether `person` writes what happened: those it happened to and the one who reported, and the leader.

    A safety representative reads it, and does not write it for the employer.
    """
    return person.id in involved(incident) or may_handle(person, incident)


def possible_after(latest: Deed | None) -> Sequence[Deed]:
    """What can be recorded next. What was sent cannot be decided again; news can always be corrected."""
    if latest is None or latest in (Deed.NOT_REPORT, Deed.LATER):
        return DECISIONS
    if latest is Deed.REPORT:
        return (*DECISIONS, Deed.FILED)
    return NEWS


def remind_at(
    deed: Deed, at: datetime, reminders: Reminders, later_on: date | None = None
) -> datetime | None:
    """When somebody should look again, None when nothing more is expected. `later_on`: the chosen day."""
    if deed is Deed.LATER and later_on is not None:
        return datetime.combine(later_on, MORNING, OSLO)
    if deed is Deed.NOT_REPORT or deed in ENDINGS:
        return None
    days = {
        Deed.LATER: reminders.later,
        Deed.REPORT: reminders.report,
        Deed.FILED: reminders.filed,
        Deed.NUMBER: reminders.filed,
        Deed.ASKED: reminders.asked,
    }
    return add_workdays(at, days.get(deed, reminders.underway))
