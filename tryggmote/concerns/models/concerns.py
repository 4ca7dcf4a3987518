"""A concern, who was sent it, what was answered, and whether that settles it.

It tells a situation, never a named client. All times are the database's (`policies.sql`).
"""

from django.db import models
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.ids import new_id
from tryggmote.concerns.models.limits import TEXT_LIMIT
from tryggmote.concerns.rules import state_of
from tryggmote.concerns.vocabulary import Capacity, Outcome, Reason, State


class Concern(models.Model):
    """`may_be_shared`: whether those it was sent to may let the other one read it, the leader or the
    representative. `due_at`, `answered_at`, `passed_on_at` and `is_settled` are derived by the database.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    workforce = models.ForeignKey("organisation.Workforce", on_delete=models.PROTECT, related_name="+")
    safety_area = models.ForeignKey(
        "organisation.SafetyArea", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    writer = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=TEXT_LIMIT)
    may_be_shared = models.BooleanField()
    at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    passed_on_at = models.DateTimeField(null=True)
    is_settled = models.BooleanField(null=True)

    class Meta:
        indexes = [
            # What the job and "Now" ask for: the few that wait.
            models.Index(fields=["due_at"], condition=models.Q(answered_at=None), name="concern_waits"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def get_absolute_url(self) -> str:
        return reverse("concerns:concern", args=[self.id])

    @property
    def state(self) -> State:
        """Where it stands now."""
        return state_of(
            due_at=self.due_at,
            is_answered=self.answered_at is not None,
            is_settled=bool(self.is_settled),
            now=timezone.now(),
        )


class Recipient(models.Model):
    """Somebody who was sent the concern, in a capacity they held then; and why."""

    id = models.UUIDField(primary_key=True, default=new_id)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="recipients", db_index=False)
    person = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=20, choices=Capacity)
    reason = models.CharField(max_length=20, choices=Reason)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["concern", "person"], name="concern_is_sent_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Answer(models.Model):
    """What one who was sent the concern answered. `hazard`: what a leader raised of it in the inbox."""

    id = models.UUIDField(primary_key=True, default=new_id)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="answers")
    outcome = models.CharField(max_length=20, choices=Outcome)
    text = models.TextField(max_length=TEXT_LIMIT)
    hazard = models.ForeignKey(
        "risk.Hazard", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome=Outcome.HAZARD, hazard__isnull=False)
                | (~models.Q(outcome=Outcome.HAZARD) & models.Q(hazard=None)),
                name="concern_answer_names_its_hazard",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Verdict(models.Model):
    """Whether the writer is content with the answer: said once."""

    id = models.UUIDField(primary_key=True, default=new_id)
    concern = models.OneToOneField(Concern, on_delete=models.PROTECT, related_name="verdict")
    settles = models.BooleanField()
    text = models.TextField(max_length=TEXT_LIMIT, blank=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.id)
