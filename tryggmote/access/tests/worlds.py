"""Random worlds for the rules: few and small, and each begins where the one before it did."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tryggmote.ui.dates import OSLO, oslo_today

in_random_worlds = settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
"""The office that a test is given is the same one in every example: put it back with `undone`."""

in_many_random_worlds = settings(in_random_worlds, max_examples=25)
"""For rules that ask for so many things that few random units meet them."""


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside is undone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def noon(days_ago: int) -> datetime:
    """The middle of a day, so that no hour of summer time makes it another."""
    return datetime.combine(oslo_today() - timedelta(days=days_ago), time(12), OSLO)


def last_days_ago(*, months: int = 0, days: int = 0) -> int:
    """How many days ago it was when so many months, and then days, end today: the last day it counts."""
    today = oslo_today()
    ends = today - timedelta(days=days)
    began = ends - relativedelta(months=months)
    # A year before 29 February is 28 February, and a year after that is over already.
    if began + relativedelta(months=months) < ends:
        began += timedelta(days=1)
    return (today - began).days


def days_ago_near(edge: int) -> st.SearchStrategy[int]:
    """Mostly days around an edge: the last on which something counts, the first on which it does not."""
    return st.integers(max(edge - 1, 0), edge + 1) | st.integers(0, 2 * edge)


def counts(days_ago: int, *, months: int) -> bool:
    """Whether the months after a day are not over: the last of them is included."""
    day: date = oslo_today() - timedelta(days=days_ago)
    return day + relativedelta(months=months) >= oslo_today()
