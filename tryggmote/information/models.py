"""Information: what a unit is told, who has read it, who was reminded (requirements 1.1 and 2.3, § 23A-3)."""

from django.db import models
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.ids import new_id
from tryggmote.information.registry import kind_of
from tryggmote.organisation.meeting_forms import MeetingForm


class Item(models.Model):
    """One thing a unit is told. `context` holds the words' variables; `url` leads to what it is about."""

    id = models.UUIDField(primary_key=True, default=new_id)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    url = models.CharField(max_length=300)
    context = models.JSONField(default=dict)
    is_important = models.BooleanField(default=False)
    # What stands is for those it concerns, newcomers too, until it ends; they confirm that they know of it.
    # `form`: it concerns those who meet clients in this form, and their nearest leaders; "" for any form.
    is_standing = models.BooleanField(default=False, db_default=False)
    form = models.CharField(max_length=20, choices=MeetingForm, blank=True, default="", db_default="")
    ended_at = models.DateTimeField(null=True)
    # None: the system itself, for example when the date of a review has passed.
    by = models.ForeignKey(
        "organisation.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            # The latest of some units: the feed, and what somebody has not read.
            models.Index(fields=["unit", "-at"], name="information_of_unit"),
            # The latest of all, for those who see everything.
            models.Index(fields=["-at", "-id"], name="information_latest"),
            # What is about a document that somebody opens.
            models.Index(fields=["subject_id"], name="information_about"),
            # The few that stand: whom they concern is worked out anew whenever somebody asks.
            models.Index(
                fields=["unit"],
                name="information_standing",
                condition=models.Q(is_standing=True, ended_at=None),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def get_absolute_url(self) -> str:
        return reverse("information:item", args=[self.id])

    @property
    def reading_url(self) -> str:
        """Leads to the document, and records that it is read."""
        return reverse("information:read", args=[self.id])

    @property
    def title(self) -> str:
        """The title in the language in force."""
        return kind_of(self.kind).title_for(self.context)

    @property
    def body(self) -> str:
        """The sentence below the title in the language in force."""
        return kind_of(self.kind).body_for(self.context)

    @property
    def icon(self) -> str:
        """The name of the kind's icon."""
        return kind_of(self.kind).icon


class Reading(models.Model):
    """Somebody has read an item. The first time counts."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="readings", db_index=False)
    person = models.ForeignKey(
        "organisation.Person", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="item_is_read_once")]

    def __str__(self) -> str:
        return str(self.id)


class Reminder(models.Model):
    """A leader has reminded those who have not read an item; at most once a day, whoever does it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="reminders", db_index=False)
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "on"], name="one_reminder_a_day")]

    def __str__(self) -> str:
        return str(self.id)


class Digest(models.Model):
    """The weekly "new to read" has gone out. One row a week, so that a repeated run tells nobody twice."""

    id = models.UUIDField(primary_key=True, default=new_id)
    week_starts_on = models.DateField(unique=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.week_starts_on)
