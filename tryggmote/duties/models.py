"""The ledger: what each person owes and has owed, kept by the database from what the views of all kinds say.

A row comes when somebody begins to owe something and ends when they no longer do; nobody writes one by hand.
"Now" reads the views themselves, so a person never sees a row that is out of step with the thing.
"""

from datetime import date

from django.db import models
from django.utils import timezone

from tryggmote.access.ids import new_id
from tryggmote.duties.kinds import kinds
from tryggmote.duties.rules import last_day


class Reminded(models.IntegerChoices):
    """How far a person has been reminded of a deadline."""

    NOT_YET = 0
    SOON = 1
    TODAY = 2
    LATE = 3


class Entry(models.Model):
    """One thing one person owes, or owed until `ended_at`.

    `kind`, `subject`: as in the view of the kind. `came_from`: who owed it until this person did, because
    they left or somebody else has the role now.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    person = models.ForeignKey(
        "organisation.Person", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    unit = models.ForeignKey(
        "organisation.Unit", null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    due_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    came_from = models.ForeignKey(
        "organisation.Person", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    reminded = models.PositiveSmallIntegerField(choices=Reminded, default=Reminded.NOT_YET)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "subject"],
                condition=models.Q(ended_at=None),
                name="a_thing_is_owed_once",
            )
        ]
        indexes = [
            # What is to be reminded of or taken further, nearest deadline first.
            models.Index(
                fields=["due_at"], condition=models.Q(ended_at=None), name="duties_open_by_deadline"
            ),
            # What is old enough to be forgotten.
            models.Index(
                fields=["ended_at"], condition=models.Q(ended_at__isnull=False), name="duties_ended"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"

    @property
    def called(self) -> str:
        """What it is about, in words that say nothing about anybody."""
        return str(kinds()[self.kind].called)

    @property
    def due_day(self) -> date | None:
        """The day by whose end it is due, where it is not due at a moment."""
        return last_day(self.due_at) if self.due_at else None


class Handing(models.Model):
    """Somebody has asked another to do one thing for them. It ends with the thing, or when it is taken back.

    `by` is null where the person who owes it has left and those who lead the unit do it instead.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="handings", db_index=False)
    to_person = models.ForeignKey("organisation.Person", on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(
        "organisation.Person", null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    at = models.DateTimeField(default=timezone.now)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "to_person"],
                condition=models.Q(taken_back_at=None),
                name="a_thing_is_handed_once_to_each",
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.to_person_id}"


class Escalation(models.Model):
    """A leader above has been told that something is late; once each for one thing."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="escalations", db_index=False)
    to_person = models.ForeignKey("organisation.Person", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "to_person"], name="a_leader_is_told_once_of_a_thing")
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.to_person_id}"
