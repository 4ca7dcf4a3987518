"""Planning an exercise: suggested, decided, moved, called off, and who takes part (4.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.once import made_once
from tryggmote.exercises import library, told
from tryggmote.exercises.models import Exercise, Objective, Participant, Step
from tryggmote.exercises.queries import coordinates, my_part
from tryggmote.exercises.rules import may_arrange, may_call_off, may_suggest
from tryggmote.exercises.vocabulary import Part, Stage, StepKind
from tryggmote.notices.services import tell
from tryggmote.organisation.standing import deciders_of, standing_in

MOVABLE = (Stage.SUGGESTED, Stage.PLANNED)
"""Until it begins it can be given another time, or called off."""


@dataclass(frozen=True)
class RiskAim:
    """A risk of the unit that the exercise is to prepare for, in the words of its approved assessment."""

    lineage: UUID
    hazard: str


@dataclass(frozen=True)
class ExerciseDraft:
    """What somebody suggests. `id` is made with the form; `objectives`: of the scenario, from 1."""

    id: UUID
    unit_id: int
    scenario: str
    way: str
    forms: tuple[str, ...]
    starts_at: datetime
    place: str
    objectives: tuple[int, ...]
    risks: tuple[RiskAim, ...] = ()


@dataclass(frozen=True)
class Cast:
    """Who does what, by person id. `roles`: the scenario's, by the person who plays it."""

    leads: int
    observes: frozenset[int]
    takes_part: frozenset[int]
    roles: Mapping[int, int]

    def parts(self) -> dict[int, Part]:
        """Each person once: whoever leads does nothing else, whoever observes does not take part."""
        taking_part = self.takes_part | self.roles.keys()
        return (
            dict.fromkeys(taking_part, Part.TAKES_PART)
            | dict.fromkeys(self.observes, Part.OBSERVES)
            | {self.leads: Part.LEADS}
        )


@transaction.atomic
def suggest_exercise(*, by: SignedInPerson, draft: ExerciseDraft) -> Exercise:
    """Suggest an exercise for a unit; a leader decides, and is told when somebody else suggests it.

    Whoever suggests it is the first to lead it. The same `draft.id` again gives the first. Raises: NotAllowed
    for others than leaders, representatives and the county's co-ordinator; NotPossible when the id is taken
    or the time has passed.
    """
    if sent := Exercise.objects.filter(id=draft.id, planned_by_id=by.id).first():
        return sent
    standing = standing_in(draft.unit_id)
    if not may_suggest(standing, coordinates=coordinates(draft.unit_id)):
        raise NotAllowed(
            _("Øvelser foreslås av ledere, verneombud og sikkerhetskoordinatoren i fylket."),
            _("Si fra til en av dem om hva du vil øve på."),
        )
    _must_be_ahead(draft.starts_at)
    fields = {
        "unit_id": draft.unit_id,
        "version": library.current().version,
        "scenario": draft.scenario,
        "way": draft.way,
        "forms": list(draft.forms),
        "starts_at": draft.starts_at,
        "place": draft.place,
    }
    exercise, is_new = made_once(Exercise, id=draft.id, owner={"planned_by_id": by.id}, fields=fields)
    if is_new:
        _aim(exercise, draft)
        Participant.objects.create(exercise=exercise, person_id=by.id, part=Part.LEADS, by_id=by.id)
        if not standing.leads:
            _tell(exercise, told.SUGGESTED, {person.person_id for person in deciders_of(draft.unit_id)}, by)
    return exercise


@transaction.atomic
def choose_people(*, by: SignedInPerson, exercise: Exercise, cast: Cast) -> None:
    """Say who leads, observes and takes part. Once it is decided, those who are new are invited.

    Whoever was there already is kept after it has begun. Raises: NotAllowed; NotPossible when it is held.
    """
    _refuse_unless_arranges(by, exercise)
    parts = cast.parts()
    before = {row.person_id: Part(row.part) for row in Participant.objects.filter(exercise=exercise)}
    left_out = set() if exercise.started_at else before.keys() - parts.keys()
    led = {
        person_id for person_id, part in before.items() if part is Part.LEADS and part != parts.get(person_id)
    }
    # Whoever led it until now goes last: without them, those who are not leaders of the unit arrange nothing.
    _let_go(exercise, left_out - led)
    stepping_down = dict.fromkeys(led - parts.keys(), Part.TAKES_PART)
    _put_in(exercise, stepping_down | parts, cast.roles, by)
    _let_go(exercise, left_out & led)
    if exercise.decided_at is not None:
        _tell(exercise, told.INVITED, parts.keys() - before.keys() - {by.id}, by)


@transaction.atomic
def decide(*, by: SignedInPerson, exercise: Exercise, step_id: UUID) -> None:
    """A leader of the unit decides that it will be; those who take part are invited.

    The same `step_id` again changes nothing. Raises: NotAllowed for others; NotPossible when it is decided or
    called off.
    """
    if _is_taken(exercise, step_id, by):
        return
    _refuse_unless_leads(exercise)
    if exercise.stage is not Stage.SUGGESTED:
        raise NotPossible(_("Noen har allerede bestemt dette. Åpne øvelsen på nytt."))
    take(exercise, StepKind.DECIDED, step_id, by)
    invited = set(Participant.objects.filter(exercise=exercise).values_list("person_id", flat=True))
    _tell(exercise, told.INVITED, invited - {by.id}, by)
    _tell(exercise, told.DECIDED, {exercise.planned_by_id} - invited - {by.id}, by)


@transaction.atomic
def call_off(*, by: SignedInPerson, exercise: Exercise, step_id: UUID, reason: str) -> None:
    """Say that it will not be, and why: a leader, or whoever suggested it before it was decided.

    Those who were invited are told, and whoever suggested it. Raises: NotAllowed; NotPossible once begun.
    """
    if _is_taken(exercise, step_id, by):
        return
    if exercise.stage not in MOVABLE:
        raise NotPossible(_("Øvelsen er begynt eller avsluttet, og kan ikke avlyses."))
    is_mine = exercise.planned_by_id == by.id
    if not may_call_off(exercise.stage, leads=standing_in(exercise.unit_id).leads, planned_by_me=is_mine):
        raise _only_a_leader()
    was_decided = exercise.decided_at is not None
    take(exercise, StepKind.CALLED_OFF, step_id, by, words=reason)
    people = set(Participant.objects.filter(exercise=exercise).values_list("person_id", flat=True))
    told_of_it = people if was_decided else set()
    _tell(exercise, told.CALLED_OFF, {*told_of_it, exercise.planned_by_id} - {by.id}, by)


@transaction.atomic
def move(*, by: SignedInPerson, exercise: Exercise, starts_at: datetime, place: str) -> None:
    """A leader gives it another time or place; those who are invited are told.

    Raises: NotAllowed for others than leaders; NotPossible when it has begun or the time has passed.
    """
    refuse_unless_moved_by_me(exercise)
    _must_be_ahead(starts_at)
    exercise.starts_at, exercise.place = starts_at, place
    exercise.save(update_fields=["starts_at", "place"])
    if exercise.decided_at is not None:
        people = set(Participant.objects.filter(exercise=exercise).values_list("person_id", flat=True))
        _tell(exercise, told.MOVED, people - {by.id}, by)


def refuse_unless_moved_by_me(exercise: Exercise) -> None:
    """Raises: NotAllowed for others than leaders of the unit; NotPossible when it has begun."""
    _refuse_unless_leads(exercise)
    if exercise.stage not in MOVABLE:
        raise NotPossible(_("Øvelsen er begynt eller avsluttet, og kan ikke flyttes."))


def take(
    exercise: Exercise,
    kind: StepKind,
    step_id: UUID,
    by: SignedInPerson,
    *,
    number: int = 0,
    words: str = "",
    found_nothing: bool = False,
) -> Step:
    """Write the step down once and bring `exercise` up to date. Raises: NotPossible when it is taken."""
    owner: dict[str, int | UUID] = {"by_id": by.id, "exercise_id": exercise.id}
    fields = {"kind": kind, "number": number, "words": words, "found_nothing": found_nothing}
    step, _is_new = made_once(Step, id=step_id, owner=owner, fields=fields)
    exercise.refresh_from_db()
    return step


def _is_taken(exercise: Exercise, step_id: UUID, by: SignedInPerson) -> bool:
    return Step.objects.filter(id=step_id, exercise=exercise, by_id=by.id).exists()


def _aim(exercise: Exercise, draft: ExerciseDraft) -> None:
    of_scenario = [Objective(exercise=exercise, number=number) for number in sorted(set(draft.objectives))]
    of_risks = [
        Objective(exercise=exercise, lineage=risk.lineage, hazard=risk.hazard) for risk in draft.risks
    ]
    Objective.objects.bulk_create([*of_scenario, *of_risks])


def _let_go(exercise: Exercise, person_ids: set[int]) -> None:
    Participant.objects.filter(exercise=exercise, person_id__in=person_ids).delete()


def _put_in(exercise: Exercise, parts: dict[int, Part], roles: Mapping[int, int], by: SignedInPerson) -> None:
    # The new leader comes last: two are refused, also for a moment.
    in_order = sorted(parts.items(), key=lambda each: each[1] is Part.LEADS)
    Participant.objects.bulk_create(
        [
            Participant(
                exercise=exercise, person_id=person_id, part=part, role=roles.get(person_id), by_id=by.id
            )
            for person_id, part in in_order
        ],
        update_conflicts=True,
        unique_fields=["exercise", "person"],
        update_fields=["part", "role", "by"],
    )


def _refuse_unless_leads(exercise: Exercise) -> None:
    if not standing_in(exercise.unit_id).leads:
        raise _only_a_leader()


def _only_a_leader() -> NotAllowed:
    return NotAllowed(_("Bare en leder for enheten bestemmer om øvelsen."), _("Lederen ser forslaget på Nå."))


def _refuse_unless_arranges(by: SignedInPerson, exercise: Exercise) -> None:
    me = my_part(exercise, by)
    allowed = may_arrange(
        exercise.stage,
        leads=standing_in(exercise.unit_id).leads,
        is_led_by_me=me is not None and me.part == Part.LEADS,
        planned_by_me=exercise.planned_by_id == by.id,
    )
    if not allowed:
        raise NotAllowed(_("Bare lederen, og den som leder øvelsen, velger hvem som er med."))


def _must_be_ahead(moment: datetime) -> None:
    if moment < timezone.now():
        raise NotPossible(_("Tidspunktet har vært. Velg et som kommer."))


def _tell(exercise: Exercise, kind: str, person_ids: set[int], by: SignedInPerson) -> None:
    tell(
        person_ids=person_ids,
        kind=kind,
        subject_id=exercise.id,
        url=exercise.get_absolute_url(),
        context={"unit": exercise.unit.name, "name": by.name},
    )
