"""Reports that belong together: of the same event by several people, and of what came later (2.4, § 23A-5).

Each stays a report of its own, with its own words, reporter and answer. A link shows nobody a report they
could not read before (`policies_together.sql`, ADR 0028).
"""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from tryggmote.access.ids import new_id


class SameEvent(models.Model):
    """A leader says that `incident` tells of the same event as `event`, the report the others gather round.

    The latest judgement counts: one that was undone stays as a row, with `undone_at`.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    incident = models.ForeignKey("incidents.Incident", on_delete=models.CASCADE, related_name="+")
    event = models.ForeignKey("incidents.Incident", on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    # Derived from the undoing.
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(incident=F("event")), name="same_event_is_of_two_reports"),
            models.UniqueConstraint(
                fields=["incident"], condition=Q(undone_at=None), name="report_is_of_one_event"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class SameEventUndone(models.Model):
    """A leader says that the two were not the same event after all."""

    id = models.UUIDField(primary_key=True, default=new_id)
    link = models.OneToOneField(SameEvent, on_delete=models.CASCADE, related_name="undoing")
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.id)


class LaterReport(models.Model):
    """`incident` tells what came after `earlier`: harm that shows weeks or months later (§ 23A-5)."""

    incident = models.OneToOneField("incidents.Incident", on_delete=models.CASCADE, related_name="+")
    earlier = models.ForeignKey("incidents.Incident", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(incident=F("earlier")), name="later_report_is_another_report")
        ]

    def __str__(self) -> str:
        return str(self.incident_id)
