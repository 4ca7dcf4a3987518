"""What an incident asks of its leaders, by when, and what they have done about it (2.4, § 23A-5).

Which steps there are and how long each may take is rule data (`consequence_rules`).
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from tryggmote.access.ids import new_id
from tryggmote.incidents.models.incident import TEXT_LIMIT, Incident
from tryggmote.incidents.vocabulary import Outcome


class Step(models.Model):
    """One thing to be done about one incident, by the leaders of one workforce.

    `level`: the level that asked for it, None for what every report asks for. What is derived is kept by the
    database from the acts (`policies_steps.sql`): `done_at` is None while it is owed.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="steps", db_index=False)
    code = models.CharField(max_length=30)
    workforce = models.ForeignKey(
        "organisation.Workforce", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    level = models.PositiveSmallIntegerField(null=True)
    rule_version = models.CharField(max_length=40)
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()

    # Derived from the acts.
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        "organisation.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)

    # When the next leader was told that the deadline had passed; set by the job alone.
    raised_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "code", "workforce"], name="step_is_asked_once")
        ]
        indexes = [
            models.Index(fields=["workforce", "due_at"], condition=Q(done_at=None), name="step_owed"),
            # What the job that tells the next leader looks through.
            models.Index(fields=["due_at"], condition=Q(done_at=None, raised_at=None), name="step_overdue"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.incident_id}"


class StepTaken(models.Model):
    """A step was taken, declined with a reason, or is asked for again. Added, never changed."""

    id = models.UUIDField(primary_key=True, default=new_id)
    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="acts")
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=12, choices=Outcome)
    note = models.TextField(max_length=TEXT_LIMIT, blank=True)
