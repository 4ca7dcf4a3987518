"""What is shown after an exercise: what was seen, how fast help came, what it led to (4.1)."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from tryggmote.controls.models import Measure
from tryggmote.controls.queries import measures_of_origins
from tryggmote.controls.vocabulary import OriginKind
from tryggmote.exercises.models import Exercise, Finding, Step
from tryggmote.exercises.vocabulary import Agreement, Becomes, Change, StepKind
from tryggmote.risk.hazard_queries import hazards_from_all
from tryggmote.risk.models import Hazard
from tryggmote.risk.vocabulary import Source


@dataclass(frozen=True)
class Found:
    """A finding and what became of it. `hazard`: None for those who do not see it."""

    finding: Finding
    measures: list[Measure]
    hazard: Hazard | None

    @property
    def is_decided(self) -> bool:
        return self.finding.became in Becomes.values


def found_in(exercise: Exercise) -> list[Found]:
    """All findings in the order they were made; three queries."""
    findings = list(
        Finding.objects.filter(exercise=exercise).select_related("by", "decided_by").order_by("at", "id")
    )
    ids = [finding.id for finding in findings]
    measures = measures_of_origins(OriginKind.EXERCISE, ids)
    hazards = hazards_from_all(Source.EXERCISE, ids)
    return [Found(finding, measures[finding.id], hazards.get(finding.id)) for finding in findings]


@dataclass(frozen=True)
class DrillTime:
    """How a drill call of the exercise went. `answered_s`: until the first said that they were coming."""

    call_id: UUID
    raised_at: datetime
    acknowledged_at: datetime | None
    ended_at: datetime | None
    told: int
    coming: int

    @property
    def answered_s(self) -> int | None:
        if self.acknowledged_at is None:
            return None
        return round((self.acknowledged_at - self.raised_at) / timedelta(seconds=1))


_DRILLS = """
select d.call_id, t.raised_at, t.acknowledged_at, t.ended_at, t.told, t.coming
from exercises_drill d cross join lateral app.times_of_drill(d.id) t
where d.exercise_id = %s order by t.raised_at
"""


def drills_of(exercise: Exercise) -> list[DrillTime]:
    """The drill calls of the exercise that still are there, in the order they were made; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_DRILLS, [exercise.id])
        return [DrillTime(*row) for row in cursor.fetchall()]


@dataclass(frozen=True)
class Question:
    """What one question of the evaluation was answered with: words and how many."""

    key: str
    counts: list[tuple[str, int]]


@dataclass(frozen=True)
class Evaluated:
    """What those who were there thought, all together. `questions` is empty until it can be shown."""

    answered: int
    attended: int
    questions: list[Question] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


_EVALUATION = "select app.evaluation_of(e.id) from exercises_exercise e where e.id = %s"
_QUESTIONS: dict[str, type[Agreement] | type[Change]] = {
    "understood": Agreement,
    "knew_how": Agreement,
    "safer": Agreement,
    "change": Change,
}


def evaluation_of(exercise: Exercise) -> Evaluated | None:
    """The evaluations counted; None before it is held or for one who does not see it. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_EVALUATION, [exercise.id])
        row = cursor.fetchone()
    if row is None or row[0] is None:
        return None
    told: dict[str, Any] = json.loads(row[0]) if isinstance(row[0], str) else row[0]
    questions = [
        Question(key, [(str(answer.label), told[key].get(answer.value, 0)) for answer in answers])
        for key, answers in _QUESTIONS.items()
        if key in told
    ]
    return Evaluated(told["answered"], told["attended"], questions, told.get("lines", []))


@dataclass(frozen=True)
class Moment:
    """An inject as it was given: how many minutes after the start."""

    number: int
    minute: int
    text: str
    expected: str
    given_after: int


def moments_of(exercise: Exercise) -> list[Moment]:
    """The injects that were given, in order; one query."""
    given = Step.objects.filter(exercise=exercise, kind=StepKind.INJECT).order_by("number")
    found = []
    for step in given:
        inject = exercise.played.inject(step.number)
        if inject and exercise.started_at:
            after = int((step.at - exercise.started_at) / timedelta(minutes=1))
            found.append(Moment(step.number, inject.minute, str(inject.text), str(inject.expected), after))
    return found


def closing_of(exercise: Exercise) -> Step | None:
    """What was said when it was closed or called off, and by whom."""
    kinds = (StepKind.CLOSED, StepKind.CALLED_OFF)
    return Step.objects.filter(exercise=exercise, kind__in=kinds).select_related("by").first()
