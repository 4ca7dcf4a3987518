"""When an opening counts, what is new to a reader, and when the book is to be opened again (3.6). Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from tryggmote.ui.dates import oslo_midnight


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


def is_opened_lately(opened_at: datetime | None, now: datetime, *, months: int) -> bool:
    """Whether an opening still counts for the standard."""
    return opened_at is not None and opened_at >= now - relativedelta(months=months)


def open_by(started_on: date, now: datetime, *, days: int) -> datetime | None:
    """Until when a newcomer has to open the book; None once that has passed.

    It is a gentle duty: it never pushes itself in front of what is late and matters to somebody.
    """
    deadline = oslo_midnight(started_on + timedelta(days=days))
    return deadline if deadline > now else None
