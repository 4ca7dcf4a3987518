"""Meetings of forums: who sits there, what they take up, decide and approve (requirement 1.3, AML § 7-2).

A meeting belongs to a unit: a partnership meeting to its office, a committee's to the unit it stands for.
"""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.ids import new_id
from tryggmote.forums.vocabulary import Becomes, MeetingKind, Occasion, Side, Source, Stage

TEXT_LIMIT = 8_000
WORDS_LIMIT = 1_000
TITLE_LIMIT = 150
PLACE_LIMIT = 150


def _person(**options: Any) -> models.ForeignKey:
    return models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False, **options
    )


class Meeting(models.Model):
    """One meeting. `round`: how many times the minutes were sent back and written anew, from 1.

    `reviewed_until`: the last day of the quarter a committee goes through; `report_year`: the year its yearly
    report is of (AML § 7-2). `approved_at`: derived; when both parties have approved.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20, choices=MeetingKind)
    occasion = models.CharField(max_length=10, choices=Occasion)
    theme = models.CharField(max_length=TITLE_LIMIT)
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=PLACE_LIMIT, blank=True)
    reviewed_until = models.DateField(null=True)
    report_year = models.PositiveSmallIntegerField(null=True)
    called_by = _person()
    called_at = models.DateTimeField(default=timezone.now)
    called_off_at = models.DateTimeField(null=True)
    round = models.PositiveSmallIntegerField(default=1)
    sent_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=MeetingKind.COMMITTEE) | Q(reviewed_until=None, report_year=None),
                name="forum_only_a_committee_reviews",
            )
        ]
        indexes = [models.Index(fields=["unit", "kind", "-starts_at"], name="forum_meeting_of_unit")]

    def __str__(self) -> str:
        return str(self.id)

    def get_absolute_url(self) -> str:
        return reverse("forums:meeting", args=[self.id])

    @property
    def kind_word(self) -> str:
        """Which forum it is, in words."""
        return str(MeetingKind(self.kind).label)

    @property
    def stage(self) -> Stage:
        """How far it has come."""
        if self.called_off_at:
            return Stage.CALLED_OFF
        if self.published_at:
            return Stage.PUBLISHED
        if self.approved_at:
            return Stage.APPROVED
        if self.sent_at:
            return Stage.SENT
        return Stage.HELD if self.starts_at <= timezone.now() else Stage.PLANNED

    @property
    def is_open(self) -> bool:
        """Whether people, agenda and minutes may still change."""
        return self.stage in (Stage.PLANNED, Stage.HELD)


class Participant(models.Model):
    """Somebody invited. `side`: the party they sit for, "" for none. `sent_for`: the owner who sent them."""

    id = models.UUIDField(primary_key=True, default=new_id)
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="participants", db_index=False
    )
    person = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=10, choices=Side, blank=True)
    sent_for = _person(null=True)
    attended = models.BooleanField(null=True)
    by = _person()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="forum_invites_a_person_once")
        ]

    def __str__(self) -> str:
        return str(self.id)


class Point(models.Model):
    """A point on the agenda, with what the minutes say of it. `minutes_at`: when they were last written."""

    id = models.UUIDField(primary_key=True, default=new_id)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="points", db_index=False)
    number = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=10, choices=Source)
    title = models.CharField(max_length=TITLE_LIMIT)
    minutes = models.TextField(max_length=TEXT_LIMIT, blank=True)
    minutes_by = _person(null=True)
    minutes_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="forum_point_has_its_number")
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def seen_at(self) -> str:
        """When it was last written, to the microsecond, for the form that is to know."""
        return self.minutes_at.isoformat() if self.minutes_at else ""


class Case(models.Model):
    """A serious incident that a partnership meeting takes up. It says which, and nothing about it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="cases", db_index=False)
    incident = models.ForeignKey("incidents.Incident", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "incident"], name="forum_takes_up_a_case_once")
        ]

    def __str__(self) -> str:
        return str(self.id)


class CaseAnswer(models.Model):
    """One owner's answer to whether the partnership is to treat a serious incident. The latest counts."""

    id = models.UUIDField(primary_key=True, default=new_id)
    incident = models.ForeignKey("incidents.Incident", on_delete=models.CASCADE, related_name="+")
    side = models.CharField(max_length=10, choices=[(s.value, s.label) for s in (Side.STATE, Side.MUNICIPAL)])
    treats = models.BooleanField()
    reason = models.TextField(max_length=WORDS_LIMIT, blank=True)
    by = _person()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(treats=True) | ~Q(reason=""), name="forum_declines_with_a_reason"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class Decision(models.Model):
    """What was decided at a point, who sees to it and by when. A measure names it as its origin."""

    id = models.UUIDField(primary_key=True, default=new_id)
    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="decisions")
    words = models.CharField(max_length=TITLE_LIMIT)
    becomes = models.CharField(max_length=10, choices=Becomes)
    owner = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    by = _person()
    at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    done_by = _person(null=True)

    def __str__(self) -> str:
        return str(self.id)


class Approval(models.Model):
    """One party stands for the minutes of this round, by somebody who was there. Never changed."""

    id = models.UUIDField(primary_key=True, default=new_id)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="approvals", db_index=False)
    round = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=10, choices=Side)
    by = _person()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "round", "by"], name="forum_is_approved_once_by_each")
        ]

    def __str__(self) -> str:
        return str(self.id)


class Return(models.Model):
    """Somebody who was there sent the minutes back, and said why. A new round begins."""

    id = models.UUIDField(primary_key=True, default=new_id)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="returns")
    round = models.PositiveSmallIntegerField()
    words = models.TextField(max_length=WORDS_LIMIT)
    by = _person()
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.id)


class Pack(models.Model):
    """The papers of a meeting as a PDF, made by a job. `done` of `total` parts are ready."""

    id = models.UUIDField(primary_key=True, default=new_id)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="packs")
    language = models.CharField(max_length=2)
    by = _person()
    asked_at = models.DateTimeField(default=timezone.now)
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField(default=1)
    made_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    content = models.BinaryField(null=True)

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_being_made(self) -> bool:
        """Whether it is neither ready nor given up."""
        return self.made_at is None and self.failed_at is None
