"""In which order a person should do things. Pure: what is due, and what the time is."""

from collections.abc import Iterable
from datetime import datetime

from tryggmote.duties.registry import Duty, MeetingToday

Rank = tuple[bool, int, bool, float, str]


def is_overdue(duty: Duty, now: datetime) -> bool:
    """True when the deadline has passed."""
    return duty.due is not None and duty.due < now


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


def next_to_do(meetings: Iterable[MeetingToday], now: datetime) -> MeetingToday | None:
    """The first meeting that is not over and still has a next step, or None."""
    ahead = [
        meeting for meeting in meetings if meeting.action and (meeting.ends_at or meeting.starts_at) > now
    ]
    return min(ahead, key=lambda meeting: meeting.starts_at, default=None)
