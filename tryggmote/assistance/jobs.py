"""What the worker does with calls: the second watcher, the ways out of the house, and what is outlived."""

import logging
import time
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tryggmote.access.context import acting_as_job
from tryggmote.assistance import acts, alarm_posts, outside
from tryggmote.assistance.asking import ask
from tryggmote.assistance.models import Call
from tryggmote.assistance.timing import timing
from tryggmote.assistance.watching import Waiting, Watcher

log = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=2 * 365)
# After 2, 4, 8 ... 256 seconds: for as long as a call is told (`alarm_posts.TOLD_FOR`).
_AGAIN = RetryStrategy(max_attempts=8, exponential_wait=2, retry_exceptions={alarm_posts.NotTaken})
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


@app.task(name="assistance.tell_alarm_system", priority=100, retry=_AGAIN)
def tell_alarm_system(system: str, event: int) -> None:
    """Tell a physical alarm system of a step; deferred by the database with the step itself."""
    alarm_posts.tell(system_id=UUID(system), event_number=event)


@app.task(name="assistance.ping_alarm_system")
def ping_alarm_system(system: str) -> None:
    """Somebody tries whether a physical alarm system is told. Once: they look at how it went."""
    with suppress(alarm_posts.NotTaken):
        alarm_posts.ping(system_id=UUID(system))


@app.periodic(cron="40 3 * * *")
@app.task(name="assistance.forget", queueing_lock="assistance.forget")
def forget(timestamp: int = 0) -> None:
    """Every night: calls older than two years are removed, with all who were told."""
    with acting_as_job():
        removed, _ = Call.objects.filter(raised_at__lt=timezone.now() - KEPT_FOR).delete()
    if removed:
        log.info("Removed %d rows of calls older than two years.", removed)
