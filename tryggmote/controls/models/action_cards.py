"""What a unit adds to the national action cards, as versions with who wrote and who approved (3.2, 3.3, 3.4).

The same ways as procedures: a draft is written on, a leader puts it in force, and what has been approved is
never changed; another version takes its place (`policies_action_cards.sql`).
"""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from tryggmote.access.ids import new_id

LOCAL_LIMIT = 200
"""Characters in one local line: a card is read at a glance."""
MOST_MINUTES = 600


class CardAddition(models.Model):
    """One version of what a unit adds to a card; those below it have it too, until they have their own.

    `card`: the code of the national card. `revision` rises with each saved change of a draft; `saved_with`:
    the form it was last saved with, so that sending it twice is harmless. `ready_at`: leaders are asked to
    approve.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    card = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    exits = models.CharField(max_length=LOCAL_LIMIT, blank=True)
    assembly_point = models.CharField(max_length=LOCAL_LIMIT, blank=True)
    police_minutes = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MOST_MINUTES)]
    )
    meets_police = models.CharField(max_length=LOCAL_LIMIT, blank=True)
    more = models.CharField(max_length=LOCAL_LIMIT, blank=True)
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    revision = models.PositiveIntegerField(default=1)
    saved_with = models.UUIDField(default=new_id)
    ready_at = models.DateTimeField(null=True)

    # Derived from the approval.
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # Serves the reading of a unit's additions as well.
            models.UniqueConstraint(
                fields=["unit", "card", "number"], name="card_addition_version_numbers_differ"
            ),
            models.UniqueConstraint(
                fields=["unit", "card"], condition=Q(approved_at=None), name="card_addition_has_one_draft"
            ),
            models.CheckConstraint(
                condition=~Q(exits="", assembly_point="", police_minutes=None, meets_police="", more=""),
                name="card_addition_says_something",
            ),
            models.CheckConstraint(
                condition=Q(police_minutes=None) | Q(police_minutes__range=(1, MOST_MINUTES)),
                name="police_come_within_hours",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class CardAdditionApproval(models.Model):
    """A leader of the unit puts a version in force. `revision`: the one that was read."""

    id = models.UUIDField(primary_key=True, default=new_id)
    addition = models.OneToOneField(CardAddition, on_delete=models.PROTECT, related_name="approval")
    revision = models.PositiveIntegerField()
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.id)
