"""Requests for expert help: what was asked, when it was answered, and what came of it (1.2, AML §§ 3-2, 3-3).

What is asked is about a situation or a place, never about a person.
"""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.ids import new_id
from tryggmote.expertise.rules import state_on
from tryggmote.expertise.vocabulary import Kind, State, words_of_expert

WHOM_LIMIT = 120
TEXT_LIMIT = 4_000
REASON_LIMIT = 500


class ExpertRequest(models.Model):
    """One question to one kind of expert. `whom`: who it is when `kind` does not say.

    `answered_at` is derived from the answer by the database. Nothing asked is changed; it can be withdrawn.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=30, choices=Kind)
    whom = models.CharField(max_length=WHOM_LIMIT, blank=True)
    question = models.TextField(max_length=TEXT_LIMIT)
    assessment = models.ForeignKey(
        "risk.Assessment", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    hazard = models.ForeignKey(
        "risk.Hazard", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    wanted_by = models.DateField()
    asked_by = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.TextField(max_length=REASON_LIMIT, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(kind=Kind.OTHER) | ~Q(whom=""), name="expert_is_named"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_why=""), name="withdrawn_request_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-asked_at"], name="expert_request_of_unit"),
            # What "Now" and the evidence ask for: the few that wait.
            models.Index(
                fields=["unit", "wanted_by"],
                condition=Q(answered_at=None, withdrawn_at=None),
                name="expert_request_waits",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def get_absolute_url(self) -> str:
        return reverse("expertise:request", args=[self.id])

    @property
    def expert(self) -> str:
        """Who is asked, in words."""
        return words_of_expert(self.kind, self.whom)

    @property
    def state(self) -> State:
        """Where it stands today."""
        return state_on(
            timezone.localdate(),
            wanted_by=self.wanted_by,
            is_answered=self.answered_at is not None,
            is_withdrawn=self.withdrawn_at is not None,
        )

    @property
    def is_open(self) -> bool:
        """Whether an answer is still wanted."""
        return self.state in (State.WAITING, State.LATE)


class ExpertAnswer(models.Model):
    """What was answered, and on which day. `is_own`: the expert wrote it here; else a leader recorded it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    request = models.OneToOneField(ExpertRequest, on_delete=models.PROTECT, related_name="answer")
    text = models.TextField(max_length=TEXT_LIMIT)
    answered_on = models.DateField()
    is_own = models.BooleanField()
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.id)


class UsedIn(models.Model):
    """A leader says in which assessment the answer was used."""

    id = models.UUIDField(primary_key=True, default=new_id)
    request = models.ForeignKey(ExpertRequest, on_delete=models.PROTECT, related_name="uses", db_index=False)
    assessment = models.ForeignKey(
        "risk.Assessment", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "assessment"], name="answer_is_used_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)
