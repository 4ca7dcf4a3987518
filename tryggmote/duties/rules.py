"""In which order a person should do things. Pure: what is due, and what the time is."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from tryggmote.duties.owed import Owed
from tryggmote.duties.registry import Duty, MeetingToday
from tryggmote.ui.dates import OSLO

Rank = tuple[bool, int, bool, float, str]


def is_overdue(duty: Duty, now: datetime) -> bool:
    """True when the deadline has passed."""
    return duty.due is not None and duty.due < now


def last_day(due: datetime) -> date | None:
    """The day by whose end something is due, when that is what it is: midnight in Oslo. Else None."""
    local = due.astimezone(OSLO)
    return local.date() - timedelta(days=1) if local.time() == time.min else None


def in_order(duties: Iterable[Duty], now: datetime) -> list[Duty]:
    """The overdue first, then by how soon somebody needs it, then the nearest deadline.

    Things without a deadline come after those of the same urgency that have one; equal ones stand in
    alphabetical order, so the list looks the same each time it is opened.
    """

    def rank(duty: Duty) -> Rank:
        return (
            not is_overdue(duty, now),
            duty.urgency,
            duty.due is None,
            duty.due.timestamp() if duty.due else 0.0,
            str(duty.title),
        )

    return sorted(duties, key=rank)


def key_of(owed: Owed) -> str:
    """What names one thing a person owes, in forms."""
    return f"{owed.kind}:{owed.subject}"


def is_in_state(duty: Duty, state: str, now: datetime) -> bool:
    """Whether a duty is among those asked for: "late", "given" to or "received" from others, "" for all."""
    match state:
        case "late":
            return is_overdue(duty, now)
        case "given":
            return is_given(duty)
        case "received":
            return duty.owed is not None and bool(duty.owed.handed_by)
    return True


def is_given(duty: Duty) -> bool:
    """Whether somebody else has been asked to do it."""
    return duty.owed is not None and bool(duty.owed.handed_to)


def next_to_do(meetings: Iterable[MeetingToday], now: datetime) -> MeetingToday | None:
    """The first meeting that is not over and still has a next step, or None."""
    ahead = [
        meeting for meeting in meetings if meeting.action and (meeting.ends_at or meeting.starts_at) > now
    ]
    return min(ahead, key=lambda meeting: meeting.starts_at, default=None)
