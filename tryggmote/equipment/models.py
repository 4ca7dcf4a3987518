"""The register of safety equipment, and every test of it and of measures with an interval (3.5)."""

import secrets

from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.ids import new_id
from tryggmote.equipment.looks import LOOKS, Look
from tryggmote.equipment.rule_sets import ItemType, reason_of, rules_in_force, type_of
from tryggmote.equipment.rules import State, state_of

NAME_LIMIT = 100
PLACE_LIMIT = 200
WORDS_LIMIT = 500
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without those that are taken for one another when a code is typed in."""
CODE_LENGTH = 8


def new_code() -> str:
    """A code for a label. Knowing it opens nothing: the page asks the database as always."""
    return "".join(secrets.choice(CODE_LETTERS) for _place in range(CODE_LENGTH))


class Item(models.Model):
    """One piece of safety equipment. `type`: a code of `rule_data`. `code`: what its label says.

    In a room or a zone of the unit's own premises, or in words (`place`) when it is carried or stands
    elsewhere. `ended_on`: the day it was taken out, at `taken_out_at`; it is kept with its tests. Never
    tested: due from the day it was taken into use.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    type = models.CharField(max_length=40)
    name = models.CharField(max_length=NAME_LIMIT)
    room = models.ForeignKey(
        "premises.Room", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    zone = models.ForeignKey(
        "premises.Zone", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    place = models.CharField(max_length=PLACE_LIMIT, blank=True)
    supplier = models.CharField(max_length=NAME_LIMIT, blank=True)
    serial = models.CharField(max_length=NAME_LIMIT, blank=True)
    interval_months = models.PositiveSmallIntegerField()
    in_use_from = models.DateField()
    ended_on = models.DateField(null=True)
    taken_out_at = models.DateTimeField(null=True)
    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=new_code)
    made_by = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    made_at = models.DateTimeField(default=timezone.now)

    # Derived from the tests by the database (`policies.sql`).
    tested_at = models.DateTimeField(null=True)
    passed_on = models.DateField(null=True)
    is_failing = models.BooleanField(default=False)
    due_on = models.GeneratedField(
        expression=Coalesce(
            Cast(
                F("passed_on")
                + Func(
                    F("interval_months"),
                    function="make_interval",
                    template="%(function)s(months => %(expressions)s)",
                    output_field=models.DurationField(),
                ),
                models.DateField(),
            ),
            F("in_use_from"),
        ),
        output_field=models.DateField(),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(interval_months__range=(1, 60)), name="item_is_tested_within_five_years"
            ),
            models.CheckConstraint(condition=Q(room=None) | Q(zone=None), name="item_is_in_one_place"),
            models.CheckConstraint(
                condition=Q(room__isnull=False) | Q(zone__isnull=False) | ~Q(place=""),
                name="item_is_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("in_use_from")),
                name="item_is_taken_out_after_it_came",
            ),
        ]
        indexes = [
            # The register and what is due in a unit; what stands in a room or zone, also what fails there.
            models.Index(fields=["unit", "due_on"], name="item_of_unit"),
            models.Index(fields=["room"], name="item_in_room", condition=~Q(room=None)),
            models.Index(fields=["zone"], name="item_in_zone", condition=~Q(zone=None)),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("equipment:item", args=[self.id])

    @property
    def test_url(self) -> str:
        """Where a scanned label leads."""
        return reverse("equipment:test", args=[self.code])

    @property
    def kind(self) -> ItemType:
        """Its type. One that no version knows any more is taken for the last of those in force ("other")."""
        return type_of(self.type) or rules_in_force().types[-1]

    @property
    def is_tested_rarely(self) -> bool:
        """Whether more time passes between its tests than is usual for the type."""
        return self.interval_months > self.kind.interval_months

    @property
    def state(self) -> State:
        """How it stands today."""
        return state_of(
            ended_on=self.ended_on, is_failing=self.is_failing, passed_on=self.passed_on,
            due_on=self.due_on, today=timezone.localdate(),
        )  # fmt: skip

    @property
    def look(self) -> Look:
        """How its state is said and shown."""
        return LOOKS[self.state]

    @property
    def where(self) -> str:
        """Where it is, in words. Reads the room and its building: fetch them with the items."""
        if self.room:
            return ", ".join(filter(None, (self.room.name, self.place)))
        if self.zone:
            return ", ".join(filter(None, (self.zone.name, self.place)))
        return self.place

    @property
    def code_in_two(self) -> str:
        """The code as it is printed, easier to type."""
        half = CODE_LENGTH // 2
        return f"{self.code[:half]}-{self.code[half:]}"


class Tested(models.Model):
    """A test and how it went. Added, never changed. `reason`: a code of `rule_data`, "" when it passed."""

    id = models.UUIDField(primary_key=True, default=new_id)
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    passed = models.BooleanField()
    reason = models.CharField(max_length=40, blank=True)
    words = models.CharField(max_length=WORDS_LIMIT, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(passed=True, reason="") | Q(passed=False) & ~Q(reason=""),
                name="%(class)s_says_why_it_failed",
            )
        ]

    @property
    def reason_words(self) -> str:
        """What was wrong, in words; "" when nothing was."""
        return str(reason_of(self.reason) or _("Noe annet er galt")) if self.reason else ""


class ItemTest(Tested):
    """A test of an item. `call_id`: the call for help that was the test; it may be removed before this."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="tests", db_index=False)
    call_id = models.UUIDField(null=True)

    class Meta(Tested.Meta):
        indexes = [models.Index(fields=["item", "-at"], name="test_of_item")]

    def __str__(self) -> str:
        return str(self.id)


class MeasureTest(Tested):
    """A test of a measure that has an interval."""

    measure = models.ForeignKey(
        "controls.Measure", on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta(Tested.Meta):
        indexes = [models.Index(fields=["measure", "-at"], name="test_of_measure")]

    def __str__(self) -> str:
        return str(self.id)


class Responsible(models.Model):
    """Who is asked to test a type of equipment in a unit. Nobody chosen: the unit's leaders."""

    id = models.UUIDField(primary_key=True, default=new_id)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    type = models.CharField(max_length=40)
    person = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    chosen_by = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    chosen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "type"], name="one_is_responsible_for_a_type")]

    def __str__(self) -> str:
        return str(self.id)


class ImportDraft(models.Model):
    """A spreadsheet that somebody wants to take into the register. Gone after use, or after a day."""

    id = models.UUIDField(primary_key=True, default=new_id)
    by = models.ForeignKey("organisation.Person", on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey("organisation.Unit", on_delete=models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=PLACE_LIMIT)
    content = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.id)
