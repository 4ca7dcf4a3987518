"""What somebody has learnt, practised or exercised. How long it counts is worked out, never stored (4.1)."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from tryggmote.access.ids import new_id
from tryggmote.training.elements import CODE_LIMIT
from tryggmote.training.vocabulary import Source


class Completion(models.Model):
    """One person has done one element on one day. `subject_id`: the session, exercise or certificate it was.

    `element`: a code of the file, or the id of a `LocalElement`. Never changed; withdrawn when it was wrong.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    element = models.CharField(max_length=CODE_LIMIT)
    done_on = models.DateField()
    source = models.CharField(max_length=20, choices=Source)
    subject_id = models.UUIDField(null=True)
    by = models.ForeignKey(
        "organisation.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        "organisation.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "element", "done_on", "source", "subject_id"],
                condition=Q(withdrawn_at=None),
                nulls_distinct=False,
                name="completion_is_known_once",
            ),
        ]
        # The latest of each element: what every standing asks for.
        indexes = [
            models.Index(
                fields=["person", "element", "-done_on"],
                condition=Q(withdrawn_at=None),
                name="completion_latest",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)
