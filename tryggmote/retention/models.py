"""What was deleted because its time was over: which kind, when and why, never what it was."""

from django.db import models
from django.db.models.functions import Now


class Deletion(models.Model):
    """One incident, injury, content of evidence, file of a certificate, concern or dossier, gone.

    `reason`: the time and the provision it is taken from; `rule_version`: of the times (`incidents/kept`).
    Written by the database as it deletes.
    """

    kind = models.CharField(max_length=20)
    object_id = models.UUIDField()
    deleted_at = models.DateTimeField(db_default=Now())
    reason = models.CharField(max_length=200)
    rule_version = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
