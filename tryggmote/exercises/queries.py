"""What is read of exercises. The database decides which there are for whom."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.exercises.library import ExerciseScenario
from tryggmote.exercises.models import Exercise, Finding, Objective, Observation, Participant
from tryggmote.exercises.rules import exercised_until, is_due
from tryggmote.exercises.vocabulary import Part, Reached
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.organisation.models import Person, Unit, UnitKind
from tryggmote.risk.matrix import AreaCode
from tryggmote.risk.models import Scenario
from tryggmote.risk.queries import people_to_invite, units_covering
from tryggmote.ui.dates import oslo_today

MOST_RISKS = 30
_ABOVE_OFFICES = (UnitKind.DIRECTORATE, UnitKind.COUNTY, UnitKind.MUNICIPALITY)


def exercises() -> QuerySet[Exercise]:
    """All one sees, with their units: what is still to come first, then the latest."""
    return Exercise.objects.select_related("unit").order_by(
        F("held_at").desc(nulls_first=True), "-starts_at", "-id"
    )


def exercise_in_full(exercise_id: UUID) -> QuerySet[Exercise]:
    """One exercise with its unit and who suggested it."""
    return Exercise.objects.filter(id=exercise_id).select_related("unit", "planned_by")


def units_to_plan_for() -> QuerySet[Unit]:
    """Workplaces one leads, represents or co-ordinates the security of, in Norwegian order."""
    mine = RawSQL("select unnest(app.units_led() || app.units_represented() || app.units_coordinated())", [])
    return (
        Unit.objects.filter(id__in=mine, ended_on=None).exclude(kind__in=_ABOVE_OFFICES).order_by("sort_key")
    )


def coordinates(unit_id: int) -> bool:
    """Whether the one who asks co-ordinates security above the unit; one query."""
    with connection.cursor() as cursor:
        cursor.execute("select %s = any (app.units_coordinated())", [unit_id])
        return bool(cursor.fetchone()[0])


def my_part(exercise: Exercise, person: SignedInPerson) -> Participant | None:
    """What the person does in the exercise; None when they are not in it."""
    return Participant.objects.filter(exercise=exercise, person_id=person.id).first()


def people_for(exercise: Exercise) -> QuerySet[Person]:
    """Who can be in it: those who work in the unit or serve it, and those who are in it already."""
    around = people_to_invite(exercise.unit_id).values("id")
    inside = Participant.objects.filter(exercise=exercise).values("person_id")
    return Person.objects.filter(Q(id__in=around) | Q(id__in=inside)).order_by("sort_key")


@dataclass(frozen=True)
class Member:
    """Somebody in an exercise, with the role they play in words."""

    participant: Participant
    role: str


def members_of(exercise: Exercise) -> list[Member]:
    """Who leads, who observes and who takes part, by name within each; one query."""
    order = list(Part.values)
    found = (
        Participant.objects.filter(exercise=exercise).select_related("person").order_by("person__sort_key")
    )
    roles = exercise.played.roles
    return [
        Member(row, str(roles[row.role - 1]) if row.role and row.role <= len(roles) else "")
        for row in sorted(found, key=lambda row: order.index(row.part))
    ]


@dataclass(frozen=True)
class Aim:
    """An objective in words; `is_risk`: from the unit's own assessment."""

    objective: Objective
    words: str
    is_risk: bool

    @property
    def reached(self) -> Reached | None:
        """Whether it was reached; None until somebody has said."""
        return Reached(self.objective.reached) if self.objective.reached else None


def aims_of(exercise: Exercise) -> list[Aim]:
    """The objectives, the scenario's first, as they are numbered; one query."""
    found = Objective.objects.filter(exercise=exercise).order_by(F("number").asc(nulls_last=True), "id")
    return [Aim(objective, words_of(exercise, objective), objective.number is None) for objective in found]


def words_of(exercise: Exercise, objective: Objective) -> str:
    """An objective in the language in force; a risk in the words of its assessment."""
    known = exercise.played.objectives
    if objective.number and objective.number <= len(known):
        return str(known[objective.number - 1])
    return objective.hazard


@dataclass(frozen=True)
class Risk:
    """A scenario of the unit's approved assessment. `is_above`: the risk as it is now is not accepted."""

    scenario: Scenario
    is_above: bool
    is_answered: bool


def risks_to_exercise(unit_id: int, played: ExerciseScenario) -> list[Risk]:
    """Risks of what is approved and in force for the unit in the scenario's meeting forms; two queries.

    Those above acceptance come first, then those that the exercise prepares for.
    """
    found = (
        Scenario.objects.filter(
            version__assessment__unit_id__in=units_covering(unit_id),
            version__assessment__review_on__gte=oslo_today(),
            version__number=F("version__assessment__approved_number"),
            removed_at=None,
            forms__overlap=[form.value for form in played.forms],
        )
        .select_related("version")
        .order_by("hazard", "id")
    )
    risks = [Risk(each, _is_above(each), each.starter in played.answers) for each in found]
    return sorted(risks, key=lambda risk: (not risk.is_above, not risk.is_answered))[:MOST_RISKS]


def _is_above(scenario: Scenario) -> bool:
    likelihood, consequence = scenario.current_likelihood, scenario.current_consequence
    if likelihood is None or consequence is None:
        return False
    return scenario.version.scale.area_of(likelihood, consequence).code is not AreaCode.GREEN


@dataclass(frozen=True)
class FormExercised:
    """When a unit last exercised a meeting form; `form` is None for any at all."""

    form: MeetingForm | None
    last_on: date | None

    @property
    def until(self) -> date | None:
        """Until when that counts."""
        return exercised_until(self.last_on) if self.last_on else None

    @property
    def is_due(self) -> bool:
        """Whether the next one is asked for."""
        return is_due(self.last_on, oslo_today())

    @property
    def words(self) -> str:
        return str(self.form.label) if self.form else _("Enheten som helhet")


@dataclass(frozen=True)
class UnitExercised:
    """A unit, and when it last exercised: as a whole, and form by form in the usual order."""

    unit_id: int
    name: str
    forms: list[FormExercised]


_LAST = """
select x.unit_id, u.name, x.form, x.last_on
from app.last_exercised(array[%s]::integer[]) x join organisation_unit u on u.id = x.unit_id
"""


def last_exercised(unit_id: int) -> UnitExercised | None:
    """When one unit last exercised; None for one that is no workplace. One query."""
    order = ["", *MeetingForm.values]
    with connection.cursor() as cursor:
        cursor.execute(_LAST, [unit_id])
        rows = sorted(cursor.fetchall(), key=lambda row: order.index(row[2]))
    if not rows:
        return None
    forms = [
        FormExercised(MeetingForm(form) if form else None, last_on) for _unit, _name, form, last_on in rows
    ]
    return UnitExercised(unit_id, rows[0][1], forms)


def observations_of(exercise: Exercise) -> list[Observation]:
    """What was seen, in the order it was written, with who wrote it."""
    return list(
        Observation.objects.filter(exercise=exercise).select_related("by", "objective").order_by("at", "id")
    )


def address_of_finding(finding_id: UUID) -> str:
    """Where a finding is read, "" for one who may not see it."""
    found = Finding.objects.filter(id=finding_id).values_list("exercise_id", flat=True).first()
    return f"{reverse('exercises:exercise', args=[found])}#funn-{finding_id}" if found else ""
