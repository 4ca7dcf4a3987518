"""The read log and the history: who saw what, and who changed what. Both only grow."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import functions


class ReadEntry(models.Model):
    """A person opened a sensitive row. Written in the same transaction as the page is read."""

    person_id = models.IntegerField()
    kind = models.CharField(max_length=40)
    object_id = models.UUIDField()
    read_at = models.DateTimeField(db_default=functions.Now())

    class Meta:
        indexes = [
            models.Index(fields=["kind", "object_id"], name="read_of_object"),
            models.Index(fields=["person_id", "-read_at"], name="read_by_person"),
            BrinIndex(fields=["read_at"], name="read_at_brin"),
        ]


class HistoryEntry(models.Model):
    """A row was made, changed or removed. Written by a trigger (`app.keep_history`), never by the program.

    `changed` holds the names of changed columns; `digest` is the SHA-256 of the row after the change, so
    that personal text can be erased later and the chain still be verified.
    """

    happened_at = models.DateTimeField(db_default=functions.Now())
    person_id = models.IntegerField(null=True)
    table_name = models.CharField(max_length=63)
    row_id = models.CharField(max_length=40)
    act = models.CharField(max_length=6)
    changed = models.JSONField(null=True)
    digest = models.BinaryField()

    class Meta:
        indexes = [
            models.Index(fields=["table_name", "row_id"], name="history_of_row"),
            BrinIndex(fields=["happened_at"], name="history_at_brin"),
        ]


class HistorySeal(models.Model):
    """All entries of the history up to and with `last_entry`, as one SHA-256 made also of the seal before.

    Written by `app.seal_history` only. Whoever has a seal outside, in a dossier, can tell later
    whether the history was changed behind the program's back: `app.broken_seal` finds the first that fails.
    """

    last_entry = models.BigIntegerField(unique=True)
    entries = models.IntegerField()
    digest = models.BinaryField()
    sealed_at = models.DateTimeField(db_default=functions.Now())
