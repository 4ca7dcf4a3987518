"""What the worker does with calls: the second watcher, the ways out of the house, and what is outlived."""

import logging
import time
from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from tryggmote.access.context import acting_as_job
from tryggmote.assistance import acts, outside
from tryggmote.assistance.asking import ask
from tryggmote.assistance.models import Call
from tryggmote.assistance.timing import timing
from tryggmote.assistance.watching import Waiting, Watcher

log = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=2 * 365)
_watcher = Watcher(timing().unanswered_s)


@app.periodic(cron="*/5 * * * * *")
@app.task(name="assistance.watch", queueing_lock="assistance.watch", lock="assistance.watch", priority=100)
def watch(timestamp: int = 0) -> None:
    """Every five seconds: spread what nobody has answered, should the alarm program not have done it.

    `timestamp` is when the run was due; the rows' own times are what counts.
    """
    with acting_as_job():
        now = timezone.now()
        waiting = [
            Waiting(call, ring, (due - now).total_seconds())
            for call, ring, due in Call.objects.filter(next_ring_at__isnull=False).values_list(
                "id", "ring", "next_ring_at"
            )
            if due
        ]
        due = _watcher.due(waiting, time.monotonic())
    for one in due:
        with acting_as_job():
            ask(acts.RING_FURTHER, call=one.call, ring=one.ring)
    outside.tell_those_not_reached()


@app.task(name="assistance.push", priority=100)
def push(call: str) -> None:
    """Wake the phones of those who have just been told; deferred by the database with the call itself."""
    outside.push(call)


@app.periodic(cron="40 3 * * *")
@app.task(name="assistance.forget", queueing_lock="assistance.forget")
def forget(timestamp: int = 0) -> None:
    """Every night: calls older than two years are removed, with all who were told."""
    with acting_as_job():
        removed, _ = Call.objects.filter(raised_at__lt=timezone.now() - KEPT_FOR).delete()
    if removed:
        log.info("Removed %d rows of calls older than two years.", removed)
