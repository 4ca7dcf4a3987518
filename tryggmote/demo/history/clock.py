"""Days and moments of the history, and keys that belong to them."""

import random
from datetime import date, datetime, time, timedelta
from uuid import UUID

from tryggmote.organisation.workdays import OSLO, add_workdays, is_workday

HISTORY_DAYS = 365
CHECKS_KEPT_DAYS = 30  # checks older than this are only counted


def workdays(first: date, last: date) -> list[date]:
    """The working days from `first` to `last`, both included."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if is_workday(day)]


def at(day: date, minute_of_day: int) -> datetime:
    """A moment of a day in Oslo, aware."""
    return datetime.combine(day, time(minute_of_day // 60, minute_of_day % 60), OSLO)


def workday_before(anchor: date, days: int) -> date:
    """The day `days` days before `anchor`, or the last working day before that."""
    day = anchor - timedelta(days=days)
    return workdays(day - timedelta(days=14), day)[-1]


def in_office_hours(day: date, chance: random.Random) -> datetime:
    """Some minute between 08.00 and 15.30."""
    return at(day, chance.randint(8 * 60, 15 * 60 + 30))


def later(moment: datetime, days: int, chance: random.Random) -> datetime:
    """Some office hour `days` working days later; with 0 within three hours."""
    if days == 0:
        return moment + timedelta(minutes=chance.randint(8, 180))
    return in_office_hours(add_workdays(moment, days).date(), chance)


def id_at(moment: datetime, chance: random.Random) -> UUID:
    """A UUIDv7 made at `moment`: 48 bits of milliseconds, version, variant, the rest drawn."""
    milliseconds = int(moment.timestamp() * 1000)
    drawn = chance.getrandbits(74)
    value = milliseconds << 80 | 7 << 76 | (drawn >> 62) << 64 | 2 << 62 | drawn & (1 << 62) - 1
    return UUID(int=value)
