"""Forgetting: a case is removed with all that was done in it, so many days after it ended (`guidelines`)."""

import logging

from django.db import connection

from tryggmote.access.context import acting_as_job

log = logging.getLogger(__name__)


def forget_closed_cases() -> int:
    """Remove the cases that are due, and what was read and told of them. Returns and logs how many.

    The history keeps a line for each removed row, without any text. A decision that went without a copy in
    the archive is warned of: somebody must find out why nobody downloaded it.
    """
    with acting_as_job(), connection.cursor() as cursor:
        cursor.execute("select gone, unarchived from app.forget_client_measures()")
        gone, unarchived = cursor.fetchone()
    if gone:
        log.info("Removed %d cases about measures towards clients.", gone)
    if unarchived:
        log.warning("%d of them were decisions that no archive has a copy of.", unarchived)
    return int(gone)
