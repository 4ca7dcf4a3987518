"""What is on its way in from a file, and what others call our elements (4.1)."""

from django.db import models
from django.utils import timezone

from tryggmote.access.ids import new_id
from tryggmote.training.elements import CODE_LIMIT

NAME_LIMIT = 200
COURSE_LIMIT = 300


class TrainingFile(models.Model):
    """A file that somebody wants to take completions from. Gone after use, or after a day."""

    id = models.UUIDField(primary_key=True, default=new_id)
    by = models.ForeignKey("organisation.Person", on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey("organisation.Unit", on_delete=models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=NAME_LIMIT)
    content = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.id)


class CourseName(models.Model):
    """What a learning platform or a course provider calls one of our elements.

    `name`: without what people vary (`columns.plain`). `unit`: holds there and below; None for everybody.
    `element` is empty for a course that is none of ours. The latest word counts.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    unit = models.ForeignKey("organisation.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=COURSE_LIMIT)
    element = models.CharField(max_length=CODE_LIMIT, blank=True)
    by = models.ForeignKey(
        "organisation.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"], nulls_distinct=False, name="course_is_named_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
