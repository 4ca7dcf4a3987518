"""What a unit asks for itself, which risks training answers, and what must be renewed (4.2, § 23A-2)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from tryggmote.access.ids import new_id
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.training.elements import CODE_LIMIT
from tryggmote.training.vocabulary import Kind

TITLE_LIMIT = 120
TEXT_LIMIT = 1_000
REASON_LIMIT = 500


class LocalElement(models.Model):
    """What the unit, and those below it, ask of all who meet clients there; its id is the element's code.

    `forms` is empty for all meeting forms; `months` null for what does not run out.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=TITLE_LIMIT)
    about = models.TextField(max_length=TEXT_LIMIT, blank=True)
    forms = ArrayField(models.CharField(max_length=20, choices=MeetingForm), default=list, blank=True)
    months = models.PositiveSmallIntegerField(null=True, blank=True)
    before_first_meeting = models.BooleanField(default=False)
    start_days = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(before_first_meeting=False) | Q(start_days=0), name="gate_gives_newcomers_no_days"
            )
        ]

    def __str__(self) -> str:
        return self.title


class RiskLink(models.Model):
    """A leader says that an element prepares for a scenario of the unit's assessments (4.2).

    `lineage`: the scenario through all versions. Links from starter scenarios are in the file of elements.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    element = models.CharField(max_length=CODE_LIMIT)
    lineage = models.UUIDField()
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "element", "lineage"], condition=Q(ended_at=None), name="risk_is_linked_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class Renewal(models.Model):
    """An element must be gone through again: the risk it prepares for has changed (§ 23A-2 second paragraph).

    Made by the database when the assessment is approved (`policies_renewals.sql`). What was learnt before
    `since` counts `within_days` more. A leader may say that it is not needed, and why.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    element = models.CharField(max_length=CODE_LIMIT)
    version_id = models.UUIDField()
    lineage = models.UUIDField()
    since = models.DateField()
    within_days = models.PositiveSmallIntegerField()
    waived_at = models.DateTimeField(null=True)
    waived_by = models.ForeignKey(
        "organisation.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    waived_why = models.TextField(max_length=REASON_LIMIT, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "element", "version_id"], name="version_asks_once"),
            models.CheckConstraint(condition=Q(waived_at=None) | ~Q(waived_why=""), name="waiver_says_why"),
        ]

    def __str__(self) -> str:
        return str(self.id)
