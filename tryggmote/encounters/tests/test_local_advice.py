"""Advice after a check is what the unit itself has approved and set in place for the meeting form (2.2)."""

import pytest

from tryggmote.access.context import acting_as
from tryggmote.controls.tests.helpers import established_by, planned_by
from tryggmote.encounters.local_advice import LocalAdvice, local_advice
from tryggmote.encounters.models import Check
from tryggmote.organisation.models import Workforce
from tryggmote.organisation.tests.factories import Office
from tryggmote.risk.tests.stories import begin

pytestmark = pytest.mark.django_db


def advice(office: Office, form: str) -> LocalAdvice:
    """What an employee of the office is told for a meeting of this form."""
    workforce = Workforce.objects.filter(unit=office.unit).first()
    with acting_as(office.counsellor.id):
        return local_advice(Check(workforce=workforce, form=form))


def test_it_names_the_approved_assessment_of_the_form_and_nothing_before_it_is_approved() -> None:
    work = begin(forms=("planned",))
    work.complete()
    assert advice(work.office, "planned").assessment is None
    work.approve()
    assert advice(work.office, "planned").assessment == work.assessment
    assert advice(work.office, "telephone").assessment is None


def test_it_gives_the_measures_in_place_for_the_form_and_not_those_only_planned() -> None:
    office = begin().office
    planned = planned_by(office.office_leader, office.unit, office.leader, forms=("planned",))
    assert advice(office, "planned").measures == []
    established_by(office.leader, planned)
    assert advice(office, "planned").measures == [planned]
    assert advice(office, "telephone").measures == []
