"""Which guides each person has put away."""

from django.db import models
from django.utils import timezone


class PutAway(models.Model):
    """Somebody has read a guide and put it away from "Now". `guide`: its code (`contents.py`)."""

    person = models.ForeignKey(
        "organisation.Person", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    guide = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "guide"], name="a_guide_is_put_away_once_by_each")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.guide}"
