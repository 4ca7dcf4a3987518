"""Exercises in a random organisation, and who may see what of them, said a second time in Python.

From the product's description: plans and observations are seen by leaders, those who take part, whoever
suggested it, and the safety representatives; the report by everybody who reads the unit's documents, and by
directors. Who took part is no part of the report. An evaluation is read by whoever gave it.
"""

from dataclasses import dataclass, field
from random import Random

from django.utils import timezone

from tests.security.assessments import leads, represents, sees_documents_of
from tests.security.world import World
from tryggmote.access.ids import new_id
from tryggmote.exercises.models import (
    Drill,
    Evaluation,
    Exercise,
    Finding,
    Objective,
    Observation,
    Participant,
    Step,
)
from tryggmote.organisation.models import Person


@dataclass
class Exercises:
    """Every exercise there is with what belongs to it, and who takes part in each, by its id."""

    exercises: list[Exercise] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    objectives: list[Objective] = field(default_factory=list)
    participants: list[Participant] = field(default_factory=list)
    observations: list[Observation] = field(default_factory=list)
    drills: list[Drill] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    evaluations: list[Evaluation] = field(default_factory=list)
    taking_part: dict[object, set[int]] = field(default_factory=dict)


def concerns(made: Exercises, world: World, person: Person, exercise: Exercise) -> bool:
    return (
        leads(world, person, exercise.unit_id)
        or represents(world, person, exercise.unit_id)
        or person.id == exercise.planned_by_id
        or person.id in made.taking_part[exercise.id]
    )


def may_see_exercise(made: Exercises, world: World, person: Person, exercise: Exercise) -> bool:
    is_reported = exercise.closed_at is not None
    return concerns(made, world, person, exercise) or (
        is_reported and sees_documents_of(world, person, exercise.unit_id)
    )


def may_see_evaluation(_world: World, person: Person, evaluation: Evaluation) -> bool:
    return person.id == evaluation.person_id


def build(world: World, random: Random) -> Exercises:
    """Exercises in random units, some planned, some held, some with a report."""
    made = Exercises()
    for _ in range(random.randint(3, 6)):
        by = random.choice(world.people)
        exercise = Exercise.objects.create(
            unit=random.choice(world.units), version="2026-1", scenario="bomb_threat", way="practical",
            forms=["telephone"], starts_at=timezone.now(), planned_by=by,
        )  # fmt: skip
        made.exercises.append(exercise)
        _fill(made, exercise, by, world, random)
        stages = random.randint(0, 3)
        for name in ("decided_at", "held_at", "closed_at")[:stages]:
            setattr(exercise, name, timezone.now())
        exercise.save()
    return made


def _fill(made: Exercises, exercise: Exercise, by: Person, world: World, random: Random) -> None:
    people = random.sample(world.people, random.randint(1, 3))
    made.taking_part[exercise.id] = {person.id for person in people}
    for person in people:
        made.participants.append(
            Participant.objects.create(exercise=exercise, person=person, part="takes_part", by=by)
        )
    made.evaluations.append(Evaluation.objects.create(exercise=exercise, person=people[0]))
    made.steps.append(Step.objects.create(exercise=exercise, kind="decided", by=by))
    made.objectives.append(Objective.objects.create(exercise=exercise, number=1))
    made.observations.append(Observation.objects.create(exercise=exercise, words="Så det.", by=by))
    made.drills.append(Drill.objects.create(exercise=exercise, call_id=new_id(), by=by))
    made.findings.append(Finding.objects.create(exercise=exercise, words="Lås.", by=by))
