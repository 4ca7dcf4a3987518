"""Calls for help, who was told, and every step of them (requirements 3.2-3.4).

Nobody writes these tables directly: each act is a function of the database (`policies_acts.sql`), because
two programs act on a call, the pages and the alarm program, and neither may be needed for the other.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from tryggmote.assistance.vocabulary import (
    AlarmTrouble,
    Answer,
    ChannelTrouble,
    EventKind,
    Kind,
    Outcome,
    Purpose,
)
from tryggmote.organisation.meeting_forms import MeetingForm

PLACE_LIMIT = 200
DEVICE_LIMIT = 100


class Call(models.Model):
    """Somebody called for help. `id` is made by the page that calls, so that it can be sent for ever.

    `unit` is where it is, whose people come. `ring` is how far it has spread; `next_ring_at` when it spreads
    further unless somebody has said that they are coming. `contact`: who is told first instead of the unit,
    as on a home visit. `device`: the button that raised it, empty for a person's own call; `alarm_system`:
    the system it belongs to. Then the caller is the one responsible for it, and is told as the others are.
    """

    id = models.UUIDField(primary_key=True)
    caller = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    workforce = models.ForeignKey(
        "organisation.Workforce", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    contact = models.ForeignKey(
        "organisation.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    purpose = models.CharField(max_length=10, choices=Purpose)
    kind = models.CharField(max_length=10, choices=Kind, blank=True)
    is_silent = models.BooleanField(default=False)
    form = models.CharField(max_length=20, choices=MeetingForm, blank=True)
    place = models.CharField(max_length=PLACE_LIMIT, blank=True)
    device = models.CharField(max_length=DEVICE_LIMIT, blank=True)
    alarm_system = models.ForeignKey(
        "AlarmSystem", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    raised_at = models.DateTimeField()
    ring = models.PositiveSmallIntegerField(default=1)
    next_ring_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        "organisation.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    # No foreign key: an incident stays where it is, whatever happens to the call it came from.
    incident_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, outcome="")
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(outcome=""),
                name="call_ends_by_somebody_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(next_ring_at=None) | Q(ended_at=None, acknowledged_at=None),
                name="call_spreads_while_unanswered",
            ),
        ]
        indexes = [
            # What watchers look for, and what is open: a handful at any time.
            models.Index(fields=["next_ring_at"], condition=Q(next_ring_at__isnull=False), name="call_due"),
            models.Index(fields=["raised_at"], condition=Q(ended_at=None), name="call_open"),
            # The unit's page and its figures; what the retention job removes.
            models.Index(fields=["unit", "-raised_at"], name="calls_of_unit"),
            models.Index(fields=["caller", "-raised_at"], name="calls_of_caller"),
            models.Index(fields=["workforce", "-raised_at"], name="calls_of_workforce"),
            models.Index(fields=["raised_at"], name="calls_by_age"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def get_absolute_url(self) -> str:
        return reverse("assistance:call", args=[self.id])

    @property
    def is_open(self) -> bool:
        """Whether it still needs somebody."""
        return self.ended_at is None


class Recipient(models.Model):
    """Somebody who was told of a call: when, whether it reached a screen or a phone, and what they said.

    `reached_at`: one of their screens has shown it and said so. `pushed_at`: a push service took it on.
    `outside_at`: a text message, Teams or e-mail went out.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="recipients", db_index=False)
    person = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    ring = models.PositiveSmallIntegerField()
    told_at = models.DateTimeField()
    reached_at = models.DateTimeField(null=True)
    pushed_at = models.DateTimeField(null=True)
    outside_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "person"], name="call_is_told_once")]
        # What one person's screens show when they open.
        indexes = [models.Index(fields=["person"], name="calls_of_recipient")]


class CallEvent(models.Model):
    """One step, numbered in the order in which the steps were committed (`app.number_event`)."""

    number = models.BigIntegerField(primary_key=True)
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=12, choices=EventKind)
    person = models.ForeignKey(
        "organisation.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    # How many more were told at a ring; nothing else.
    count = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()


class Responder(models.Model):
    """One of those a unit tells first, on these weekdays (1 Monday to 7 Sunday). Without any: all."""

    unit = models.ForeignKey("organisation.Unit", on_delete=models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    weekdays = ArrayField(models.PositiveSmallIntegerField())
    chosen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "person"], name="responder_is_chosen_once")]


class UsualPlace(models.Model):
    """Where somebody usually sits, for calls outside a planned meeting. Nobody else sees it."""

    person = models.OneToOneField("organisation.Person", primary_key=True, on_delete=models.CASCADE)
    place = models.CharField(max_length=PLACE_LIMIT)


class PushSubscription(models.Model):
    """A browser that may be woken when its owner is told of a call. The address is a secret of the two."""

    person = models.ForeignKey("organisation.Person", on_delete=models.CASCADE, related_name="+")
    endpoint = models.CharField(max_length=1_000, unique=True)
    p256dh = models.CharField(max_length=200)
    auth = models.CharField(max_length=100)
    made_at = models.DateTimeField(default=timezone.now)


class AlarmSystem(models.Model):
    """Physical alarms that raise calls here and are told of them, by signed messages (requirements 3.2, 3.5).

    `responsible`: in whose name its calls are. `secret`: signs both ways; only the worker's role reads it.
    `address`: where calls are told, empty for one that only raises. `last_trouble`: why the last message did
    not arrive, empty once one does.
    """

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=DEVICE_LIMIT)
    responsible = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    secret = models.CharField(max_length=64)
    address = models.CharField(max_length=500, blank=True)
    made_by = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    last_heard_at = models.DateTimeField(null=True)
    last_told_at = models.DateTimeField(null=True)
    last_trouble = models.CharField(max_length=10, choices=AlarmTrouble, blank=True)

    def __str__(self) -> str:
        return self.name


class UnitChannel(models.Model):
    """Where a unit is told of calls outside Tryggmøte, such as a channel in Teams (requirements 3.2-3.4).

    `address`: an Apprise address, sealed (`channels.seal`): whoever has it can write in the channel. Only
    the worker's role reads it. `service`: what it leads to, in words. `last_trouble`: as in `AlarmSystem`.
    `tells_news`: on working days it says how much is new for the unit (`channel_news.py`).
    """

    unit = models.OneToOneField(
        "organisation.Unit", primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(max_length=DEVICE_LIMIT)
    service = models.CharField(max_length=60)
    address = models.TextField()
    tells_news = models.BooleanField(default=False, db_default=False)
    made_by = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    made_at = models.DateTimeField(default=timezone.now)
    last_told_at = models.DateTimeField(null=True)
    last_trouble = models.CharField(max_length=10, choices=ChannelTrouble, blank=True)

    def __str__(self) -> str:
        return self.name
