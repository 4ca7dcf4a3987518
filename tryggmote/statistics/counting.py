"""Counting every night: the last days anew, for good when they are settled (`rules.SETTLED_AFTER_DAYS`)."""

from datetime import date

from django.db import connection

from tryggmote.access.context import acting_as_job
from tryggmote.statistics.rules import SETTLED_AFTER_DAYS


def count_figures(since: date | None = None) -> None:
    """Count every day from `since` anew; without it those that may still change, or three years the first
    time.
    """
    with acting_as_job(), connection.cursor() as cursor:
        cursor.execute(
            "select app.count_figures(coalesce(%s::date, app.uncounted_since(%s)))",
            [since, SETTLED_AFTER_DAYS],
        )
