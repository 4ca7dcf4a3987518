"""How long the outbox keeps trying."""

from datetime import datetime, timedelta

GIVE_UP_AFTER = timedelta(days=3)
LONGEST_WAIT = timedelta(hours=1)


def next_attempt_at(*, attempts: int, created_at: datetime, now: datetime) -> datetime | None:
    """When to try again after `attempts` attempts that failed, or None when it is no use any more.

    The wait doubles from one minute to an hour. A notice older than three days is old news: it stays on
    the screen, but an e-mail about it would only confuse.
    """
    again = now + min(timedelta(minutes=2 ** min(attempts - 1, 10)), LONGEST_WAIT)
    return again if again - created_at <= GIVE_UP_AFTER else None
