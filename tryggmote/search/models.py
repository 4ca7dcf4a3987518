"""What can be found of the rows of the capabilities (ADR 0049). Kept and read by the database itself."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class Entry(models.Model):
    """The words of one row, and for whom it may be worth looking it up.

    `kind`: as it is registered in `registry.py`; `subject_id`: of the row, whichever type its key has.
    `title`: without case and accents. `unit_id`, `is_open` and `people` only narrow what is looked up:
    who sees the row is said by its own policies. No foreign key: it is a copy, and goes with the row.
    """

    kind = models.CharField(max_length=20)
    subject_id = models.CharField(max_length=36)
    unit_id = models.BigIntegerField(null=True)
    is_open = models.BooleanField()
    people = ArrayField(models.BigIntegerField(), default=list)
    title = models.TextField()
    words = SearchVectorField()

    class Meta:
        verbose_name_plural = "entries"
        constraints = [models.UniqueConstraint(fields=["kind", "subject_id"], name="entry_is_of_one_row")]
        indexes = [
            GinIndex(fields=["words"], name="entry_words"),
            GinIndex(fields=["title"], opclasses=["gin_trgm_ops"], name="entry_title"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"
