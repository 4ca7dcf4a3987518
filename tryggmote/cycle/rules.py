"""When something that comes again is due within a year. No database."""

from collections.abc import Iterator
from datetime import date
from itertools import count, takewhile

from dateutil.relativedelta import relativedelta

from tryggmote.cycle.registry import Span

PLANNING_MONTHS = (11, 12)
"""The months in which a unit looks at its next year."""


def due_days(due_on: date | None, months: int, span: Span) -> Iterator[date]:
    """The days of the span on which something due on a day, and every so many months after, is to be done.

    What was due before the span, or never was done (None), is to be done today. The time after is counted
    from when it is done, so from today at the earliest.
    """
    first = span.today if due_on is None or due_on < min(span.first, span.today) else due_on
    again = (max(first, span.today) + relativedelta(months=months * number) for number in count(1))
    for day in (first, *takewhile(lambda day: day <= span.last, again)):
        if span.holds(day):
            yield day


def plans_next_year(today: date) -> bool:
    """Whether the next year's cycle is proposed: from November."""
    return today.month in PLANNING_MONTHS
