"""What is remembered of openings of the book, and what is new to a reader (3.6). Pure."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Opened:
    """Somebody's openings of a book as they are remembered."""

    opened_at: datetime
    before_at: datetime | None = None

    @property
    def news_since(self) -> datetime:
        """From when changes are new to them.

        The whole day they are shown what came since the time before, also when they look again; the first
        day what came since they opened it.
        """
        return self.before_at or self.opened_at


def opened_now(earlier: Opened | None, now: datetime, *, day_began_at: datetime) -> Opened:
    """What is remembered after somebody opens the book; `earlier` itself when they have opened it today.

    `day_began_at`: the midnight before `now` in Oslo.
    """
    if earlier is None:
        return Opened(now)
    if earlier.opened_at >= day_began_at:
        return earlier
    return Opened(now, before_at=earlier.opened_at)
