"""What people may change about themselves: language and theme, and nothing the employer says of them."""

import pytest
from django.db import ProgrammingError, transaction

from tryggmote.access.context import acting_as
from tryggmote.organisation.models import Person, Unit
from tryggmote.organisation.queries import leader_above, safety_representatives_of
from tryggmote.organisation.tests.factories import make_office

pytestmark = pytest.mark.django_db


def test_a_person_chooses_their_language() -> None:
    office = make_office()
    with acting_as(office.counsellor.id) as person:
        assert Person.objects.filter(id=person.id).update(language="nn") == 1
        assert Person.objects.filter(id=office.leader.id).update(language="nn") == 0


def test_a_person_cannot_take_another_name_or_address() -> None:
    office = make_office()
    with acting_as(office.counsellor.id) as person:
        for change in (
            {"name": "En annen"},
            {"email": "annen@example.invalid"},
            {"ended_on": None, "phone": "1"},
        ):
            with pytest.raises(ProgrammingError), transaction.atomic():
                Person.objects.filter(id=person.id).update(**change)


def test_a_leader_chooses_the_units_meeting_forms_and_not_its_name() -> None:
    office = make_office()
    with acting_as(office.office_leader.id):
        assert Unit.objects.filter(id=office.unit.id).update(meeting_forms=["telephone"]) == 1
        with pytest.raises(ProgrammingError), transaction.atomic():
            Unit.objects.filter(id=office.unit.id).update(name="Et annet kontor")


def test_an_administrator_keeps_names_up_to_date() -> None:
    office = make_office()
    with acting_as(office.administrator.id):
        assert Person.objects.filter(id=office.counsellor.id).update(name="Vera Ny") == 1


def test_nobody_is_passed_on_to_somebody_who_has_left() -> None:
    office = make_office()
    Person.objects.filter(id=office.office_leader.id).update(ended_on="2025-01-01")
    workforce = office.counsellor.placements.get().workforce
    assert leader_above(workforce_id=workforce.id, passed=[office.leader.id]) == office.county_director.id


def test_when_the_safety_representative_has_left_the_chief_one_stands_in() -> None:
    office = make_office()
    Person.objects.filter(id=office.safety_representative.id).update(ended_on="2025-01-01")
    assert safety_representatives_of(office.area.id) == [office.chief_safety_representative.id]
