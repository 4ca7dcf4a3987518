"""Dangerous work that a safety representative has stopped, with its times (AML § 6-3).

What, where and since when is for all who work there; why is for those who lead or represent the unit, and
so stands in a row of its own.
"""

from django.db import models
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.ids import new_id
from tryggmote.concerns.models.limits import LINE_LIMIT, TEXT_LIMIT
from tryggmote.concerns.rules import stop_state
from tryggmote.concerns.vocabulary import Deed, StopState


class Stop(models.Model):
    """`latest`, the last deed, and `ended_at` are derived by the database."""

    id = models.UUIDField(primary_key=True, default=new_id)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    work = models.CharField(max_length=LINE_LIMIT)
    place = models.CharField(max_length=LINE_LIMIT)
    at = models.DateTimeField(default=timezone.now)
    latest = models.CharField(max_length=20, choices=Deed, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["unit", "-at"], name="stop_of_unit"),
            models.Index(fields=["unit"], condition=models.Q(ended_at=None), name="stop_in_force"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def get_absolute_url(self) -> str:
        return reverse("concerns:stop", args=[self.id])

    @property
    def state(self) -> StopState:
        """Where it stands now."""
        return stop_state(latest=self.latest, is_ended=self.ended_at is not None)


class StopReason(models.Model):
    """Why the danger is immediate, and why it cannot be averted otherwise."""

    id = models.UUIDField(primary_key=True, default=new_id)
    stop = models.OneToOneField(Stop, on_delete=models.PROTECT, related_name="reason")
    danger = models.TextField(max_length=TEXT_LIMIT)
    not_averted = models.TextField(max_length=TEXT_LIMIT)

    def __str__(self) -> str:
        return str(self.id)


class StopAct(models.Model):
    """What the employer, the representative or the Labour Inspectorate did about it. It only grows."""

    id = models.UUIDField(primary_key=True, default=new_id)
    stop = models.ForeignKey(Stop, on_delete=models.PROTECT, related_name="acts")
    deed = models.CharField(max_length=20, choices=Deed)
    text = models.TextField(max_length=TEXT_LIMIT, blank=True)
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.id)
