"""Sending what waits in the outbox, whatever has been down since it was put there.

The rows are the truth, a job is only a nudge: each run takes all that is due for its channel. A row is
claimed by moving its next attempt ahead, so two workers never send the same message, and one that is
killed while it sends leaves the row to be tried again.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from tryggmote.access.context import acting_as_job
from tryggmote.notices.bounces import count_bounce
from tryggmote.notices.carriers import Carrier, Outcome, carrier_of
from tryggmote.notices.models import Delivery, Notice
from tryggmote.notices.nudging import send_by
from tryggmote.notices.posting import quiet_hours_of
from tryggmote.notices.quiet import QuietHours
from tryggmote.notices.registry import strength_of
from tryggmote.notices.rules import GIVE_UP_AFTER, may_leave_at, next_attempt_at
from tryggmote.notices.vocabulary import RINGS, Channel, Trouble

log = logging.getLogger(__name__)

BATCH = 50
# Longer than a batch takes when the other end answers each message just before its time limit.
CLAIMED_FOR = timedelta(minutes=15)
Status = Delivery.Status
_ONE_BY_ONE_FIRST = (F("digest").asc(nulls_first=True), "next_attempt_at", "id")


def due(channels: Sequence[str]) -> list[str]:
    """The channels that have something to do now."""
    with acting_as_job():
        rows = Delivery.objects.filter(
            status=Status.WAITING, channel__in=channels, next_attempt_at__lte=timezone.now()
        )
        return sorted(rows.values_list("channel", flat=True).distinct())


def try_again(channel: str) -> None:
    """Have all that waits for a channel tried now, but what a worker has in hand; when it was mended."""
    with acting_as_job():
        _look_again(Delivery.objects.filter(channel=channel))
        send_by(channel)


def ask_again_of(person_id: int) -> None:
    """Somebody has other quiet hours from now on: what they hold back is judged anew."""
    with acting_as_job():
        if _look_again(Delivery.objects.filter(channel__in=RINGS, notice__person=person_id)):
            for channel in sorted(RINGS):
                send_by(channel)


def put_out(channel: Channel, notice_ids: Sequence[UUID]) -> None:
    """Let notices nobody has seen leave by a channel now, and each of them once."""
    with acting_as_job():
        unseen = Notice.objects.filter(id__in=notice_ids, seen_at=None)
        Delivery.objects.bulk_create(
            [Delivery(notice=notice, channel=channel) for notice in unseen], ignore_conflicts=True
        )


def _look_again(deliveries: QuerySet[Delivery]) -> int:
    """Let those of them that wait be looked at now; how many."""
    return deliveries.filter(status=Status.WAITING, claimed_at=None).update(next_attempt_at=timezone.now())


def send_waiting(channel: str) -> None:
    """Send all that is due by a channel. One that is not set up lets it wait until it is too old."""
    carrier = carrier_of(channel)
    _let_go(channel, timezone.now())
    while carrier.is_set_up() and (batch := _claim(channel, timezone.now())):
        _carry(carrier, _hold_back(batch, timezone.now()))


def _let_go(channel: str, now: datetime) -> None:
    """What is too old is given up, and what was seen meanwhile need not be sent."""
    with acting_as_job():
        waiting = Delivery.objects.filter(channel=channel, status=Status.WAITING, next_attempt_at__lte=now)
        waiting.filter(due_at__lt=now - GIVE_UP_AFTER[Channel(channel)]).update(
            status=Status.FAILED, last_error=Trouble.TOO_OLD
        )
        unseen = Notice.objects.filter(digest=OuterRef("digest"), seen_at=None)
        seen = Q(notice__seen_at__isnull=False) | Q(digest__person__isnull=False) & ~Exists(unseen)
        waiting.filter(seen).update(status=Status.SEEN)


def _claim(channel: str, now: datetime) -> list[Delivery]:
    """The next to send. A digest lets what is told by itself go first: in the morning there are many."""
    with acting_as_job():
        waiting = Delivery.objects.filter(channel=channel, status=Status.WAITING, next_attempt_at__lte=now)
        ids = list(
            waiting.select_for_update(skip_locked=True)
            .order_by(*_ONE_BY_ONE_FIRST)
            .values_list("id", flat=True)[:BATCH]
        )
        Delivery.objects.filter(id__in=ids).update(
            claimed_at=now, next_attempt_at=now + CLAIMED_FOR, attempts=F("attempts") + 1
        )
        return list(
            Delivery.objects.filter(id__in=ids)
            .select_related("notice__person", "digest__person")
            .order_by(*_ONE_BY_ONE_FIRST)
        )


def _hold_back(batch: Sequence[Delivery], now: datetime) -> list[Delivery]:
    """Those that may leave now. The others wait for the end of the quiet hours, as if never tried.

    Asked again here: a worker that was down may come to what was due before the quiet hours began.
    """
    with acting_as_job():
        quiet = quiet_hours_of({d.of_notice.person_id for d in batch if d.channel in RINGS})
    held = []
    for delivery in batch:
        if delivery.notice is None:
            continue
        hours = quiet.get(delivery.notice.person_id, QuietHours())
        leaves = may_leave_at(delivery.channel, strength_of(delivery.notice.kind), hours, now)
        if leaves > now:
            delivery.due_at = delivery.next_attempt_at = leaves
            delivery.attempts, delivery.claimed_at = delivery.attempts - 1, None
            held.append(delivery)
    if held:
        with acting_as_job():
            Delivery.objects.bulk_update(held, ["due_at", "next_attempt_at", "attempts", "claimed_at"])
    return [delivery for delivery in batch if delivery not in held]


def _carry(carrier: Carrier, batch: Sequence[Delivery]) -> None:
    if batch:
        for outcome in carrier.carry(batch):
            _record(outcome)


def _record(outcome: Outcome) -> None:
    delivery = outcome.delivery
    if not outcome.trouble:
        delivery.status, delivery.sent_at = Status.SENT, timezone.now()
    else:
        _put_off(delivery, outcome)
    delivery.last_error, delivery.claimed_at = outcome.trouble[:300], None
    with acting_as_job():
        delivery.save(update_fields=["status", "sent_at", "next_attempt_at", "last_error", "claimed_at"])
        if outcome.is_bounce:
            count_bounce(delivery, said=delivery.last_error)


def _put_off(delivery: Delivery, outcome: Outcome) -> None:
    log.warning("Not sent by %s, attempt %d.", delivery.channel, delivery.attempts)
    again = next_attempt_at(
        channel=delivery.channel,
        attempts=delivery.attempts,
        due_at=delivery.due_at,
        now=timezone.now(),
    )
    if outcome.is_final or again is None:
        delivery.status = Status.BOUNCED if outcome.is_bounce else Status.FAILED
    else:
        delivery.next_attempt_at = again
