"""Measures against violence and threats, and everything done about them as acts with who and when (2.3).

What was planned is never rewritten. What people do is added as rows; the columns under "derived" are kept by
the database from those rows (`policies.sql`), so that lists need no joins.
"""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.ids import new_id
from tryggmote.controls.rules import is_overdue
from tryggmote.controls.vocabulary import Effect, MeasureKind, OriginKind, Rung, Status
from tryggmote.organisation.meeting_forms import MeetingForm

TITLE_LIMIT = 200
TEXT_LIMIT = 10_000
"""Characters in one free text: about four pages."""


def meeting_forms() -> ArrayField:
    """The meeting forms something is for; none means all of them."""
    return ArrayField(models.CharField(max_length=20, choices=MeetingForm), default=list)


class Measure(models.Model):
    """Something a unit does so that fewer are hurt, with an owner and a date.

    `origin_id`: what it comes from, in whichever capability that is, so there is no foreign key;
    `origin_words` is what it was called that day, never of what fewer
    people read than the measure (`OriginKind.has_readers_of_its_own`).
    `factors`: numbers of § 23A-1's eight factors.
    `interval_months`: how often it must be tested, None for what is not tested (3.5). `due_on` and `owner`
    are as planned until a postponement or a handover changes them.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    title = models.CharField(max_length=TITLE_LIMIT)
    what = models.TextField(max_length=TEXT_LIMIT, blank=True)
    kind = models.CharField(max_length=20, choices=MeasureKind)
    hierarchy = models.CharField(max_length=20, choices=Rung)
    forms = meeting_forms()
    factors = ArrayField(models.PositiveSmallIntegerField(), default=list)
    origin_kind = models.CharField(max_length=20, choices=OriginKind, default=OriginKind.OTHER)
    origin_id = models.UUIDField(null=True)
    origin_words = models.CharField(max_length=TITLE_LIMIT, blank=True)
    owner = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    due_on = models.DateField()
    interval_months = models.PositiveSmallIntegerField(null=True)
    created_by = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(default=timezone.now)

    # Derived from the rows of what was done.
    established_at = models.DateTimeField(null=True)
    evaluated_at = models.DateTimeField(null=True)
    effect = models.CharField(max_length=20, choices=Effect, blank=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(factors__contained_by=[1, 2, 3, 4, 5, 6, 7, 8]), name="measure_factors_are_1_to_8"
            ),
            models.CheckConstraint(
                condition=Q(interval_months=None) | Q(interval_months__range=(1, 60)),
                name="measure_is_tested_within_five_years",
            ),
            models.CheckConstraint(
                condition=Q(evaluated_at=None) | Q(established_at__isnull=False),
                name="measure_is_evaluated_after_it_is_established",
            ),
            models.CheckConstraint(
                condition=Q(origin_words="") | ~Q(origin_kind__in=[OriginKind.SCENARIO, OriginKind.HAZARD]),
                name="measure_does_not_quote_what_fewer_read",
            ),
        ]
        indexes = [
            # The latest measures of some units; what one owes; what comes from something.
            models.Index(fields=["unit", "-created_at", "-id"], name="measure_of_unit"),
            models.Index(fields=["owner", "due_on"], name="measure_of_owner"),
            models.Index(fields=["origin_id"], name="measure_of_origin", condition=~Q(origin_id=None)),
            # What the escalation job and leaders' overdue lists look through.
            models.Index(
                fields=["due_on"],
                name="measure_not_established",
                condition=Q(established_at=None, cancelled_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("controls:measure", args=[self.id])

    @property
    def status(self) -> Status:
        """How far it has come."""
        if self.cancelled_at:
            return Status.CANCELLED
        if self.effect:
            return Status.EVALUATED if self.effect == Effect.REDUCED else Status.WITHOUT_EFFECT
        return Status.ESTABLISHED if self.established_at else Status.PLANNED

    @property
    def is_overdue(self) -> bool:
        """Planned, and the date has passed."""
        return self.status == Status.PLANNED and is_overdue(self.due_on, timezone.localdate())

    @property
    def is_in_use(self) -> bool:
        """Established and not cancelled: residual risk and advice may build on it."""
        return self.established_at is not None and self.cancelled_at is None

    @property
    def can_be_built_on(self) -> bool:
        """Whether a lower risk may be said to come of it: not cancelled, and not found to change nothing."""
        return self.cancelled_at is None and self.effect != Effect.NOT_REDUCED

    @property
    def rung(self) -> Rung:
        """Where it stands on the ladder."""
        return Rung(self.hierarchy)

    # For lists: Django's own display methods hash all choices anew for each row.
    @property
    def kind_word(self) -> str:
        """What it is about, in words."""
        return str(MeasureKind(self.kind).label)

    @property
    def form_words(self) -> list[str]:
        """The meeting forms in words; empty for all."""
        return [str(MeetingForm(form).label) for form in self.forms if form in MeetingForm.values]


class Happening(models.Model):
    """Something that happened to a measure, and when. Added, never changed."""

    id = models.UUIDField(primary_key=True, default=new_id)
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    @property
    def name(self) -> str:
        """What it was."""
        return str(self._meta.model_name)


class Act(Happening):
    """Something that somebody did about a measure."""

    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True


class Establishment(Act):
    """The measure is in place."""

    words = models.TextField(max_length=TEXT_LIMIT, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure"], name="measure_is_established_once"),
        ]


class Evaluation(Act):
    """Whether the measure made the risk smaller; likelihood and consequence (1-5) when scored anew."""

    effect = models.CharField(max_length=20, choices=Effect)
    words = models.TextField(max_length=TEXT_LIMIT)
    likelihood = models.PositiveSmallIntegerField(
        null=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    consequence = models.PositiveSmallIntegerField(
        null=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(**{scale: None}) | Q(**{f"{scale}__range": (1, 5)}),
                name=f"evaluated_{scale}_is_1_to_5",
            )
            for scale in ("likelihood", "consequence")
        ]


class Postponement(Act):
    """The measure got another date."""

    from_on = models.DateField()
    to_on = models.DateField()
    reason = models.TextField(max_length=TEXT_LIMIT)


class Handover(Act):
    """The measure got another owner."""

    from_owner = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    to_owner = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    reason = models.TextField(max_length=TEXT_LIMIT, blank=True)


class Cancellation(Act):
    """The measure will not be carried out, or is taken out of use."""

    reason = models.TextField(max_length=TEXT_LIMIT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["measure"], name="measure_is_cancelled_once")]


class Escalated(Happening):
    """The next leader was told that the measure is overdue: once for each date that was missed."""

    to_person = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    due_on = models.DateField()

    class Meta:
        verbose_name_plural = "escalated"
        constraints = [
            models.UniqueConstraint(fields=["measure", "due_on"], name="measure_is_passed_up_once_a_date")
        ]
