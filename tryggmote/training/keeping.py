"""Keeping how many stand where in each element: a county is too many to count for each page (4.1)."""

from datetime import datetime

from django.db import connection
from django.utils import timezone

from tryggmote.access.context import acting_as_job


def keep_counts(now: datetime | None = None) -> int:
    """Count everybody anew. `now`: with a time zone. Returns how many rows differed from what was kept."""
    with acting_as_job(), connection.cursor() as cursor:
        cursor.execute("select app.keep_training_counts(%s)", [now or timezone.now()])
        return int(cursor.fetchone()[0])
