"""Exceptions: somebody is away for a time, or meets clients untrained because a leader said so (4.1)."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from tryggmote.access.ids import new_id

REASON_LIMIT = 500


class Absence(models.Model):
    """Leave: nothing is asked while it lasts. Why is nobody's business here."""

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="absence_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class Override(models.Model):
    """A leader lets somebody untrained meet clients: why, and until when. A finding in 4.1."""

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(max_length=REASON_LIMIT)
    starts_on = models.DateField()
    until = models.DateField()
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("starts_on")) & ~Q(reason=""),
                name="override_is_limited_and_says_why",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)
