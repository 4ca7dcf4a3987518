"""That somebody has been reminded of what runs out, so that nobody is reminded twice (4.1)."""

from django.db import models
from django.utils import timezone

from tryggmote.training.elements import CODE_LIMIT


class Reminder(models.Model):
    """One person, one element, the day it runs out, and how many days before that they were reminded."""

    person = models.ForeignKey(
        "organisation.Person", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    element = models.CharField(max_length=CODE_LIMIT)
    until = models.DateField()
    days = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "element", "until", "days"], name="one_is_reminded_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)
