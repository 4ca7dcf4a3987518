"""What is done with the short lessons: read alone, or held in a meeting with those who were there (4.1)."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.ids import new_id
from tryggmote.lessons import library
from tryggmote.lessons.library import CODE_LIMIT


class Reading(models.Model):
    """Somebody has read a lesson alone and answered. What they answered is not kept."""

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    lesson = models.CharField(max_length=CODE_LIMIT)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["person", "-at"], name="reading_of_person")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def title(self) -> str:
        """What the lesson is called."""
        return library.title_of(self.lesson)


class Gathering(models.Model):
    """A lesson was held in a meeting of the unit."""

    id = models.UUIDField(primary_key=True, default=new_id)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    lesson = models.CharField(max_length=CODE_LIMIT)
    held_on = models.DateField()
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["unit", "-held_on"], name="gathering_of_unit")]

    def __str__(self) -> str:
        return str(self.id)

    def get_absolute_url(self) -> str:
        return reverse("lessons:gathering", args=[self.id])

    @property
    def title(self) -> str:
        """What the lesson is called."""
        return library.title_of(self.lesson)


class Attendance(models.Model):
    """Somebody was there, says whoever held it or a leader. `removed_at`: ticked by mistake."""

    id = models.UUIDField(primary_key=True, default=new_id)
    gathering = models.ForeignKey(
        Gathering, on_delete=models.PROTECT, related_name="attendances", db_index=False
    )
    person = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(
        "organisation.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "person"], condition=Q(removed_at=None), name="person_was_there_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
