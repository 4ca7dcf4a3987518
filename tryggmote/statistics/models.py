"""How many there were of what, where and when: what is kept when the rows themselves are deleted.

Nobody reads or writes the table directly: the job counts, and pages ask functions of the database
(`policies.sql`).
"""

from django.db import models


class Span(models.TextChoices):
    """How long a count covers, from its first day. A half-year begins in January or July."""

    DAY = "day"
    MONTH = "month"
    HALF = "half"


class Count(models.Model):
    """So many of one measure in one span. `code`: what of the measure, "" for all of it.

    `workforce` and `safety_area`: whose they were, by which a reader's own are told from others'. `people`:
    how many are behind them in the whole span; for what is deleted before it ends, the most on one day.
    """

    span = models.CharField(max_length=5, choices=Span)
    starts_on = models.DateField()
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    workforce = models.ForeignKey(
        "organisation.Workforce", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    safety_area = models.ForeignKey(
        "organisation.SafetyArea", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    measure = models.CharField(max_length=20)
    code = models.CharField(max_length=70)
    n = models.PositiveIntegerField()
    people = models.PositiveIntegerField()

    class Meta:
        constraints = [
            # Serves the reading too: one span, some measures, some units.
            models.UniqueConstraint(
                fields=["span", "measure", "starts_on", "unit", "workforce", "safety_area", "code"],
                nulls_distinct=False,
                name="counted_once",
            )
        ]
