"""Dates as people write them: "i dag kl. 13.00", "i går", "23. november 2026". Always the clock in Oslo."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

OSLO = ZoneInfo("Europe/Oslo")
_NEAR = {-1: gettext_lazy("i går"), 0: gettext_lazy("i dag"), 1: gettext_lazy("i morgen")}


def clock(moment: datetime) -> str:
    """Time of day: "13.00" (in English "13:00")."""
    minute = _in_oslo(moment).time().replace(second=0, microsecond=0)
    return _minute_in_words(minute, get_language())


def day(value: date, *, today: date | None = None) -> str:
    """A day: "i dag", "i går", "i morgen", else "23. november 2026". A moment counts as its day in Oslo."""
    value = _day_of(value)
    days_ahead = (value - (today or oslo_today())).days
    near = _NEAR.get(days_ahead)
    return str(near) if near else _day_in_words(value, get_language())


def when(moment: datetime, *, now: datetime | None = None) -> str:
    """A moment: "i dag kl. 13.00", else "23. november 2026 kl. 13.00"."""
    today = _in_oslo(now).date() if now else None
    return _("%(day)s kl. %(time)s") % {"day": day(moment, today=today), "time": clock(moment)}


def span(start: datetime, end: datetime | None, *, now: datetime | None = None) -> str:
    """From and to: "i dag kl. 13.00–14.00"; both days are named when the end is on another day."""
    if end is None:
        return when(start, now=now)
    if _day_of(start) == _day_of(end):
        return f"{when(start, now=now)}–{clock(end)}"
    return f"{when(start, now=now)} – {when(end, now=now)}"


def oslo_today() -> date:
    """The day it is in Oslo now."""
    return timezone.now().astimezone(OSLO).date()


def oslo_midnight(value: date) -> datetime:
    """The moment the day begins in Oslo (days there last 23, 24 or 25 hours)."""
    return datetime(value.year, value.month, value.day, tzinfo=OSLO)


def oslo_day(value: date) -> tuple[datetime, datetime]:
    """First moment of the day in Oslo and first moment of the next, for questions about one day."""
    return oslo_midnight(value), oslo_midnight(value + timedelta(days=1))


# Formatting costs more than the cell around it, and lists say the same days and minutes again.
@lru_cache(maxsize=2000)
def _day_in_words(value: date, _language: str | None) -> str:
    return date_format(value, "DATE_FORMAT")


@lru_cache(maxsize=2000)
def _minute_in_words(value: time, _language: str | None) -> str:
    return time_format(value, "TIME_FORMAT")


def _day_of(value: date) -> date:
    return _in_oslo(value).date() if isinstance(value, datetime) else value


def _in_oslo(moment: datetime) -> datetime:
    """Raises ValueError for a moment without time zone: it could be any of several."""
    if timezone.is_naive(moment):
        raise ValueError(f"A moment needs a time zone: {moment!r}")
    return moment.astimezone(OSLO)
