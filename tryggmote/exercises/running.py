"""On the day: the clock, the injects, who came, what was seen, the drill; one function an act (4.1).

The state is on the server: whoever opens the page again sees what everybody sees.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.once import made_once
from tryggmote.assistance.requests import CallRequest
from tryggmote.assistance.services import raise_call
from tryggmote.assistance.vocabulary import Purpose
from tryggmote.exercises import told
from tryggmote.exercises.models import Drill, Exercise, Finding, Observation, Participant, Step
from tryggmote.exercises.planning import take
from tryggmote.exercises.queries import my_part
from tryggmote.exercises.rules import may_observe, may_run
from tryggmote.exercises.vocabulary import Part, Stage, StepKind
from tryggmote.notices.services import tell
from tryggmote.organisation.standing import standing_in


@transaction.atomic
def start(*, by: SignedInPerson, exercise: Exercise, step_id: UUID) -> None:
    """Start the clock. Pressed twice, or by two, it starts once. Raises: NotAllowed."""
    refuse_unless_runs(by, exercise)
    if exercise.stage is Stage.PLANNED:
        take(exercise, StepKind.STARTED, step_id, by)


@transaction.atomic
def give_inject(*, by: SignedInPerson, exercise: Exercise, step_id: UUID, number: int) -> None:
    """Give the inject with this number. When somebody else has just given it, nothing changes.

    Raises: NotAllowed; NotPossible when it is not under way, or the scenario has no such inject.
    """
    refuse_unless_runs(by, exercise)
    if exercise.stage is not Stage.RUNNING or exercise.played.inject(number) is None:
        raise NotPossible(_("Øvelsen er ikke i gang. Åpne den på nytt."))
    if number == exercise.inject_number + 1:
        take(exercise, StepKind.INJECT, step_id, by, number=number)


@transaction.atomic
def note_attendance(*, by: SignedInPerson, exercise: Exercise, there: frozenset[int]) -> None:
    """Say who of those invited were there. It can be changed until the exercise is held.

    Raises: NotAllowed; NotPossible before it has begun or after it is held.
    """
    refuse_unless_runs(by, exercise)
    if exercise.stage is not Stage.RUNNING:
        raise NotPossible(_("Oppmøtet noteres mens øvelsen pågår."))
    people = Participant.objects.filter(exercise=exercise)
    people.filter(person_id__in=there).update(attended=True, by_id=by.id)
    people.exclude(person_id__in=there).update(attended=False, by_id=by.id)


@transaction.atomic
def hold(*, by: SignedInPerson, exercise: Exercise, step_id: UUID) -> None:
    """Say that it is done. Those who were there are asked how it was; what it counts as is theirs.

    The training each has done by being there is written by the database (`policies_completions.sql`).
    Raises: NotAllowed; NotPossible when it is not under way, or nobody was there.
    """
    refuse_unless_runs(by, exercise)
    if Step.objects.filter(exercise=exercise, kind=StepKind.HELD).exists():
        return
    there = set(
        Participant.objects.filter(exercise=exercise, attended=True).values_list("person_id", flat=True)
    )
    if exercise.stage is not Stage.RUNNING or not there:
        raise NotPossible(_("Kryss av for hvem som var der, før øvelsen avsluttes."))
    take(exercise, StepKind.HELD, step_id, by)
    tell(
        person_ids=there - {by.id},
        kind=told.EVALUATE,
        subject_id=exercise.id,
        url=reverse("exercises:evaluate", args=[exercise.id]),
        context={"unit": exercise.unit.name},
    )


@dataclass(frozen=True)
class Seen:
    """What an observer types. `id` is made with the form; `is_finding`: something must change."""

    id: UUID
    words: str
    objective_id: UUID | None = None
    is_finding: bool = False


@transaction.atomic
def observe(*, by: SignedInPerson, exercise: Exercise, seen: Seen) -> Observation | Finding:
    """Write down what was seen, at the inject that was the last, or what must change.

    The same `seen.id` again gives the first. Raises: NotAllowed for others than those who observe;
    NotPossible when the id is taken.
    """
    me = my_part(exercise, by)
    if not may_observe(exercise.stage, standing_in(exercise.unit_id), Part(me.part) if me else None):
        raise NotAllowed(
            _("Bare den som leder øvelsen, observatører, ledere og verneombud noterer her."),
            _("Si det i samtalen etterpå, eller i evalueringen."),
        )
    owner: dict[str, int | UUID] = {"by_id": by.id, "exercise_id": exercise.id}
    if seen.is_finding:
        return made_once(Finding, id=seen.id, owner=owner, fields={"words": seen.words})[0]
    inject = exercise.inject_number if exercise.stage is Stage.RUNNING else 0
    fields = {"words": seen.words, "inject": inject, "objective_id": seen.objective_id}
    return made_once(Observation, id=seen.id, owner=owner, fields=fields)[0]


@transaction.atomic
def call_drill(*, by: SignedInPerson, exercise: Exercise, call_id: UUID) -> UUID:
    """Call for help as a drill, through `assistance`, and link the call to the exercise. Returns its id.

    The same `call_id` again gives the first. Raises: NotAllowed; NotPossible when it is not practical or not
    under way.
    """
    refuse_unless_runs(by, exercise)
    if exercise.stage is not Stage.RUNNING or not exercise.is_practical:
        raise NotPossible(_("Alarmen øves mens en praktisk øvelse pågår."))
    raise_call(
        CallRequest(
            id=call_id, purpose=Purpose.DRILL.value, unit=exercise.unit_id, place=exercise.place,
            form=next(iter(exercise.forms), ""),
        )
    )  # fmt: skip
    Drill.objects.get_or_create(call_id=call_id, defaults={"exercise": exercise, "by_id": by.id})
    return call_id


def refuse_unless_runs(by: SignedInPerson, exercise: Exercise) -> None:
    """Raises: NotAllowed for others than whoever leads the exercise and the unit's leaders, or not (yet)."""
    me = my_part(exercise, by)
    leads = standing_in(exercise.unit_id).leads
    if not may_run(exercise.stage, leads=leads, is_led_by_me=me is not None and me.part == Part.LEADS):
        raise NotAllowed(
            _("Bare den som leder øvelsen, eller en leder for enheten, kan gjøre dette."),
            _("Si fra til den som leder øvelsen."),
        )
