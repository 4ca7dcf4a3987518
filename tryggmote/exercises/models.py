"""Exercises of a unit: planned, run, learned from (requirements 4.1 and 2.3, § 23A-2).

What people do with one is added as steps with who and when; where it stands is derived from them by the
database. What a client could be known by has no place here: the roles are invented.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from tryggmote.access.ids import new_id
from tryggmote.exercises import library
from tryggmote.exercises.library import ExerciseScenario, Inject
from tryggmote.exercises.rules import stage_of
from tryggmote.exercises.vocabulary import Agreement, Becomes, Change, Part, Reached, Stage, StepKind, Way
from tryggmote.organisation.meeting_forms import MeetingForm

PLACE_LIMIT = 200
TEXT_LIMIT = 1_000
LINE_LIMIT = 200
OBJECTIVE_LIMIT = 200


def _person(*, null: bool = False) -> models.ForeignKey:
    return models.ForeignKey(
        "organisation.Person", null=null, on_delete=models.PROTECT, related_name="+", db_index=False
    )


class Exercise(models.Model):
    """One exercise. A suggestion until a leader of the unit has decided on it.

    `scenario` in `version` of the library. `inject_number`: the last inject given, 0 before the first.
    `attended`: how many were there, once it is held.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    version = models.CharField(max_length=10)
    scenario = models.CharField(max_length=40)
    way = models.CharField(max_length=10, choices=Way)
    forms = ArrayField(models.CharField(max_length=20, choices=MeetingForm), default=list)
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=PLACE_LIMIT, blank=True)
    planned_by = _person()
    planned_at = models.DateTimeField(default=timezone.now)
    # Derived from the steps.
    decided_at = models.DateTimeField(null=True)
    called_off_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    inject_number = models.PositiveSmallIntegerField(default=0)
    held_at = models.DateTimeField(null=True)
    attended = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            # The unit's list, and when it last exercised what.
            models.Index(fields=["unit", "-starts_at"], name="exercise_of_unit"),
            models.Index(
                fields=["unit", "-held_at"], condition=Q(held_at__isnull=False), name="exercise_held"
            ),
            models.Index(
                fields=["unit"], condition=Q(closed_at=None, called_off_at=None), name="exercise_is_open"
            ),
            models.Index(fields=["planned_by"], name="exercise_planned_by"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def get_absolute_url(self) -> str:
        return reverse("exercises:exercise", args=[self.id])

    @cached_property
    def played(self) -> ExerciseScenario:
        """The scenario as it was when the exercise was planned."""
        return library.scenario_of(self.version, self.scenario)

    @property
    def title(self) -> str:
        return str(self.played.title)

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return stage_of(
            decided_at=self.decided_at,
            called_off_at=self.called_off_at,
            started_at=self.started_at,
            held_at=self.held_at,
            closed_at=self.closed_at,
        )

    @property
    def is_practical(self) -> bool:
        return self.way == Way.PRACTICAL

    @property
    def inject(self) -> Inject | None:
        """The last inject given."""
        return self.played.inject(self.inject_number)

    @property
    def next_inject(self) -> Inject | None:
        """The one that comes next; None when all are given."""
        return self.played.inject(self.inject_number + 1)

    @property
    def form_words(self) -> list[str]:
        """The meeting forms in words."""
        return [str(MeetingForm(form).label) for form in self.forms if form in MeetingForm.values]


class Step(models.Model):
    """Something that was done with the exercise. Never changed. `number`: of the inject.

    `found_nothing`: whoever closed it says that nothing was found.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="steps", db_index=False)
    kind = models.CharField(max_length=10, choices=StepKind)
    number = models.PositiveSmallIntegerField(default=0)
    words = models.CharField(max_length=TEXT_LIMIT, blank=True)
    found_nothing = models.BooleanField(default=False)
    by = _person()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["exercise", "kind", "number"], name="exercise_takes_each_step_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class Objective(models.Model):
    """What the exercise is to reach: one of the scenario's (`number`, from 1), or a risk of the unit.

    `hazard`: the risk in the words of the approved assessment it was chosen from (`lineage`).
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    exercise = models.ForeignKey(
        Exercise, on_delete=models.PROTECT, related_name="objectives", db_index=False
    )
    number = models.PositiveSmallIntegerField(null=True)
    lineage = models.UUIDField(null=True)
    hazard = models.CharField(max_length=OBJECTIVE_LIMIT, blank=True)
    reached = models.CharField(max_length=10, choices=Reached, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["exercise", "number", "lineage"],
                nulls_distinct=False,
                name="exercise_has_an_objective_once",
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=False, lineage=None, hazard="")
                | Q(number=None, lineage__isnull=False) & ~Q(hazard=""),
                name="objective_is_of_scenario_or_risk",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Participant(models.Model):
    """Somebody who is asked to be there, and whether they were. `role`: in the scenario, from 1."""

    id = models.UUIDField(primary_key=True, default=new_id)
    exercise = models.ForeignKey(
        Exercise, on_delete=models.PROTECT, related_name="participants", db_index=False
    )
    person = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, choices=Part)
    role = models.PositiveSmallIntegerField(null=True)
    attended = models.BooleanField(null=True)
    by = _person()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["exercise", "person"], name="person_is_in_an_exercise_once"),
            models.UniqueConstraint(
                fields=["exercise"], condition=Q(part=Part.LEADS), name="exercise_is_led_by_one"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Observation(models.Model):
    """What an observer saw, at an inject (0 for none) and perhaps about an objective. Never changed."""

    id = models.UUIDField(primary_key=True, default=new_id)
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="observations")
    inject = models.PositiveSmallIntegerField(default=0)
    objective = models.ForeignKey(
        Objective, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    words = models.CharField(max_length=TEXT_LIMIT)
    by = _person()
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.id)


class Drill(models.Model):
    """A drill call that belongs to the exercise. No foreign key: calls are deleted after two years."""

    id = models.UUIDField(primary_key=True, default=new_id)
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="drills")
    call_id = models.UUIDField(unique=True)
    by = _person()
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.id)


class Finding(models.Model):
    """Something that must change. `became` is empty until a leader has decided; `reason`: why nothing."""

    id = models.UUIDField(primary_key=True, default=new_id)
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="findings")
    words = models.CharField(max_length=TEXT_LIMIT)
    became = models.CharField(max_length=10, choices=Becomes, blank=True)
    reason = models.CharField(max_length=LINE_LIMIT, blank=True)
    by = _person()
    at = models.DateTimeField(default=timezone.now)
    decided_by = _person(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(became="", decided_by=None, decided_at=None)
                | ~Q(became="") & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="finding_is_decided_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class Evaluation(models.Model):
    """What one who was there thinks of it. Nobody else reads the row; all together are counted."""

    id = models.UUIDField(primary_key=True, default=new_id)
    exercise = models.ForeignKey(
        Exercise, on_delete=models.PROTECT, related_name="evaluations", db_index=False
    )
    person = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    understood = models.CharField(max_length=10, choices=Agreement)
    knew_how = models.CharField(max_length=10, choices=Agreement)
    safer = models.CharField(max_length=10, choices=Agreement)
    change = models.CharField(max_length=10, choices=Change)
    words = models.CharField(max_length=LINE_LIMIT, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["exercise", "person"], name="exercise_is_evaluated_once_by_each")
        ]

    def __str__(self) -> str:
        return str(self.id)
