"""Residual risk: what cannot be done, why, and what is done instead, as versions with who approved (3.0).

A record lives on; what is written, heard on and approved is one of its versions. An approved version is never
changed: the database refuses it (`policies.sql`), and keeps what is derived from the acts.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from tryggmote.access.ids import new_id
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.residual import elements
from tryggmote.residual.elements import CODE_LIMIT
from tryggmote.residual.vocabulary import OWN_ANSWERS, Heard
from tryggmote.risk.matrix import Area, Matrix

TITLE_LIMIT = 200
TEXT_LIMIT = 4_000
"""Characters in one free text: everybody it concerns reads it on a phone."""


class Record(models.Model):
    """What cannot be done in a unit: an element in a meeting form, or something else under a `title`.

    `form` is "" for something else that concerns all who meet clients. `came_from`: the unit that had it
    before units were merged (ADR 0032).
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    came_from = models.ForeignKey(
        "organisation.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    element = models.CharField(max_length=CODE_LIMIT, blank=True)
    form = models.CharField(max_length=20, choices=MeetingForm, blank=True)
    title = models.CharField(max_length=TITLE_LIMIT, blank=True)
    created_by = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(default=timezone.now)

    # Derived from approvals and the withdrawal.
    in_force_number = models.PositiveIntegerField(null=True)
    in_force_at = models.DateTimeField(null=True)
    review_on = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    # How many days before its day the leaders were last reminded; None again after another approval.
    reminded_before = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(~Q(element="") & ~Q(form="") & Q(title="")) | (Q(element="") & ~Q(title="")),
                name="record_is_of_an_element_or_has_a_title",
            ),
            models.UniqueConstraint(
                fields=["unit", "element", "form", "came_from"],
                condition=~Q(element="") & Q(withdrawn_at=None),
                nulls_distinct=False,
                name="element_has_one_living_record",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("residual:record", args=[self.id])

    @property
    def draft_url(self) -> str:
        """Where the draft is read, heard on and approved."""
        return reverse("residual:draft", args=[self.id])

    @property
    def name(self) -> str:
        """What it is about, in words: "Verneutstyr · Hjemmebesøk"."""
        return elements.name_of(self.element, self.form, self.title)

    @property
    def is_approved(self) -> bool:
        """Approved, and not withdrawn; its date may have passed."""
        return self.in_force_number is not None and self.withdrawn_at is None

    @property
    def is_past(self) -> bool:
        """Approved, and the day on which it should have been gone through has passed."""
        return self.is_approved and self.review_on is not None and timezone.localdate() > self.review_on


class Version(models.Model):
    """One round of a record. While it is a draft it is written on; `revision` rises with each saved change.

    `reason`: why another version was needed; "" for the first. `measure_ids`: the measures that make up for
    it. `matrix`: the definition it is scored with. `saved_with`: the form it was last saved with.
    `asked_ids`: the safety representatives who were asked what they think.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    reason = models.TextField(max_length=TEXT_LIMIT, blank=True)
    why = models.TextField(max_length=TEXT_LIMIT)
    instead = models.TextField(max_length=TEXT_LIMIT)
    measure_ids = ArrayField(models.UUIDField(), default=list)
    likelihood = models.PositiveSmallIntegerField()
    consequence = models.PositiveSmallIntegerField()
    matrix = models.JSONField()
    asked_ids = ArrayField(models.IntegerField(), default=list)
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    revision = models.PositiveIntegerField(default=1)
    saved_with = models.UUIDField(default=new_id)

    # Derived from the approval.
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "number"], name="record_version_numbers_differ"),
            models.UniqueConstraint(
                fields=["record"], condition=Q(approved_at=None), name="record_has_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(likelihood__range=(1, 5), consequence__range=(1, 5)),
                name="residual_risk_is_scored_1_to_5",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @cached_property
    def area(self) -> Area:
        """Where the risk lies, by the matrix it was scored with."""
        return Matrix.from_definition(self.matrix).area_of(self.likelihood, self.consequence)


class Hearing(models.Model):
    """What a safety representative says of a draft, or what a leader records of why they did not (AML § 6-2).

    `person`: the representative; None when nobody is elected. `revision`: the draft as it was read.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="hearings")
    person = models.ForeignKey(
        "organisation.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    answer = models.CharField(max_length=20, choices=Heard)
    words = models.TextField(max_length=TEXT_LIMIT, blank=True)
    revision = models.PositiveIntegerField()
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(answer=Heard.NOBODY), name="hearing_is_of_somebody"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_own(self) -> bool:
        """Whether the representative said it themselves."""
        return self.answer in OWN_ANSWERS


class Approval(models.Model):
    """A leader of the unit puts a version in force, until a day on which it is gone through again.

    `revision`: the one that was read, so that nobody approves what they have not seen.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="approval")
    revision = models.PositiveIntegerField()
    review_on = models.DateField()
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.id)


class Withdrawal(models.Model):
    """A leader of the unit says that the record holds no longer, and why."""

    id = models.UUIDField(primary_key=True, default=new_id)
    record = models.OneToOneField(Record, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.TextField(max_length=TEXT_LIMIT)
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.id)
