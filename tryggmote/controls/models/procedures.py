"""Procedures as versioned texts, what is approved, and who has read it (2.3, 2.4, AML § 3-2 third paragraph).

A procedure lives on; what is written and approved is one of its versions. An approved version is never
changed: the database refuses it (`policies_procedures.sql`), and keeps what is derived from the acts.
"""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.ids import new_id
from tryggmote.controls.models.measures import TITLE_LIMIT, meeting_forms
from tryggmote.controls.vocabulary import PictureKind, ProcedureKind
from tryggmote.organisation.meeting_forms import MeetingForm

PROCEDURE_LIMIT = 50_000
"""Characters in the text of a procedure: about twenty pages."""
NOTE_LIMIT = 500


class Procedure(models.Model):
    """How something is done in a unit. `parent`: a procedure of a unit above, which this one adds to."""

    id = models.UUIDField(primary_key=True, default=new_id)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=TITLE_LIMIT)
    kind = models.CharField(max_length=20, choices=ProcedureKind, default=ProcedureKind.PROCEDURE)
    forms = meeting_forms()
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="additions")
    created_by = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(default=timezone.now)

    # Derived from approvals and the ending. `must_read_*`: the latest approved version that all must read.
    in_force_number = models.PositiveIntegerField(null=True)
    in_force_at = models.DateTimeField(null=True)
    review_on = models.DateField(null=True)
    must_read_number = models.PositiveIntegerField(null=True)
    must_read_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("id")), name="procedure_is_not_its_own_parent")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("controls:procedure", args=[self.id])

    @property
    def is_in_force(self) -> bool:
        """Approved, and not ended."""
        return self.in_force_number is not None and self.ended_at is None

    def is_due_for_review(self, today: date) -> bool:
        """In force, and the day it should have been gone through has passed."""
        return self.is_in_force and self.review_on is not None and today > self.review_on

    # For lists: Django's own display methods hash all choices anew for each row.
    @property
    def kind_word(self) -> str:
        """What it is, in words."""
        return str(ProcedureKind(self.kind).label)

    @property
    def form_words(self) -> list[str]:
        """The meeting forms in words; empty for all."""
        return [str(MeetingForm(form).label) for form in self.forms if form in MeetingForm.values]


class ProcedureVersion(models.Model):
    """The text of a procedure. While it is a draft it is written on; `revision` rises with each saved change.

    `must_be_read`: whether the change matters so much that everybody must read it. `saved_with`: the form it
    was last saved with, so that sending it twice is harmless. `ready_at`: the author asks leaders to approve.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField(max_length=PROCEDURE_LIMIT)
    change_note = models.CharField(max_length=NOTE_LIMIT, blank=True)
    must_be_read = models.BooleanField(default=True)
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    revision = models.PositiveIntegerField(default=1)
    saved_with = models.UUIDField(default=new_id)
    ready_at = models.DateTimeField(null=True)

    # Derived from the approval.
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="procedure_version_numbers_differ"),
            models.UniqueConstraint(
                fields=["procedure"], condition=Q(approved_at=None), name="procedure_has_one_draft"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ProcedureApproval(models.Model):
    """A leader of the unit puts a version in force, until a day on which it is gone through again.

    `revision`: the one that was read, so that nobody approves what they have not seen.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    version = models.OneToOneField(ProcedureVersion, on_delete=models.PROTECT, related_name="approval")
    revision = models.PositiveIntegerField()
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    review_on = models.DateField()

    def __str__(self) -> str:
        return str(self.id)


class ProcedureEnding(models.Model):
    """A leader of the unit says that the procedure no longer holds, and why."""

    id = models.UUIDField(primary_key=True, default=new_id)
    procedure = models.OneToOneField(Procedure, on_delete=models.PROTECT, related_name="ending")
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(max_length=NOTE_LIMIT)

    def __str__(self) -> str:
        return str(self.id)


class ProcedureReading(models.Model):
    """Somebody has read and understood a version of a procedure."""

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    person = models.ForeignKey("organisation.Person", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "person", "number"], name="procedure_version_is_read_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class ProcedurePicture(models.Model):
    """A picture in the text of a procedure, decoded and written anew: it holds nothing but the picture."""

    id = models.UUIDField(primary_key=True, default=new_id)
    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="pictures")
    alt = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=PictureKind)
    content = models.BinaryField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=PictureKind.values), name="procedure_picture_is_of_a_known_kind"
            )
        ]

    def __str__(self) -> str:
        return self.alt

    def get_absolute_url(self) -> str:
        return reverse("controls:picture", args=[self.id])
