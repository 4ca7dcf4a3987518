"""What a safety representative demands of the employer, with its times (AML § 6-2 (3))."""

from django.db import models
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.ids import new_id
from tryggmote.concerns.models.limits import TEXT_LIMIT
from tryggmote.concerns.rules import demand_state
from tryggmote.concerns.vocabulary import Body, DemandState


class Demand(models.Model):
    """`due_at`, `answered_at` and `taken_further_at` are derived by the database."""

    id = models.UUIDField(primary_key=True, default=new_id)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    danger = models.TextField(max_length=TEXT_LIMIT)
    wanted = models.TextField(max_length=TEXT_LIMIT)
    at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    taken_further_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "-at"], name="demand_of_unit")]

    def __str__(self) -> str:
        return str(self.id)

    def get_absolute_url(self) -> str:
        return reverse("concerns:demand", args=[self.id])

    @property
    def state(self) -> DemandState:
        """Where it stands now."""
        return demand_state(
            due_at=self.due_at,
            is_answered=self.answered_at is not None,
            is_taken_further=self.taken_further_at is not None,
            now=timezone.now(),
        )


class DemandAnswer(models.Model):
    """The employer's answer: one, by a leader of the unit."""

    id = models.UUIDField(primary_key=True, default=new_id)
    demand = models.OneToOneField(Demand, on_delete=models.PROTECT, related_name="answer")
    text = models.TextField(max_length=TEXT_LIMIT)
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.id)


class TakenFurther(models.Model):
    """A representative has reported the demand to the committee or the Labour Inspectorate."""

    id = models.UUIDField(primary_key=True, default=new_id)
    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="taken_further", db_index=False)
    body = models.CharField(max_length=20, choices=Body)
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["demand", "body"], name="demand_goes_to_each_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)
