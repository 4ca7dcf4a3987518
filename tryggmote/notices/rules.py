"""Which ways a notice takes, when it may leave, and how long the outbox keeps trying."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime, timedelta

from tryggmote.notices.quiet import QuietHours
from tryggmote.notices.vocabulary import PERSONAL, RINGS, Channel, Pace, Strength

# What is older is old news: it stays on the screen, but to be told of it then would only confuse.
GIVE_UP_AFTER = {
    Channel.EMAIL: timedelta(days=3),
    Channel.UNIT: timedelta(hours=12),
    Channel.TEXT: timedelta(hours=12),
    Channel.PUSH: timedelta(hours=2),
}
LONGEST_WAIT = timedelta(hours=1)


@dataclass(frozen=True)
class Choice:
    """What somebody has chosen for a group of notices. `channels`: by which ways what comes at once."""

    pace: Pace
    channels: frozenset[Channel]


@dataclass(frozen=True)
class Ways:
    """The ways one notice takes to one person; `waits_for_digest`: it comes with the others next morning."""

    channels: frozenset[Channel] = frozenset()
    waits_for_digest: bool = False


def ways_of(strength: Strength, choice: Choice | None) -> Ways:
    """The ways of a notice, from how strong its kind is and what the person has chosen, None for nothing."""
    match strength:
        case Strength.LIFE:
            return Ways(frozenset(PERSONAL))
        case Strength.AT_ONCE:
            return Ways(frozenset({Channel.EMAIL}) | (choice.channels if choice else {Channel.PUSH}))
        case Strength.SCREEN:
            return Ways()
    if choice is None:
        is_soon = strength is Strength.SOON
        return Ways(frozenset({Channel.EMAIL}) if is_soon else frozenset(), waits_for_digest=not is_soon)
    match choice.pace:
        case Pace.AT_ONCE:
            return Ways(choice.channels)
        case Pace.DIGEST:
            return Ways(waits_for_digest=True)
    return Ways()


def that_reach(wanted: Set[Channel], reaching: Set[Channel]) -> Set[Channel]:
    """Those of the ways that lead to the person; e-mail where none of them does."""
    return (wanted & reaching) or (({Channel.EMAIL} & reaching) if wanted else frozenset())


def may_leave_at(channel: str, strength: Strength, quiet: QuietHours, now: datetime) -> datetime:
    """When it may leave: now, or when the quiet hours are over for what rings and is not about a life."""
    waits = channel in RINGS and strength is not Strength.LIFE
    return quiet.next_open(now) if waits else now


def next_attempt_at(*, channel: str, attempts: int, due_at: datetime, now: datetime) -> datetime | None:
    """When to try again after `attempts` attempts that failed, or None when it is no use any more.

    The wait doubles from one minute to an hour.
    """
    again = now + min(timedelta(minutes=2 ** min(attempts - 1, 10)), LONGEST_WAIT)
    return again if again - due_at <= GIVE_UP_AFTER[Channel(channel)] else None
