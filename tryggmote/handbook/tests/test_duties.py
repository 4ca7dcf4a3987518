"""On "Now": a gentle duty to open the book (3.6)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tryggmote.duties.registry import Duty, Urgency
from tryggmote.duties.tests import helpers
from tryggmote.handbook.duties import KINDS
from tryggmote.handbook.tests.helpers import opened_by, opened_then
from tryggmote.organisation.models import Person, Placement, UnitKind
from tryggmote.organisation.tests.factories import Office, employ, make_office, make_person, make_unit
from tryggmote.ui.dates import oslo_midnight

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def owed_by(person: Person) -> list[Duty]:
    return helpers.owed_by(person, *KINDS)


def test_one_who_has_never_opened_it_is_asked_without_a_deadline(office: Office) -> None:
    (duty,) = owed_by(office.counsellor)
    assert (duty.urgency, duty.due, duty.requirement) == (Urgency.LATER, None, "3.6")
    assert duty.url == f"/handbok/{office.unit.id}/"


def test_opening_it_is_all_that_is_asked(office: Office) -> None:
    opened_by(office.counsellor, office.unit)
    assert owed_by(office.counsellor) == []


def test_after_a_year_one_is_asked_again(office: Office) -> None:
    opened_then(office.counsellor, office.unit, timezone.now() - timedelta(days=360))
    assert owed_by(office.counsellor) == []
    opened_then(office.counsellor, office.unit, timezone.now() - timedelta(days=370))
    assert len(owed_by(office.counsellor)) == 1


def test_a_newcomer_has_two_weeks(office: Office) -> None:
    placement = employ(make_person("Nils Ny"), unit=office.unit, employer=office.directorate)
    Placement.objects.filter(id=placement.id).update(starts_on=timezone.localdate() - timedelta(days=3))
    (duty,) = owed_by(placement.person)
    assert duty.due is not None
    assert timezone.now() < duty.due < timezone.now() + timedelta(days=12)
    assert duty.due == oslo_midnight(timezone.localdate() + timedelta(days=11))
    Placement.objects.filter(id=placement.id).update(starts_on=timezone.localdate() - timedelta(days=14))
    (duty,) = owed_by(placement.person)
    assert duty.due is None


def test_the_book_of_ones_own_team_holds_the_offices_too(office: Office) -> None:
    team = make_unit("Team mottak", UnitKind.TEAM, parents=(office.unit,))
    person = make_person("Tone Team")
    employ(person, unit=team, employer=office.directorate)
    opened_by(person, office.unit)
    assert len(owed_by(person)) == 1
    opened_by(person, team)
    assert owed_by(person) == []


def test_one_who_works_nowhere_owes_nothing(office: Office) -> None:
    assert owed_by(office.administrator) == []
