"""After the exercise: objectives judged, findings decided, evaluated, closed (4.1, 2.3)."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.access.once import made_once
from tryggmote.controls.models import TITLE_LIMIT
from tryggmote.controls.queries import belongs_to
from tryggmote.controls.services import MeasureDraft, plan_measure
from tryggmote.controls.vocabulary import SUGGESTED_RUNG, MeasureKind, OriginKind
from tryggmote.exercises.models import Evaluation, Exercise, Finding, Objective, Step
from tryggmote.exercises.planning import take
from tryggmote.exercises.queries import my_part
from tryggmote.exercises.rules import may_evaluate, what_is_left
from tryggmote.exercises.running import refuse_unless_runs
from tryggmote.exercises.told import NEWS
from tryggmote.exercises.vocabulary import Becomes, Stage, StepKind
from tryggmote.information.services import publish
from tryggmote.organisation.standing import standing_in
from tryggmote.risk.inbox import raise_from
from tryggmote.risk.vocabulary import Source

MEASURE_WITHIN = timedelta(days=30)
"""When a measure is to be in place, unless whoever plans it says something else."""


@dataclass(frozen=True)
class Decision:
    """What becomes of a finding. `title`, `kind`, `due_on`: of the measure; `reason`: why nothing is done."""

    becomes: Becomes
    title: str = ""
    kind: MeasureKind = MeasureKind.PROCEDURE
    due_on: date | None = None
    reason: str = ""


@dataclass(frozen=True)
class Opinion:
    """One participant's evaluation. `id` is made with the form."""

    id: UUID
    understood: str
    knew_how: str
    safer: str
    change: str
    words: str = ""


@transaction.atomic
def judge_objectives(*, by: SignedInPerson, exercise: Exercise, reached: dict[UUID, str]) -> None:
    """Say which objectives were reached. It can be changed until the exercise is closed.

    Raises: NotAllowed; NotPossible before it is held or after it is closed.
    """
    refuse_unless_runs(by, exercise)
    _must_be_held(exercise)
    judged = [Objective(id=objective_id, reached=answer) for objective_id, answer in reached.items()]
    Objective.objects.filter(exercise=exercise).bulk_update(judged, ["reached"])


def may_plan(person_id: int, unit_id: int) -> bool:
    """Whether one plans a measure oneself: a leader of the unit, who belongs there."""
    return standing_in(unit_id).leads and belongs_to(person_id, unit_id)


@transaction.atomic
def decide_finding(*, by: SignedInPerson, finding: Finding, decision: Decision) -> None:
    """Make a hazard or a measure of a finding, or say why nothing is done. The first decision stands.

    Raises: NotAllowed for others than whoever runs the exercise, and for a measure others than leaders of the
    unit; NotPossible when it is closed.
    """
    exercise = finding.exercise
    refuse_unless_runs(by, exercise)
    if exercise.stage not in (Stage.RUNNING, Stage.HELD):
        raise NotPossible(_("Øvelsen er avsluttet. Meld det som en fare i stedet."))
    if decision.becomes is Becomes.MEASURE and not may_plan(by.id, exercise.unit_id):
        raise NotAllowed(_("Bare en leder for enheten kan planlegge tiltak."), _("Meld det som en fare."))
    decided = Finding.objects.filter(id=finding.id, became="").update(
        became=decision.becomes, reason=decision.reason, decided_by_id=by.id, decided_at=timezone.now()
    )
    if not decided:
        return
    if decision.becomes is Becomes.MEASURE:
        plan_measure(by=by, draft=_measure(finding, by, decision))
    elif decision.becomes is Becomes.HAZARD:
        raise_from(
            source=Source.EXERCISE,
            source_id=finding.id,
            unit_id=exercise.unit_id,
            raised_by_id=finding.by_id,
            what=_("Funnet i øvelsen «%(title)s». Les funnet der.") % {"title": exercise.title},
            forms=exercise.forms,
        )


@transaction.atomic
def evaluate(*, by: SignedInPerson, exercise: Exercise, opinion: Opinion) -> None:
    """Say what one thinks of it, once. Nobody else sees who said what (`policies_evaluation.sql`).

    Again changes nothing. Raises: NotAllowed for one who was not there, or when the week is over.
    """
    me = my_part(exercise, by)
    if not may_evaluate(held_at=exercise.held_at, attended=me.attended if me else None, now=timezone.now()):
        raise NotAllowed(_("De som var med, kan svare i sju dager etter øvelsen."))
    if Evaluation.objects.filter(exercise=exercise, person_id=by.id).exists():
        return
    fields = {key: value for key, value in vars(opinion).items() if key != "id"}
    owner: dict[str, int | UUID] = {"person_id": by.id, "exercise_id": exercise.id}
    made_once(Evaluation, id=opinion.id, owner=owner, fields=fields)


@transaction.atomic
def close(*, by: SignedInPerson, exercise: Exercise, step_id: UUID, words: str, found_nothing: bool) -> None:
    """A leader of the unit closes it: the unit is told, and reads the report. `words`: what was learned.

    The same `step_id` again changes nothing. Raises: NotAllowed for others; NotPossible while objectives are
    not judged, findings not decided, or nobody has said that there are none.
    """
    if Step.objects.filter(id=step_id, exercise=exercise, by_id=by.id).exists():
        return
    if not standing_in(exercise.unit_id).leads:
        raise NotAllowed(
            _("Bare en leder for enheten avslutter øvelsen."), _("Lederen ser den på Nå til det er gjort.")
        )
    _must_be_held(exercise)
    unjudged, undecided = what_is_left(
        Objective.objects.filter(exercise=exercise).values_list("reached", flat=True),
        Finding.objects.filter(exercise=exercise).values_list("became", flat=True),
        found_nothing=found_nothing,
    )
    if unjudged:
        raise NotPossible(_("Svar på om hvert mål ble nådd, før øvelsen avsluttes."))
    if undecided:
        raise NotPossible(_("Bestem hva som skjer med funnene, eller kryss av for at det ikke var noen."))
    take(exercise, StepKind.CLOSED, step_id, by, words=words, found_nothing=found_nothing)
    publish(
        unit_id=exercise.unit_id,
        kind=NEWS.code,
        subject_id=exercise.id,
        url=reverse("exercises:report", args=[exercise.id]),
        context={"title": exercise.title},
        by_id=by.id,
    )


def _must_be_held(exercise: Exercise) -> None:
    if exercise.stage is not Stage.HELD:
        raise NotPossible(_("Øvelsen er ikke gjennomført ennå, eller den er allerede avsluttet."))


def _measure(finding: Finding, by: SignedInPerson, decision: Decision) -> MeasureDraft:
    exercise = finding.exercise
    return MeasureDraft(
        id=new_id(),
        unit_id=exercise.unit_id,
        title=(decision.title or finding.words)[:TITLE_LIMIT],
        what=finding.words,
        kind=decision.kind,
        hierarchy=SUGGESTED_RUNG[decision.kind],
        forms=tuple(exercise.forms),
        owner_id=by.id,
        due_on=decision.due_on or timezone.localdate() + MEASURE_WITHIN,
        origin_kind=OriginKind.EXERCISE,
        origin_id=finding.id,
        origin_words=exercise.title,
    )
