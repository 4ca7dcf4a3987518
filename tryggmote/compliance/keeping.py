"""Keeping how every unit stands: what the rules answer is compared with what is kept, and written.

It can be run at any time and any number of times: the database does nothing the second time.
"""

from datetime import datetime
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from tryggmote.access.context import acting_as_job


class Changes(NamedTuple):
    """How many rows began, and how many ended."""

    began: int
    ended: int


def bring_up_to_date(now: datetime | None = None) -> Changes:
    """Work out how every unit stands. `now`: with a time zone; nothing is done for one before the last."""
    with acting_as_job(), connection.cursor() as cursor:
        cursor.execute("select * from app.keep_standing(%s)", [now or timezone.now()])
        return Changes(*cursor.fetchone())
