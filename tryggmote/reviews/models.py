"""Reviews of premises, what was found in them, and the changes that must be reviewed (requirement 3.1).

All of it belongs to a building and goes with it when the building is moved to another unit.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.ids import new_id
from tryggmote.controls.vocabulary import PictureKind
from tryggmote.reviews import checklists
from tryggmote.reviews.checklists import Checklist
from tryggmote.reviews.vocabulary import Answer, Becomes, Capacity, ChangeKind, Ending, Occasion

TEXT_LIMIT = 2_000
TITLE_LIMIT = 150


def _person() -> models.ForeignKey:
    return models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )


class Change(models.Model):
    """A change of premises that somebody plans. It ends when it has been reviewed, or is called off.

    `room_ids`: the rooms it is about; none for the whole building. `ended_at`: derived from its ending.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    building = models.ForeignKey(
        "premises.Building", on_delete=models.PROTECT, related_name="changes", db_index=False
    )
    kind = models.CharField(max_length=20, choices=ChangeKind)
    what = models.TextField(max_length=TEXT_LIMIT)
    room_ids = ArrayField(models.UUIDField(), default=list)
    in_use_on = models.DateField()
    by = _person()
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["building", "-at"], name="change_of_building"),
            models.Index(fields=["in_use_on"], condition=Q(ended_at=None), name="change_is_open"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def get_absolute_url(self) -> str:
        return reverse("changes:change", args=[self.id])


class ChangeEnding(models.Model):
    """A change was closed after its review, or called off with a reason. Never changed."""

    id = models.UUIDField(primary_key=True, default=new_id)
    change = models.OneToOneField(Change, on_delete=models.PROTECT, related_name="ending")
    ending = models.CharField(max_length=10, choices=Ending)
    words = models.TextField(max_length=TEXT_LIMIT, blank=True)
    by = _person()
    at = models.DateTimeField(default=timezone.now)


class Review(models.Model):
    """Premises gone through by a leader and a safety representative ("vernerunde").

    `is_whole`: the building as a whole and all its rooms; else the rooms of a change. `room_ids`: the rooms
    there were when it began. `signed_at`: derived; when both have signed, and it is done.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    building = models.ForeignKey(
        "premises.Building", on_delete=models.PROTECT, related_name="reviews", db_index=False
    )
    occasion = models.CharField(max_length=10, choices=Occasion)
    change = models.ForeignKey(
        Change, null=True, on_delete=models.PROTECT, related_name="reviews", db_index=False
    )
    is_whole = models.BooleanField()
    room_ids = ArrayField(models.UUIDField(), default=list)
    version = models.CharField(max_length=10)
    begun_by = _person()
    begun_at = models.DateTimeField(default=timezone.now)
    signed_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    # When those who had not signed were reminded.
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(occasion=Occasion.CHANGE, change__isnull=False)
                | (~Q(occasion=Occasion.CHANGE) & Q(change__isnull=True)),
                name="review_of_a_change_names_it",
            ),
            models.UniqueConstraint(
                fields=["building"],
                condition=Q(change=None, signed_at=None, cancelled_at=None),
                name="review_of_a_building_is_open_once",
            ),
            models.UniqueConstraint(
                fields=["change"],
                condition=Q(signed_at=None, cancelled_at=None),
                name="review_of_a_change_is_open_once",
            ),
        ]
        indexes = [
            models.Index(fields=["building", "-begun_at"], name="review_of_building"),
            models.Index(fields=["change"], condition=Q(change__isnull=False), name="review_of_change"),
            models.Index(
                fields=["begun_at"], condition=Q(signed_at=None, cancelled_at=None), name="review_is_open"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def get_absolute_url(self) -> str:
        return reverse("reviews:review", args=[self.id])

    @property
    def checklist(self) -> Checklist:
        """What is looked at: the checklist it was begun with."""
        return checklists.version(self.version) or checklists.current()

    @property
    def is_open(self) -> bool:
        """Whether it goes on: neither signed by both nor broken off."""
        return self.signed_at is None and self.cancelled_at is None


class Part(models.Model):
    """What was found in one place of a review: in a room, or in the building as a whole when `room` is None.

    Going back to a place adds another part. `is_latest` is kept by the database: what counts.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="parts", db_index=False)
    room = models.ForeignKey(
        "premises.Room", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    answers = models.JSONField()
    words = models.TextField(max_length=2 * TEXT_LIMIT, blank=True)
    is_complete = models.BooleanField()
    is_latest = models.BooleanField(default=True)
    by = _person()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "room"],
                condition=Q(is_latest=True),
                nulls_distinct=False,
                name="review_part_one_is_latest",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def answered(self) -> int:
        """How many points have an answer."""
        return sum(answer in Answer.values for answer in self.answers.values())


class Finding(models.Model):
    """Something that was not in order. It became a hazard or a measure at once, so it stays what it is."""

    id = models.UUIDField(primary_key=True, default=new_id)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="findings", db_index=False)
    room = models.ForeignKey(
        "premises.Room", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    point = models.CharField(max_length=40)
    words = models.TextField(max_length=TEXT_LIMIT, blank=True)
    became = models.CharField(max_length=10, choices=Becomes)
    by = _person()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "room", "point"], nulls_distinct=False, name="review_finds_a_point_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class FindingPicture(models.Model):
    """A photograph of what was found, decoded and written anew. Seen by those who work there only."""

    id = models.UUIDField(primary_key=True, default=new_id)
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="pictures")
    kind = models.CharField(max_length=20, choices=PictureKind)
    content = models.BinaryField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    def __str__(self) -> str:
        return str(self.id)

    def get_absolute_url(self) -> str:
        return reverse("reviews:picture", args=[self.id])


class Signature(models.Model):
    """A leader or a safety representative stands for the review, in their own name. Never changed."""

    id = models.UUIDField(primary_key=True, default=new_id)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="signatures", db_index=False)
    capacity = models.CharField(max_length=15, choices=Capacity)
    words = models.TextField(max_length=TEXT_LIMIT, blank=True)
    by = _person()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "by"], name="review_is_signed_once_by_each")]

    def __str__(self) -> str:
        return str(self.id)
