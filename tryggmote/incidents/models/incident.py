"""Incidents: what was reported, and everything that was done about it, as acts with who and when (2.4).

A report is never changed after it was sent. What leaders do is added as rows beside it; the columns under
"derived" are kept by the database from those rows (`policies.sql`), so that lists need no joins.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.ids import new_id
from tryggmote.incidents.levels import Level, level
from tryggmote.incidents.vocabulary import (
    About,
    Capacity,
    EscalationReason,
    ImmediateHelp,
    Nature,
    Severity,
    Status,
    words_of_natures,
)
from tryggmote.organisation.meeting_forms import MeetingForm

TEXT_LIMIT = 10_000
"""Characters in one free text: about four pages."""


class Incident(models.Model):
    """Violence, a threat or a worry, as one person reported it.

    `exposed`: the employee it happened to; None for a worry and when it is unknown. `concerned`: whose
    leaders and safety representative are told, that is the exposed, else the reporter. `workforce` and
    `safety_area` are theirs on the day of the report.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    reporter = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    exposed = models.ForeignKey(
        "organisation.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    concerned_id = models.GeneratedField(
        expression=Coalesce("exposed_id", "reporter_id"),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )
    about = models.CharField(max_length=10, choices=About, default=About.SELF)
    workforce = models.ForeignKey(
        "organisation.Workforce", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    safety_area = models.ForeignKey(
        "organisation.SafetyArea", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    natures = ArrayField(models.CharField(max_length=30, choices=Nature))
    form = models.CharField(max_length=20, choices=MeetingForm)
    place = models.CharField(max_length=200, blank=True)
    happened_at = models.DateTimeField()
    experienced_severity = models.PositiveSmallIntegerField(choices=Severity)
    what_happened = models.TextField(max_length=TEXT_LIMIT, blank=True)
    words_only = models.BooleanField(default=False)
    outside_work = models.BooleanField(default=False)
    immediate_help = models.CharField(max_length=10, choices=ImmediateHelp, blank=True)
    # The check before the meeting. No foreign key: checks are deleted after 30 days, incidents are not.
    check_id = models.UUIDField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    # Derived from the rows of what was done.
    read_by_leader_at = models.DateTimeField(null=True)
    read_by_representative_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    assessed_level = models.PositiveSmallIntegerField(null=True)
    escalated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(experienced_severity__range=(1, 5)), name="incident_severity_is_1_to_5"
            ),
            models.CheckConstraint(
                condition=Q(assessed_level=None) | Q(assessed_level__range=(0, 5)),
                name="incident_level_is_0_to_5",
            ),
        ]
        # The latest incidents, one index for each reason why somebody may see one.
        indexes = [
            models.Index(fields=["reporter", "-created_at", "-id"], name="incident_of_reporter"),
            models.Index(fields=["concerned_id", "-created_at", "-id"], name="incident_of_concerned"),
            models.Index(fields=["workforce", "-created_at", "-id"], name="incident_of_workforce"),
            models.Index(fields=["safety_area", "-created_at", "-id"], name="incident_of_area"),
            models.Index(
                fields=["workforce", "-created_at", "-id"],
                condition=Q(escalated_at__isnull=False) | Q(assessed_level__gte=4),
                name="incident_for_leaders_above",
            ),
            # What happened in a unit about the same time (`linking_queries`) and lately (`learning`).
            models.Index(fields=["workforce", "happened_at"], name="incident_by_moment"),
            # What the escalation job looks through.
            models.Index(fields=["created_at"], condition=Q(read_by_leader_at=None), name="incident_unread"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def get_absolute_url(self) -> str:
        return reverse("incidents:detail", args=[self.id])

    # For lists: Django's own display methods hash all choices anew for each row.
    @property
    def form_word(self) -> str:
        """The meeting form in words."""
        return str(MeetingForm(self.form).label)

    @property
    def experienced_word(self) -> str:
        """How it felt, in words."""
        return str(Severity(self.experienced_severity).label)

    @property
    def status(self) -> Status:
        """How far the answer has come."""
        if self.answered_at:
            return Status.ANSWERED
        if self.read_by_leader_at:
            return Status.READ
        return Status.RAISED if self.escalated_at else Status.NEW

    @property
    def assessed(self) -> Level | None:
        """The leader's level with its words, or None."""
        return None if self.assessed_level is None else level(self.assessed_level)

    @property
    def nature_words(self) -> list[str]:
        """What it was, in words."""
        return words_of_natures(self.natures)


class Act(models.Model):
    """Something done about an incident: by whom, and when. Added, never changed."""

    id = models.UUIDField(primary_key=True, default=new_id)
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True


class Recipient(Act):
    """Somebody was told of the incident, in this capacity."""

    person = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=30, choices=Capacity)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "person"], name="recipient_is_told_once")]


class Opening(Act):
    """A leader or safety representative opened the incident for the first time: the receipt."""

    person = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    capacity = models.CharField(max_length=30, choices=Capacity)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "person"], name="opening_is_the_first")]


class Reply(Act):
    """A leader's answer to the one who reported."""

    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    text = models.TextField(max_length=TEXT_LIMIT)

    class Meta:
        verbose_name_plural = "replies"


class AssessedLevel(Act):
    """A leader's judgement, 0-5, with a reason. The latest counts; the earlier ones stay."""

    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    level = models.PositiveSmallIntegerField()
    reason = models.TextField(max_length=TEXT_LIMIT, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(level__range=(0, 5)), name="assessed_level_is_0_to_5")
        ]


class Escalation(Act):
    """The incident was passed on to the next leader, and why."""

    to_person = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    reason = models.CharField(max_length=20, choices=EscalationReason)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "to_person"], name="escalation_reaches_a_leader_once")
        ]
