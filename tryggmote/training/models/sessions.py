"""Sessions in which people learn something together: who comes, who came (4.1).

Who has a place is never stored: the first of those signed up, as many as there is room for. So the next one
has a place at the moment somebody withdraws.
"""

import secrets

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggmote.access.ids import new_id
from tryggmote.training.elements import CODE_LIMIT

PLACE_LIMIT = 120
VIDEO_LIMIT = 500
TEXT_LIMIT = 2_000
CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 6
MOST_PLACES = 500


def new_code() -> str:
    """What stands on the wall: no letters or numbers that are taken for each other."""
    return "".join(secrets.choice(CODE_LETTERS) for _each in range(CODE_LENGTH))


class Session(models.Model):
    """A session of a unit. `open_to`: the unit whose people, and those below it, may sign up.

    `led_by`: who holds it and records who came. `finished_at`: when that was done.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    open_to = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    elements = ArrayField(models.CharField(max_length=CODE_LIMIT))
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=PLACE_LIMIT, blank=True)
    video = models.URLField(max_length=VIDEO_LIMIT, blank=True)
    text = models.TextField(max_length=TEXT_LIMIT, blank=True)
    capacity = models.PositiveSmallIntegerField()
    led_by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=CODE_LENGTH, default=new_code)
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    cancelled_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=~Q(place="") | ~Q(video=""), name="session_is_somewhere"),
            models.CheckConstraint(
                condition=Q(capacity__range=(1, MOST_PLACES)), name="session_has_room_for_somebody"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def get_absolute_url(self) -> str:
        return reverse("training:session", args=[self.id])

    @property
    def has_started(self) -> bool:
        """From then on nobody signs up or withdraws."""
        return self.starts_at <= timezone.now()

    @property
    def has_ended(self) -> bool:
        """From then on whoever leads it says who came."""
        return self.ends_at <= timezone.now()


class SignUp(models.Model):
    """Somebody wants to come, signed up by themselves, a leader of theirs, or the system after an absence."""

    id = models.UUIDField(primary_key=True, default=new_id)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="sign_ups")
    person = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        "organisation.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"], condition=Q(withdrawn_at=None), name="signed_up_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class AttendanceWay(models.TextChoices):
    """How we know that somebody was there."""

    LIST = "list", _("Krysset av")
    CODE = "code", _("Koden på veggen")


class Attendance(models.Model):
    """Somebody was there. Makes their completions (`policies_sessions.sql`); undone when it was wrong.

    `at`: when, which is before now for what waited on a phone. `code`: what they typed.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendances")
    person = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=10, choices=AttendanceWay)
    code = models.CharField(max_length=CODE_LENGTH, blank=True)
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        "organisation.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"], condition=Q(undone_at=None), name="attended_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class CalendarAddress(models.Model):
    """The secret address a calendar program reads one's sessions from; only its digest is kept."""

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at=None), name="one_calendar_address_each"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)
