"""Notices: what somebody has been told, when they saw it, and how it left the house."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggmote.access.ids import new_id
from tryggmote.notices.registry import kind_of


class Notice(models.Model):
    """One person told about one matter. `context` holds the words' variables and never free text."""

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

    class Meta:
        indexes = [
            # The list of a person's notices, newest first.
            models.Index(fields=["person", "-created_at"], name="notices_of_person"),
            # The figure on the bell, on every page.
            models.Index(fields=["person"], condition=models.Q(seen_at=None), name="notices_unseen"),
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
    """A notice on its way out through a channel: the outbox. Anything that is not sent says why."""

    class Channel(models.TextChoices):
        EMAIL = "email", _("e-post")

    class Status(models.TextChoices):
        WAITING = "waiting", _("venter")
        SENT = "sent", _("sendt")
        FAILED = "failed", _("ikke sendt")

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.EMAIL)
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            # What the outbox takes next.
            models.Index(
                fields=["next_attempt_at"], condition=models.Q(status="waiting"), name="deliveries_waiting"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], name="one_delivery_a_channel"),
        ]
