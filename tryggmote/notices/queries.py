"""What a person has been told. The database shows each only their own notices."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from tryggmote.access.context import SignedInPerson, acting_as_job
from tryggmote.notices.models import Delivery, Notice

COUNT_UP_TO = 100


LOOKS_BACK = timedelta(days=7)


@dataclass(frozen=True)
class OutboxState:
    """How e-mail has gone the last seven days.

    `tried_in_vain`: how many of the waiting have been tried. `failed`: how many never left. `last_error`:
    what the mail server said last, "" when it has not complained.
    """

    waiting: int
    tried_in_vain: int
    failed: int
    sent: int
    last_error: str


def unseen_count(person: SignedInPerson) -> int:
    """How many notices the person has not seen, counted no further than to a hundred."""
    # On every page: in plain SQL it costs half of what it does to have the question put together.
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from (select from notices_notice where seen_at is null limit %s) unseen",
            [COUNT_UP_TO],
        )
        return int(cursor.fetchone()[0])


def notices() -> QuerySet[Notice]:
    """All the person has been told, newest first."""
    return Notice.objects.order_by("-created_at", "-id")


def outbox_state() -> OutboxState:
    """The state of the outbox as figures; says nothing about who is told what. For administrators."""
    waiting = Q(status=Delivery.Status.WAITING)
    with acting_as_job():
        recent = Delivery.objects.filter(created_at__gte=timezone.now() - LOOKS_BACK)
        counts = recent.aggregate(
            waiting=Count("id", filter=waiting),
            tried_in_vain=Count("id", filter=waiting & Q(attempts__gt=0)),
            failed=Count("id", filter=Q(status=Delivery.Status.FAILED)),
            sent=Count("id", filter=Q(status=Delivery.Status.SENT)),
        )
        errors = recent.exclude(last_error="").order_by("-id")
        return OutboxState(**counts, last_error=errors.values_list("last_error", flat=True).first() or "")
