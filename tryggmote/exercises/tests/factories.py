"""Short ways to say what tests of exercises need."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.exercises import closing, planning, running
from tryggmote.exercises.closing import Decision, Opinion
from tryggmote.exercises.models import Exercise, Finding, Objective, Observation
from tryggmote.exercises.planning import Cast, ExerciseDraft
from tryggmote.exercises.running import Seen
from tryggmote.exercises.vocabulary import Agreement, Becomes, Change, Reached, Way
from tryggmote.organisation.models import Person, Unit


def suggested_by(person: Person, unit: Unit, **details: Any) -> Exercise:
    """An exercise this person has suggested, to be held tomorrow."""
    given: dict[str, Any] = {
        "id": new_id(),
        "unit_id": unit.id,
        "scenario": "reception_threat",
        "way": Way.PRACTICAL.value,
        "forms": ("reception",),
        "starts_at": timezone.now() + timedelta(days=1),
        "place": "Mottaket",
        "objectives": (1, 2),
    }
    with acting_as(person.id) as by:
        return planning.suggest_exercise(by=by, draft=ExerciseDraft(**(given | details)))


def peopled_by(
    person: Person,
    exercise: Exercise,
    *taking_part: Person,
    leads: Person | None = None,
    observes: Iterable[Person] = (),
) -> None:
    """Say who is in it; whoever says so leads it, unless another is named."""
    cast = Cast(
        leads=(leads or person).id,
        observes=frozenset(each.id for each in observes),
        takes_part=frozenset(each.id for each in taking_part),
        roles={},
    )
    with acting_as(person.id) as by:
        planning.choose_people(by=by, exercise=exercise, cast=cast)


def decided_by(leader: Person, exercise: Exercise) -> Exercise:
    with acting_as(leader.id) as by:
        planning.decide(by=by, exercise=exercise, step_id=new_id())
    return exercise


def planned_by(leader: Person, unit: Unit, *taking_part: Person, **details: Any) -> Exercise:
    """An exercise the leader has decided on, who leads it, with these people."""
    exercise = suggested_by(leader, unit, **details)
    peopled_by(leader, exercise, *taking_part)
    return decided_by(leader, exercise)


def started_by(person: Person, exercise: Exercise) -> Exercise:
    with acting_as(person.id) as by:
        running.start(by=by, exercise=exercise, step_id=new_id())
    return exercise


def given_by(person: Person, exercise: Exercise, number: int) -> None:
    with acting_as(person.id) as by:
        running.give_inject(by=by, exercise=exercise, step_id=new_id(), number=number)


def held_by(person: Person, exercise: Exercise, *there: Person) -> Exercise:
    """The exercise is run, and these were there."""
    if exercise.started_at is None:
        started_by(person, exercise)
    with acting_as(person.id) as by:
        running.note_attendance(by=by, exercise=exercise, there=frozenset(each.id for each in there))
        running.hold(by=by, exercise=exercise, step_id=new_id())
    return exercise


def seen_by(person: Person, exercise: Exercise, words: str, **details: Any) -> Observation | Finding:
    with acting_as(person.id) as by:
        return running.observe(by=by, exercise=exercise, seen=Seen(new_id(), words, **details))


def found_by(person: Person, exercise: Exercise, words: str = "Døra lar seg ikke låse.") -> Finding:
    found = seen_by(person, exercise, words, is_finding=True)
    assert isinstance(found, Finding)
    return found


def settled_by(person: Person, finding: Finding, becomes: Becomes, **details: Any) -> None:
    finding = Finding.objects.select_related("exercise__unit").get(id=finding.id)
    with acting_as(person.id) as by:
        closing.decide_finding(by=by, finding=finding, decision=Decision(becomes, **details))


def judged_by(person: Person, exercise: Exercise, answer: Reached = Reached.YES) -> None:
    reached: dict[UUID, str] = dict.fromkeys(
        Objective.objects.filter(exercise=exercise).values_list("id", flat=True), answer.value
    )
    with acting_as(person.id) as by:
        closing.judge_objectives(by=by, exercise=exercise, reached=reached)


def evaluated_by(person: Person, exercise: Exercise, words: str = "", **answers: Any) -> None:
    given = {
        "understood": Agreement.YES.value,
        "knew_how": Agreement.PARTLY.value,
        "safer": Agreement.YES.value,
        "change": Change.PRACTICE.value,
    } | answers
    with acting_as(person.id) as by:
        closing.evaluate(by=by, exercise=exercise, opinion=Opinion(id=new_id(), words=words, **given))


def closed_by(leader: Person, exercise: Exercise, words: str = "Vi må låse døra.") -> Exercise:
    """Closed, with every objective judged, and with nothing found unless something was."""
    judged_by(leader, exercise)
    found_nothing = not Finding.objects.filter(exercise=exercise).exists()
    with acting_as(leader.id) as by:
        closing.close(by=by, exercise=exercise, step_id=new_id(), words=words, found_nothing=found_nothing)
    return exercise


def done_by(leader: Person, unit: Unit, *there: Person, **details: Any) -> Exercise:
    """From plan to report."""
    exercise = planned_by(leader, unit, *there, **details)
    held_by(leader, exercise, *there)
    return closed_by(leader, exercise)
