"""Those who were there evaluate in a minute, and nobody learns who said what (4.1)."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed
from tryggmote.exercises import report
from tryggmote.exercises.models import Evaluation, Exercise
from tryggmote.exercises.report import Evaluated
from tryggmote.exercises.tests import factories as f
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def held_with(office: Office, *there: Person) -> Exercise:
    return f.held_by(office.office_leader, f.planned_by(office.office_leader, office.unit, *there), *there)


def counted_for(person: Person, exercise: Exercise) -> Evaluated:
    with acting_as(person.id):
        found = report.evaluation_of(exercise)
    assert found is not None
    return found


def a_week_passes(exercise: Exercise) -> None:
    Exercise.objects.filter(id=exercise.id).update(held_at=timezone.now() - timedelta(days=7, hours=1))
    exercise.refresh_from_db()


def test_three_answers_of_three_are_counted_without_names(office: Office) -> None:
    there = (office.counsellor, office.colleague, office.safety_representative)
    exercise = held_with(office, *there)
    for person, words in zip(there, ("Vis oss alarmen.", "", "Åpne døra."), strict=True):
        f.evaluated_by(person, exercise, words)
    found = counted_for(office.office_leader, exercise)
    assert (found.answered, found.attended) == (3, 3)
    assert dict(found.questions[0].counts) == {"Ja": 3, "Litt": 0, "Nei": 0}
    assert dict(found.questions[3].counts)["Vi må øve mer"] == 3
    assert sorted(found.lines) == ["Vis oss alarmen.", "Åpne døra."]


def test_while_somebody_may_still_answer_nothing_but_how_many_is_shown(office: Office) -> None:
    there = (office.counsellor, office.colleague, office.safety_representative, office.leader)
    exercise = held_with(office, *there)
    for person in there[:3]:
        f.evaluated_by(person, exercise, "Hemmelig.")
    found = counted_for(office.office_leader, exercise)
    assert (found.answered, found.questions, found.lines) == (3, [], [])
    a_week_passes(exercise)
    assert counted_for(office.office_leader, exercise).lines == ["Hemmelig."] * 3


def test_fewer_than_three_are_never_shown(office: Office) -> None:
    exercise = held_with(office, office.counsellor, office.colleague)
    f.evaluated_by(office.counsellor, exercise, "Hemmelig.")
    f.evaluated_by(office.colleague, exercise)
    a_week_passes(exercise)
    assert counted_for(office.office_leader, exercise).questions == []


def test_nobody_reads_the_row_of_another(office: Office) -> None:
    exercise = held_with(office, office.counsellor, office.colleague)
    f.evaluated_by(office.counsellor, exercise, "Mitt.")
    for person in vars(office).values():
        if isinstance(person, Person):
            with acting_as(person.id):
                assert Evaluation.objects.exists() == (person == office.counsellor), person.name


def test_only_those_who_were_there_answer_once_and_within_the_week(office: Office) -> None:
    exercise = held_with(office, office.counsellor, office.colleague)
    f.evaluated_by(office.counsellor, exercise, "Først.")
    f.evaluated_by(office.counsellor, exercise, "Så.")
    assert Evaluation.objects.get().words == "Først."
    with pytest.raises(NotAllowed):
        f.evaluated_by(office.safety_representative, exercise)
    a_week_passes(exercise)
    with pytest.raises(NotAllowed):
        f.evaluated_by(office.colleague, exercise)
    with acting_as(office.colleague.id), pytest.raises(ProgrammingError), transaction.atomic():
        Evaluation.objects.create(exercise=exercise, person=office.colleague)


def test_nobody_evaluates_in_the_name_of_another(office: Office) -> None:
    exercise = held_with(office, office.counsellor, office.colleague)
    with acting_as(office.counsellor.id), pytest.raises(ProgrammingError), transaction.atomic():
        Evaluation.objects.create(exercise=exercise, person=office.colleague)
