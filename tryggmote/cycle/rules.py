"""When something that comes again is due within a year. No database."""

from collections.abc import Iterator
from datetime import date
from itertools import count, takewhile

from dateutil.relativedelta import relativedelta

from tryggmote.cycle.registry import Span

PLANNING_MONTHS = (11, 12)
"""The months in which a unit looks at its next year."""

MOVED_AHEAD_MONTHS = 12


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


def last_day_to_move_to(*, last_on: date | None, stands_on: date, today: date) -> date:
    """The last day something may be moved to: what a rule says, else a year ahead.

    What stands after what the rule says is late already: it comes no later than it stands.
    """
    if last_on is None:
        return max(stands_on, today + relativedelta(months=MOVED_AHEAD_MONTHS))
    return max(last_on, stands_on)


def plans_next_year(today: date) -> bool:
    """Whether the next year's cycle is proposed: from November."""
    return today.month in PLANNING_MONTHS
