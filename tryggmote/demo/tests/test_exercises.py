"""Exercises held and planned in the fictional county (4.1)."""

import pytest

from tryggmote.access.context import acting_as
from tryggmote.controls.models import Measure
from tryggmote.demo.history.clock import at
from tryggmote.demo.tests.conftest import ANCHOR
from tryggmote.duties.tests.helpers import owed_by
from tryggmote.exercises import report
from tryggmote.exercises.duties import KINDS
from tryggmote.exercises.models import Exercise, Finding
from tryggmote.exercises.vocabulary import Stage
from tryggmote.information.models import Item
from tryggmote.organisation.models import Person

pytestmark = pytest.mark.django_db


def who(key: str) -> Person:
    return Person.objects.get(external_id=f"demo:{key}")


def test_the_reception_has_held_one_and_what_was_found_led_to_a_measure_that_works(county: None) -> None:
    held = Exercise.objects.get(closed_at__isnull=False)
    assert (held.unit.code, held.stage, held.attended) == ("fjordvik-mottak", Stage.CLOSED, 7)
    assert held.closed_at is not None
    assert held.closed_at < at(ANCHOR, 0)
    measure = Measure.objects.get(origin_kind="exercise")
    assert measure.effect == "reduced"
    assert Finding.objects.filter(id=measure.origin_id, exercise=held).exists()
    assert Item.objects.filter(kind="exercises.reported", subject_id=held.id).exists()
    with acting_as(who("fylkesdirektor").id):
        (drill,) = report.drills_of(held)
        evaluation = report.evaluation_of(held)
    assert drill.answered_s == 24
    assert evaluation is not None
    assert evaluation.answered == 5
    assert evaluation.questions


def test_the_small_office_plans_one_and_the_contact_centre_is_asked_for_one(county: None) -> None:
    planned = Exercise.objects.get(closed_at=None)
    assert (planned.unit.code, planned.stage) == ("skjaergard", Stage.PLANNED)
    assert planned.starts_at > at(ANCHOR, 0)
    centre = who("kontaktsenter-leder")
    assert "yearly_exercise" in [duty.kind for duty in owed_by(centre, *KINDS)]
