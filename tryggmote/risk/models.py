"""Risk assessments (requirements 1.1 and 2.1, § 23A-1) and the unit's hazard inbox.

An assessment lives on; what is worked on and approved is one of its versions. An approved version is never
changed: the database refuses it (`policies.sql`). What people do is added as rows with who and when.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from tryggmote.access.ids import new_id
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.risk.matrix import Matrix
from tryggmote.risk.vocabulary import Answer, Capacity, Cause, NotHeard, Outcome, Source, Subject

TITLE_LIMIT = 200
TEXT_LIMIT = 10_000
"""Characters in one free text: about four pages."""
HAZARD_LIMIT = 500
HIGHEST = 2_000_000_000  # of a number that the database keeps in four bytes
STARTER_LIMIT = 60


def _forms() -> ArrayField:
    return ArrayField(models.CharField(max_length=20, choices=MeetingForm), default=list)


def words_of(forms: Iterable[str]) -> list[str]:
    """Meeting forms in words."""
    return [str(MeetingForm(form).label) for form in forms if form in MeetingForm.values]


class Activity(models.Model):
    """Something the unit does, and in which meeting forms: one row of the mapping of the work (1.1).

    `starter`: the code in the starter set it came from, so that its words follow the language; else "".
    `came_from`: the unit that had it before units were merged (ADR 0032).
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    came_from = models.ForeignKey(
        "organisation.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    name = models.CharField(max_length=TITLE_LIMIT, blank=True)
    starter = models.CharField(max_length=60, blank=True)
    forms = _forms()
    places = models.CharField(max_length=TITLE_LIMIT, blank=True)
    added_by = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    added_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "activities"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "starter", "came_from"],
                condition=~Q(starter="") & Q(ended_at=None),
                nulls_distinct=False,
                name="starter_activity_is_used_once",
            ),
            models.CheckConstraint(condition=~Q(name="", starter=""), name="activity_has_a_name"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Assessment(models.Model):
    """What is assessed, for as long as it is.

    `forms` and `activity_ids` (empty for all) are what is worked on; what an approved version covers follows
    it and stays while the next one is worked on.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=TITLE_LIMIT)
    subject = models.CharField(max_length=10, choices=Subject, default=Subject.WORK)
    forms = _forms()
    activity_ids = ArrayField(models.UUIDField(), default=list)
    created_by = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(default=timezone.now)
    # Derived from the versions: what is in force, what that covers, and until when.
    approved_forms = _forms()
    approved_activity_ids = ArrayField(models.UUIDField(), default=list)
    approved_number = models.PositiveIntegerField(null=True)
    approved_at = models.DateTimeField(null=True)
    review_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("risk:assessment", args=[self.id])

    def covers(self, form: str, activity_id: UUID | None = None) -> bool:
        """Whether a meeting form (in one activity) is in what is approved, else in what is worked on."""
        is_approved = self.approved_number is not None
        forms = self.approved_forms if is_approved else self.forms
        activities = self.approved_activity_ids if is_approved else self.activity_ids
        return form in forms and (activity_id is None or not activities or activity_id in activities)

    def is_in_force(self, on: date) -> bool:
        """Whether it is approved and its review date has not passed."""
        return self.review_on is not None and on <= self.review_on

    @property
    def form_words(self) -> list[str]:
        """The meeting forms in words."""
        return words_of(self.forms)


class Version(models.Model):
    """One round of an assessment: worked on, consulted on, approved.

    `matrix`: the whole definition it is scored with, so that it stays readable when levels change.
    `edition` counts saved changes of factors and scenarios, so that an open page knows when others saved.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    matrix = models.JSONField()
    cause = models.CharField(max_length=10, choices=Cause, default=Cause.FIRST)
    opened_by = models.ForeignKey(
        "organisation.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    opened_at = models.DateTimeField(default=timezone.now)
    edition = models.PositiveIntegerField(default=0)
    consult_by = models.DateField(null=True)
    consulted_at = models.DateTimeField(null=True)
    # Proposed with the first approval, in force with the last.
    review_on = models.DateField(null=True)
    approved_at = models.DateTimeField(null=True)
    # What it covered when it was approved. Empty while it is a draft, which covers what the assessment says.
    forms = _forms()
    activity_ids = ArrayField(models.UUIDField(), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="version_numbers_differ"),
            models.UniqueConstraint(
                fields=["assessment"], condition=Q(approved_at=None), name="assessment_has_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(approved_at=None) | Q(review_on__isnull=False),
                name="approved_version_has_a_review",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def get_absolute_url(self) -> str:
        return reverse("risk:version", args=[self.assessment_id, self.number])

    @property
    def form_words(self) -> list[str]:
        """The meeting forms it covers, in words."""
        return words_of(self.assessment.forms if self.is_draft else self.forms)

    @property
    def is_draft(self) -> bool:
        """Still worked on."""
        return self.approved_at is None

    @cached_property
    def scale(self) -> Matrix:
        """The matrix this version is scored with."""
        return Matrix.from_definition(self.matrix)


class Edited(models.Model):
    """A part of a version that several people write: `revision` rises with each saved change."""

    id = models.UUIDField(primary_key=True, default=new_id)
    revision = models.PositiveIntegerField(default=1)
    saved_by = models.ForeignKey(
        "organisation.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True


class FactorJudgement(Edited):
    """What is judged of one of the eight factors of § 23A-1, or of all of them together
    (`libraries.ALL_TOGETHER`)."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="factors")
    factor = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=TEXT_LIMIT, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "factor"], name="factor_is_judged_once"),
            models.CheckConstraint(condition=Q(factor__range=(0, 8)), name="factor_is_0_to_8"),
        ]


class Scenario(Edited):
    """Something that can happen, how likely and how bad: without measures, now, and when planned ones stand.

    `lineage` is the same for a scenario through all versions of its assessment. `starter`: the code of the
    suggestion it began with; else "". `is_especially_dangerous`: it needs a written instruction (AML § 3-2).
    `measure_ids`: the measures (`controls`) that act on it, so that every version tells what it built on.
    """

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="scenarios")
    lineage = models.UUIDField(default=new_id)
    starter = models.CharField(max_length=STARTER_LIMIT, blank=True)
    hazard = models.CharField(max_length=TITLE_LIMIT)
    forms = _forms()
    factors = ArrayField(models.PositiveSmallIntegerField(), default=list)
    situation = models.TextField(max_length=TEXT_LIMIT, blank=True)
    causes = models.TextField(max_length=TEXT_LIMIT, blank=True)
    consequences = models.TextField(max_length=TEXT_LIMIT, blank=True)
    existing = models.TextField(max_length=TEXT_LIMIT, blank=True)
    # By the database: the version that runs while this is introduced does not know it.
    is_especially_dangerous = models.BooleanField(default=False, db_default=False)
    inherent_likelihood = models.PositiveSmallIntegerField(null=True)
    inherent_consequence = models.PositiveSmallIntegerField(null=True)
    current_likelihood = models.PositiveSmallIntegerField(null=True)
    current_consequence = models.PositiveSmallIntegerField(null=True)
    residual_likelihood = models.PositiveSmallIntegerField(null=True)
    residual_consequence = models.PositiveSmallIntegerField(null=True)
    measure_ids = ArrayField(models.UUIDField(), default=list)
    # Taken out, not deleted: whoever had it open is told, and can put it back.
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "lineage"], name="scenario_is_in_a_version_once"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{part}_{scale}": None}) | Q(**{f"{part}_{scale}__range": (1, 5)}),
                    name=f"{part}_{scale}_is_1_to_5",
                )
                for part in ("inherent", "current", "residual")
                for scale in ("likelihood", "consequence")
            ),
        ]
        indexes = [models.Index(fields=["lineage"], name="scenario_through_versions")]

    def __str__(self) -> str:
        return self.hazard


class Participant(models.Model):
    """Somebody takes part in a version, in this capacity. `writes`: may change it, not only comment."""

    id = models.UUIDField(primary_key=True, default=new_id)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="participants")
    person = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=30, choices=Capacity)
    writes = models.BooleanField(default=False)
    invited_by = models.ForeignKey(
        "organisation.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "person"], name="participant_takes_part_once")
        ]


class Opinion(models.Model):
    """What a participant says of a version. The latest counts; the earlier ones stay."""

    id = models.UUIDField(primary_key=True, default=new_id)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="opinions")
    person = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    answer = models.CharField(max_length=10, choices=Answer)
    words = models.TextField(max_length=TEXT_LIMIT, blank=True)
    # The edition that was read: an opinion on an earlier edition says so.
    edition = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["version", "person", "-at"], name="latest_opinion_of_person")]


class NotConsulted(models.Model):
    """The leader records that a safety representative was not heard, and why (AML § 6-2).

    `person` is None when the unit has no safety representative.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="not_consulted")
    person = models.ForeignKey(
        "organisation.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    why = models.CharField(max_length=20, choices=NotHeard)
    reason = models.TextField(max_length=TEXT_LIMIT)
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "person"], name="not_consulted_once", nulls_distinct=False
            )
        ]


class Approval(models.Model):
    """A leader with employer responsibility approves. `employer`: for which employer, None for all there."""

    id = models.UUIDField(primary_key=True, default=new_id)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="approvals")
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    employer = models.ForeignKey(
        "organisation.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "employer"], name="employer_approves_once", nulls_distinct=False
            )
        ]


class Reopening(models.Model):
    """Why an assessment was opened again: one row for each thing that asks for it, also while it is open."""

    id = models.UUIDField(primary_key=True, default=new_id)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="reopenings")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="reopenings")
    cause = models.CharField(max_length=10, choices=Cause)
    # No foreign key: what asks for it may be of any capability. None for a person's own words.
    cause_id = models.UUIDField(null=True)
    words = models.TextField(max_length=TEXT_LIMIT, blank=True)
    by = models.ForeignKey(
        "organisation.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "cause", "cause_id"], name="one_thing_reopens_once")
        ]


class Hazard(models.Model):
    """A danger somebody met or saw and nobody has judged yet: a row in the unit's inbox.

    It tells the situation in a line and never repeats what was written in a report. `workforce` and
    `safety_area` are those of whoever it comes from.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    source = models.CharField(max_length=10, choices=Source)
    # No foreign key: checks are deleted after 30 days, hazards are not.
    source_id = models.UUIDField(null=True)
    raised_by = models.ForeignKey(
        "organisation.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    what = models.CharField(max_length=HAZARD_LIMIT)
    forms = _forms()
    raised_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    # Derived from the decision and the escalation.
    decided_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"],
                condition=Q(source_id__isnull=False),
                name="source_raises_a_hazard_once",
            )
        ]
        indexes = [
            models.Index(fields=["unit", "-raised_at", "-id"], name="hazard_of_unit"),
            models.Index(fields=["raised_by", "-raised_at"], name="hazard_raised_by"),
            models.Index(fields=["due_at"], condition=Q(decided_at=None), name="hazard_waits"),
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return reverse("risk:hazard", args=[self.id])


class HazardDecision(models.Model):
    """What became of a hazard, with the answer to whoever raised it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    hazard = models.OneToOneField(Hazard, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=10, choices=Outcome)
    # Where it is assessed: a scenario by its lineage, since it lives on through versions.
    assessment = models.ForeignKey(
        Assessment, null=True, on_delete=models.PROTECT, related_name="hazards", db_index=False
    )
    lineage = models.UUIDField(null=True)
    merged_into = models.ForeignKey(
        Hazard, null=True, on_delete=models.PROTECT, related_name="merged", db_index=False
    )
    answer = models.TextField(max_length=TEXT_LIMIT)
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=Outcome.DECLINED)
                | Q(outcome=Outcome.ASSESSED, assessment__isnull=False, lineage__isnull=False)
                | Q(outcome=Outcome.MERGED, merged_into__isnull=False),
                name="hazard_decision_leads_somewhere",
            )
        ]
        indexes = [models.Index(fields=["lineage"], name="hazards_of_scenario")]


class HazardEscalation(models.Model):
    """Nobody decided in time: the hazard went to the next leader."""

    id = models.UUIDField(primary_key=True, default=new_id)
    hazard = models.ForeignKey(Hazard, on_delete=models.PROTECT, related_name="escalations")
    to_person = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hazard", "to_person"], name="hazard_reaches_a_leader_once")
        ]


class ImportDraft(models.Model):
    """A spreadsheet that somebody wants to take into a draft. Gone after use, or after a day."""

    id = models.UUIDField(primary_key=True, default=new_id)
    by = models.ForeignKey("organisation.Person", on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=TITLE_LIMIT)
    content = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now)
