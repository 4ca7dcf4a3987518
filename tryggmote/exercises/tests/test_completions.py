"""Taking part in an exercise is training, written by the database when it is held (4.1)."""

import pytest
from django.db import ProgrammingError, transaction

from tryggmote.access.context import acting_as
from tryggmote.exercises.models import Exercise
from tryggmote.exercises.tests import factories as f
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.training.models import Completion
from tryggmote.ui.dates import oslo_today

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def done_by(person: Person) -> dict[str, Completion]:
    return {row.element: row for row in Completion.objects.filter(person=person)}


def test_each_who_was_there_has_done_what_the_scenario_counts_as(office: Office) -> None:
    exercise = f.suggested_by(office.office_leader, office.unit, scenario="weapon_shown")
    f.peopled_by(
        office.office_leader,
        exercise,
        office.counsellor,
        office.colleague,
        observes=[office.safety_representative],
    )
    f.decided_by(office.office_leader, exercise)
    f.held_by(
        office.office_leader,
        exercise,
        office.counsellor,
        office.office_leader,
        office.safety_representative,
    )
    for person in (office.counsellor, office.office_leader):
        found = done_by(person)
        assert found.keys() == {"exercise_threat", "exercise_violence"}, person.name
        row = found["exercise_violence"]
        assert (row.source, row.subject_id, row.done_on) == ("exercise", exercise.id, oslo_today())
        assert row.by_id == office.office_leader.id
    assert done_by(office.colleague) == {}
    assert done_by(office.safety_representative) == {}


def test_nobody_counts_before_it_is_held_and_nobody_twice(office: Office) -> None:
    exercise = f.planned_by(office.office_leader, office.unit, office.counsellor)
    f.started_by(office.office_leader, exercise)
    assert not Completion.objects.exists()
    f.held_by(office.office_leader, exercise, office.counsellor)
    f.closed_by(office.office_leader, exercise)
    assert Completion.objects.count() == 1


def test_whoever_plans_it_cannot_say_what_it_counts_as(office: Office) -> None:
    exercise = f.planned_by(office.office_leader, office.unit, office.counsellor)
    with acting_as(office.office_leader.id), pytest.raises(ProgrammingError), transaction.atomic():
        Exercise.objects.filter(id=exercise.id).update(scenario="weapon_shown")
