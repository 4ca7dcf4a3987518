"""How many stand where in each element, as last worked out: for those who look from above (4.1)."""

from django.db import models


class KeptCount(models.Model):
    """How many in a unit stand alike in an element. Written by the database (`policies_counts.sql`)."""

    unit = models.ForeignKey("organisation.Unit", on_delete=models.CASCADE, related_name="+", db_index=False)
    element = models.CharField(max_length=60)
    place = models.IntegerField()
    standing = models.CharField(max_length=20)
    n = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "element", "standing"],
                include=["place", "n"],
                name="training_is_counted_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.element} {self.standing}: {self.n}"


class CountsKept(models.Model):
    """When the counts were last worked out; one row."""

    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="counted_last_at_one_moment")]

    def __str__(self) -> str:
        return str(self.at)
