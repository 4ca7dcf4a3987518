"""Notices: what somebody has been told, when they saw it, and how it left the house."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggmote.access.ids import new_id
from tryggmote.notices.quiet import QuietHours
from tryggmote.notices.registry import kind_of
from tryggmote.notices.rules import Choice
from tryggmote.notices.vocabulary import Channel, Group, Pace
from tryggmote.organisation.models import Person


class Digest(models.Model):
    """What is told together on a morning: to one person, or to the channel of one unit."""

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.ForeignKey(
        "organisation.Person", null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    unit = models.ForeignKey(
        "organisation.Unit", null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "person"], name="one_digest_a_day"),
            models.UniqueConstraint(fields=["day", "unit"], name="one_digest_of_a_unit_a_day"),
            models.CheckConstraint(
                condition=Q(person=None, unit__isnull=False) | Q(person__isnull=False, unit=None),
                name="digest_is_for_a_person_or_a_unit",
            ),
        ]


class Notice(models.Model):
    """One person told about one matter. `context` holds the words' variables and never free text.

    `waits_for_digest`: it is told with the others in the morning; `digest`: the one it was told in.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.ForeignKey(
        "organisation.Person", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    url = models.CharField(max_length=300)
    context = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True)
    waits_for_digest = models.BooleanField(default=False, db_default=False)
    digest = models.ForeignKey(Digest, null=True, on_delete=models.SET_NULL, related_name="notices")

    class Meta:
        indexes = [
            # The list of a person's notices, newest first.
            models.Index(fields=["person", "-created_at"], name="notices_of_person"),
            # The figure on the bell, on every page.
            models.Index(fields=["person"], condition=models.Q(seen_at=None), name="notices_unseen"),
            # What the next digests gather.
            models.Index(
                fields=["person"],
                condition=Q(waits_for_digest=True, digest=None, seen_at=None),
                name="notices_for_digest",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_id", "kind", "person"],
                condition=models.Q(seen_at=None),
                name="one_unseen_notice_a_matter",
            )
        ]

    @property
    def title(self) -> str:
        """The title in the language in force."""
        return kind_of(self.kind).title_for(self.context)

    @property
    def body(self) -> str:
        """The sentence below the title in the language in force."""
        return kind_of(self.kind).body_for(self.context)


class Delivery(models.Model):
    """A notice, or a digest of several, on its way out through a channel: the outbox.

    Anything that is not sent says why. `due_at`: when it was first to leave, after the quiet hours.
    `claimed_at`: a worker has it in hand, or died with it.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("venter")
        SENT = "sent", _("sendt")
        SEEN = "seen", _("sett før den ble sendt")
        FAILED = "failed", _("ikke sendt")
        BOUNCED = "bounced", _("kom i retur")

    notice = models.ForeignKey(Notice, null=True, on_delete=models.CASCADE, related_name="deliveries")
    digest = models.ForeignKey(Digest, null=True, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.EMAIL)
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now, db_default=Now())
    next_attempt_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            # What the outbox takes next.
            models.Index(
                fields=["channel", "next_attempt_at"],
                condition=models.Q(status="waiting"),
                name="deliveries_due",
            ),
            # How it has gone lately, for administrators.
            models.Index(fields=["created_at"], name="deliveries_by_age"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], name="one_delivery_a_channel"),
            models.UniqueConstraint(fields=["digest", "channel"], name="one_delivery_of_a_digest"),
            models.CheckConstraint(
                condition=Q(notice=None, digest__isnull=False) | Q(notice__isnull=False, digest=None),
                name="delivery_is_of_a_notice_or_a_digest",
            ),
        ]

    @property
    def of_notice(self) -> Notice:
        """The notice, of a delivery that is known to be of one."""
        if self.notice is None:
            raise ValueError(f"Delivery {self.pk} is of a digest.")
        return self.notice

    @property
    def of_digest(self) -> Digest:
        """The digest, of a delivery that is known to be of one."""
        if self.digest is None:
            raise ValueError(f"Delivery {self.pk} is of a notice.")
        return self.digest

    @property
    def person(self) -> Person:
        """Who gets it. Raises ValueError for what goes to a unit's channel."""
        person = self.notice.person if self.notice else self.of_digest.person
        if person is None:
            raise ValueError(f"Delivery {self.pk} is for a unit.")
        return person


class QuietChoice(models.Model):
    """When one's phone is quiet, where somebody has chosen otherwise than most (`QuietHours`)."""

    person = models.OneToOneField(
        "organisation.Person", primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    starts = models.PositiveSmallIntegerField()
    ends = models.PositiveSmallIntegerField()
    days_off = models.BooleanField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(starts__lte=23, ends__lte=23), name="quiet_hours_are_of_the_clock"
            )
        ]

    @property
    def hours(self) -> QuietHours:
        """As the rule reads them."""
        return QuietHours(self.starts, self.ends, self.days_off)


class GroupChoice(models.Model):
    """How somebody wants to hear of one group of notices, where it is not as it comes."""

    person = models.ForeignKey(
        "organisation.Person", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    group = models.CharField(max_length=12, choices=Group)
    pace = models.CharField(max_length=8, choices=Pace)
    channels = ArrayField(models.CharField(max_length=10, choices=Channel))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "group"], name="one_choice_of_a_group")]

    @property
    def choice(self) -> Choice:
        """As the rule reads it."""
        return Choice(Pace(self.pace), frozenset(Channel(channel) for channel in self.channels))


class TextNumber(models.Model):
    """A number somebody wants text messages at, instead of the employer's. Confirmed by a code sent to it."""

    person = models.OneToOneField(
        "organisation.Person", primary_key=True, on_delete=models.CASCADE, related_name="textnumber"
    )
    number = models.CharField(max_length=20)
    asked_at = models.DateTimeField(default=timezone.now)
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)


class EmailTrouble(models.Model):
    """E-mail to this address has come back. After some times nothing is sent there (`bounces.STOP_AFTER`)."""

    person = models.OneToOneField(
        "organisation.Person", primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    address = models.EmailField()
    bounces = models.PositiveSmallIntegerField(default=0)
    last_said = models.CharField(max_length=300)
    last_at = models.DateTimeField(default=timezone.now)
