"""Which units requirements are measured for: workplaces that exist, of those one sees."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.compliance.queries import measured_units
from tryggmote.organisation.models import Person, Unit, UnitKind
from tryggmote.organisation.tests.factories import Office, make_office, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def measured_for(person: Person) -> list[str]:
    with acting_as(person.id):
        return [unit.name for unit in measured_units()]


def test_an_employee_sees_the_own_office_and_neither_county_nor_municipality(office: Office) -> None:
    make_office("Nav Storevik")
    assert measured_for(office.counsellor) == ["Nav Lillevik"]


def test_both_lines_above_see_the_office_and_its_teams(office: Office) -> None:
    make_unit("Team Ung", UnitKind.TEAM, parents=(office.unit,))
    for person in (office.county_director, office.municipal_director, office.chief_safety_representative):
        assert measured_for(person) == ["Nav Lillevik", "Team Ung"], person.name


def test_the_directorate_sees_every_workplace_and_administrators_none(office: Office) -> None:
    make_office("Nav Storevik")
    assert measured_for(office.directorate_member) == ["Nav Lillevik", "Nav Storevik"]
    assert measured_for(office.administrator) == []


def test_a_unit_that_is_closed_is_measured_to_its_last_day(office: Office) -> None:
    today = timezone.localdate()
    Unit.objects.filter(id=office.unit.id).update(ended_on=today)
    assert measured_for(office.counsellor) == ["Nav Lillevik"]
    Unit.objects.filter(id=office.unit.id).update(ended_on=today - timedelta(days=1))
    assert measured_for(office.counsellor) == []
