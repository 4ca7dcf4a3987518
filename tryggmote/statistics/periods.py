"""Half-years, the months in them, and their last days (pure)."""

from datetime import date, timedelta


def halves_of(year: int) -> tuple[date, date]:
    """The first days of the year's two halves."""
    return date(year, 1, 1), date(year, 7, 1)


def half_of(day: date) -> date:
    """The first day of the half-year the day is in."""
    return date(day.year, 1 if day.month < 7 else 7, 1)


def months_of(half: date) -> list[date]:
    """The first days of the six months of a half-year."""
    return [date(half.year, half.month + number, 1) for number in range(6)]


def months_back(last: date, count: int) -> list[date]:
    """The first days of `count` months up to the one `last` is in."""
    numbers = range(last.year * 12 + last.month - count, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def end_of_month(first: date) -> date:
    """The last day of a month by its first."""
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def end_of_half(first: date) -> date:
    """The last day of a half-year by its first."""
    return end_of_month(months_of(first)[-1])
