"""What the worker does with calls: the second watcher, the ways out of the house, and what is outlived."""

import logging
import time
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from django.db import DatabaseError
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tryggmote.access.context import acting_as_job
from tryggmote.assistance import acts, alarm_posts, channel_posts, lone_working, outside
from tryggmote.assistance.asking import ask
from tryggmote.assistance.models import Call
from tryggmote.assistance.rules import OUTSIDE
from tryggmote.assistance.timing import timing
from tryggmote.assistance.watching import Waiting, Watcher

log = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=2 * 365)
WHEREABOUTS_KEPT_FOR = timedelta(hours=24)
# After 2, 4, 8 ... 256 seconds: for as long as a call is told (`alarm_posts.TOLD_FOR`).
_AGAIN = RetryStrategy(max_attempts=8, exponential_wait=2, retry_exceptions={alarm_posts.NotTaken})
_watcher = Watcher(timing().unanswered_s)


# One waits at most. No lock: that of a worker that was killed would hold the others back for minutes.
@app.periodic(cron="* * * * * */5")
@app.task(name="assistance.watch", queueing_lock="assistance.watch", priority=100)
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
        try:
            with acting_as_job():
                ask(acts.RING_FURTHER, call=one.call, ring=one.ring)
        except DatabaseError:  # the others must ring all the same
            log.exception("Call %s could not be spread.", one.call)


@app.periodic(cron="* * * * * */5")
@app.task(name="assistance.tell_outside", queueing_lock="assistance.tell_outside", priority=90)
def tell_outside(timestamp: int = 0) -> None:
    """Every five seconds: text or e-mail to those no screen has reached. Apart: a mail server may be slow."""
    outside.tell_those_not_reached()


@app.periodic(cron="* * * * * */10")
@app.task(name="assistance.call_for_overdue", queueing_lock="assistance.call_for_overdue", priority=50)
def call_for_overdue(timestamp: int = 0) -> None:
    """Every ten seconds: call for help for whoever is out alone and has not answered in time."""
    lone_working.call_for_overdue()


@app.task(name="assistance.push", priority=100)
def push(call: str, again: bool = False) -> None:
    """Wake the phones of those who have just been told; deferred by the database with the call itself.

    `again`: of all who have not answered, when everybody is reminded.
    """
    outside.push(call, again=again)


@app.task(name="assistance.tell_alarm_system", priority=100, retry=_AGAIN)
def tell_alarm_system(system: str, event: int) -> None:
    """Tell a physical alarm system of a step; deferred by the database with the step itself."""
    alarm_posts.tell(system_id=UUID(system), event_number=event)


@app.task(name="assistance.ping_alarm_system")
def ping_alarm_system(system: str) -> None:
    """Somebody tries whether a physical alarm system is told. Once: they look at how it went."""
    with suppress(alarm_posts.NotTaken):
        alarm_posts.ping(system_id=UUID(system))


@app.task(name="assistance.tell_channel", priority=100, retry=_AGAIN)
def tell_channel(unit: int, call: str) -> None:
    """Tell a unit's channel of a call nobody has answered; deferred by the database with the call itself."""
    channel_posts.tell(unit_id=unit, call_id=UUID(call))


@app.task(name="assistance.try_channel")
def try_channel(unit: int) -> None:
    """Somebody tries whether a unit's channel is told. Once: they look at how it went."""
    with suppress(alarm_posts.NotTaken):
        channel_posts.try_out(unit_id=unit)


@app.periodic(cron="40 * * * *")
@app.task(name="assistance.forget", queueing_lock="assistance.forget")
def forget(timestamp: int = 0) -> None:
    """Every hour: whereabouts outside are erased a day after the end, calls removed after two years."""
    with acting_as_job():
        erased = (
            Call.objects.filter(form__in=OUTSIDE, ended_at__lt=timezone.now() - WHEREABOUTS_KEPT_FOR)
            .exclude(place="")
            .update(place="")
        )
        removed, _ = Call.objects.filter(raised_at__lt=timezone.now() - KEPT_FOR).delete()
    if erased or removed:
        log.info("Erased the whereabouts of %d calls, removed %d rows of old ones.", erased, removed)
