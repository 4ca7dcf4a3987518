"""Lessons that are shared, and patterns that a job has seen (requirement 2.4, AML § 3-1).

A lesson tells in general words what happened, what was learned and what was changed. It lives in versions:
one that was shared is never changed. Which incidents it comes from stands in rows of their own, which only
those see who see the incident (`policies.sql`).
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.ids import new_id
from tryggmote.learning.pattern_models import Pattern as Pattern
from tryggmote.learning.vocabulary import Answer, Scope
from tryggmote.organisation.meeting_forms import MeetingForm

TITLE_LIMIT = 120
TEXT_LIMIT = 4_000
"""Characters in one of the three texts: a page and a half. A longer lesson is not read."""
REASON_LIMIT = 500


class Lesson(models.Model):
    """Something a unit has learned. What is written, asked about and shared is one of its versions."""

    id = models.UUIDField(primary_key=True, default=new_id)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(default=timezone.now)

    # Derived from sharing and withdrawing. `shared_in`: the unit or county where it is read; None for all.
    shared_number = models.PositiveIntegerField(null=True)
    shared_scope = models.CharField(max_length=10, choices=Scope, blank=True)
    shared_in = models.ForeignKey(
        "organisation.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    shared_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-shared_at", "-id"], name="lesson_latest_shared")]

    def __str__(self) -> str:
        return str(self.id)

    def get_absolute_url(self) -> str:
        return reverse("learning:lesson", args=[self.id])

    @property
    def is_shared(self) -> bool:
        """Shared, and not withdrawn."""
        return self.shared_number is not None and self.withdrawn_at is None


class LessonVersion(models.Model):
    """The text of a lesson. `revision` rises with each saved change; `saved_with`: the form it came from."""

    id = models.UUIDField(primary_key=True, default=new_id)
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=TITLE_LIMIT)
    happened = models.TextField(max_length=TEXT_LIMIT)
    learned = models.TextField(max_length=TEXT_LIMIT)
    changed = models.TextField(max_length=TEXT_LIMIT, blank=True)
    forms = ArrayField(models.CharField(max_length=20, choices=MeetingForm), default=list, blank=True)
    # Numbers of the eight factors of § 23A-1 (`risk.libraries.factors`).
    circumstances = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    scope = models.CharField(max_length=10, choices=Scope, default=Scope.UNIT)
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    revision = models.PositiveIntegerField(default=1)
    saved_with = models.UUIDField(default=new_id)
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config="norwegian")
        + SearchVector("happened", "learned", "changed", weight="B", config="norwegian"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    # Derived from the sharing.
    shared_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lesson", "number"], name="lesson_version_numbers_differ"),
            models.UniqueConstraint(
                fields=["lesson"], condition=Q(shared_at=None), name="lesson_has_one_draft"
            ),
        ]
        indexes = [GinIndex(fields=["search"], name="lesson_words")]

    def __str__(self) -> str:
        return self.title

    @property
    def form_words(self) -> list[str]:
        """The meeting forms in words; empty for all."""
        return [str(MeetingForm(form).label) for form in self.forms if form in MeetingForm.values]


class LessonSource(models.Model):
    """An incident that the lesson comes from."""

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="sources")
    incident = models.ForeignKey("incidents.Incident", on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lesson", "incident"], name="lesson_comes_from_an_incident_once")
        ]

    def __str__(self) -> str:
        return str(self.id)


class LessonAsking(models.Model):
    """Somebody to whom it happened was shown this revision before it goes beyond the unit, and may say no.

    `answer_by`: from then on silence is no hindrance. `answer` is theirs alone to give.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    version = models.ForeignKey(LessonVersion, on_delete=models.CASCADE, related_name="askings")
    revision = models.PositiveIntegerField()
    incident = models.ForeignKey("incidents.Incident", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    answer_by = models.DateTimeField()
    answer = models.CharField(max_length=3, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "revision", "person"], name="exposed_is_asked_once_about_a_revision"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class LessonSharing(models.Model):
    """A version is shared, as it was read (`revision`). Beyond the unit this is its leader's approval."""

    id = models.UUIDField(primary_key=True, default=new_id)
    version = models.OneToOneField(LessonVersion, on_delete=models.CASCADE, related_name="sharing")
    revision = models.PositiveIntegerField()
    scope = models.CharField(max_length=10, choices=Scope)
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.id)


class LessonWithdrawal(models.Model):
    """The lesson is taken back, and why. Its readers no longer see it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    lesson = models.OneToOneField(Lesson, on_delete=models.CASCADE, related_name="withdrawal")
    reason = models.CharField(max_length=REASON_LIMIT)
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.id)
