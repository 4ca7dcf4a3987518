"""A unit's plan of training for a year: what, when, for how many and why; who was heard and approved (4.1).

An approved plan is never changed: another edition is written. The database keeps to that, and derives when an
edition was approved (`policies_plans.sql`).
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.ids import new_id
from tryggmote.residual.vocabulary import OWN_ANSWERS, Heard
from tryggmote.training.elements import CODE_LIMIT
from tryggmote.training.plan_vocabulary import Cause, Way

TEXT_LIMIT = 2_000
WORDS_LIMIT = 300


class Plan(models.Model):
    """One edition of a unit's plan for a year. While it is a draft `revision` rises with each change.

    `reason`: why another edition was needed; "" for the first. `asked_ids`: the safety representatives who
    were asked what they think.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    reason = models.TextField(max_length=TEXT_LIMIT, blank=True)
    asked_ids = ArrayField(models.IntegerField(), default=list)
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    revision = models.PositiveIntegerField(default=1)

    # Derived from the approval.
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "number"], name="plan_editions_differ"),
            models.UniqueConstraint(
                fields=["unit", "year"], condition=Q(approved_at=None), name="plan_has_one_draft"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def get_absolute_url(self) -> str:
        return f"{reverse('training:plan', args=[self.unit_id])}?aar={self.year}"


class PlanItem(models.Model):
    """One thing in the plan: an element, the month, for how many, why, and how it is held.

    `words`: what a leader wrote of it. Removed, not deleted; what a gap asks for with a reason.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="items")
    element = models.CharField(max_length=CODE_LIMIT)
    month = models.PositiveSmallIntegerField()
    people = models.PositiveIntegerField()
    cause = models.CharField(max_length=10, choices=Cause)
    way = models.CharField(max_length=10, choices=Way)
    words = models.TextField(max_length=WORDS_LIMIT, blank=True)
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True)
    removed_why = models.TextField(max_length=WORDS_LIMIT, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(month__range=(1, 12)), name="plan_item_has_a_month"),
            models.CheckConstraint(condition=Q(people__gt=0), name="plan_item_is_for_somebody"),
            models.CheckConstraint(
                condition=Q(removed_at=None) | Q(cause=Cause.OWN) | ~Q(removed_why=""),
                name="removing_what_a_gap_asks_says_why",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class PlanHearing(models.Model):
    """What a safety representative says of a draft, or what a leader records of why they did not (AML § 6-2).

    `person`: the representative; None when nobody is elected. `revision`: the draft as it was read.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="hearings")
    person = models.ForeignKey(
        "organisation.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    answer = models.CharField(max_length=20, choices=Heard)
    words = models.TextField(max_length=TEXT_LIMIT, blank=True)
    revision = models.PositiveIntegerField()
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(answer=Heard.NOBODY), name="plan_hearing_is_of_somebody"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_own(self) -> bool:
        """Whether the representative said it themselves."""
        return self.answer in OWN_ANSWERS


class PlanApproval(models.Model):
    """A leader of the unit puts the edition in force. `revision`: the one that was read."""

    id = models.UUIDField(primary_key=True, default=new_id)
    plan = models.OneToOneField(Plan, on_delete=models.PROTECT, related_name="approval")
    revision = models.PositiveIntegerField()
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.id)
