"""Working days in Norway: deadlines run in them."""

from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

OSLO = ZoneInfo("Europe/Oslo")


@cache
def _holidays(year: int) -> frozenset[date]:
    # Sundays are left out of the library's list on purpose: the weekday says that already.
    return frozenset(holidays.country_holidays("NO", years=year))


def is_workday(day: date) -> bool:
    """Monday to Friday and not a public holiday."""
    return day.weekday() < 5 and day not in _holidays(day.year)


def add_workdays(moment: datetime, days: int) -> datetime:
    """The same wall-clock time in Oslo, `days` working days later.

    Counting starts on the day after `moment`, so what happens on a Friday evening and has two days
    is due on Tuesday evening. `moment` is aware; so is the answer, in Oslo time.
    """
    local = moment.astimezone(OSLO)
    day = local.date()
    while days > 0:
        day += timedelta(days=1)
        days -= is_workday(day)
    return datetime.combine(day, local.timetz())
