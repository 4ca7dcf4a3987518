"""What a person has been told. The database shows each only their own notices."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from tryggmote.access.context import SignedInPerson, acting_as_job
from tryggmote.notices import carriers
from tryggmote.notices.bounces import STOP_AFTER
from tryggmote.notices.models import Delivery, EmailTrouble, Notice
from tryggmote.notices.vocabulary import Channel, Trouble

COUNT_UP_TO = 100
LOOKS_BACK = timedelta(days=7)


@dataclass(frozen=True)
class ChannelState:
    """How a channel has done the last seven days.

    `waiting`: for their turn or the end of the quiet hours; `tried_in_vain`: those of them that were tried.
    `failed`: never left; `bounced`: came back; `seen`: read on the screen first. `last_error`: what was said
    last, "" when there was no complaint.
    """

    channel: Channel
    is_set_up: bool
    waiting: int = 0
    tried_in_vain: int = 0
    failed: int = 0
    bounced: int = 0
    seen: int = 0
    sent: int = 0
    last_error: str = ""

    @property
    def is_stuck(self) -> bool:
        """Whether somebody must mend it."""
        return bool(self.tried_in_vain or (self.waiting and not self.is_set_up))

    @property
    def complaint(self) -> str:
        """What was said last, in words where it is a word of ours."""
        return str(Trouble(self.last_error).label) if self.last_error in Trouble.values else self.last_error


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


def outbox_state() -> list[ChannelState]:
    """The state of the outbox as figures; says nothing about who is told what. For administrators."""
    waiting = Q(status=Delivery.Status.WAITING)
    figures = {
        "waiting": waiting,
        "tried_in_vain": waiting & ~Q(last_error=""),
        **{name: Q(status=name) for name in ("failed", "bounced", "seen", "sent")},
    }
    with acting_as_job():
        recent = Delivery.objects.filter(created_at__gte=timezone.now() - LOOKS_BACK)
        counted = recent.values("channel").annotate(
            **{name: Count("id", filter=condition) for name, condition in figures.items()}
        )
        counts = {row[0]: row[1:] for row in counted.order_by().values_list("channel", *figures)}
        errors = recent.exclude(last_error="").order_by("channel", "-id").distinct("channel")
        said = dict(errors.values_list("channel", "last_error"))
    return [
        ChannelState(
            channel,
            carriers.carrier_of(channel).is_set_up(),
            **dict(zip(figures, counts.get(channel, ()), strict=False)),
            last_error=said.get(channel, ""),
        )
        for channel in Channel
        if channel in carriers.channels()
    ]


def addresses_given_up(*, since: datetime | None = None) -> int:
    """How many people's e-mail is not sent, because it came back, last after `since`. For administrators."""
    with acting_as_job():
        stopped = EmailTrouble.objects.filter(bounces__gte=STOP_AFTER, address=F("person__email"))
        return (stopped.filter(last_at__gt=since) if since else stopped).count()
