"""Who has opened which handbook (requirement 3.6)."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Opening(models.Model):
    """That somebody has opened a unit's book: one row each, so that nobody's reading habits are gathered.

    `opened_at`: the last day's first time. `before_at`: the time before that day, from which changes are new
    to them the whole of it.
    """

    unit = models.ForeignKey("organisation.Unit", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(
        "organisation.Person", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    opened_at = models.DateTimeField(default=timezone.now)
    before_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # Person first: one's own openings, and the evidence that looks for each of those at work.
            models.UniqueConstraint(fields=["person", "unit"], name="opening_of_a_book_is_one_row"),
            models.CheckConstraint(
                condition=Q(before_at=None) | Q(before_at__lt=F("opened_at")),
                name="opening_comes_after_the_one_before",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
