"""A unit that is organised differently has its risk assessed again (2.1, § 23A-1)."""

import pytest

from tryggmote.organisation.models import UnitKind
from tryggmote.organisation.tests.factories import make_office, make_unit
from tryggmote.risk.models import Reopening
from tryggmote.risk.reopening import reopen_for_reorganisation
from tryggmote.risk.tests.stories import Work, begin
from tryggmote.risk.vocabulary import Cause

pytestmark = pytest.mark.django_db


@pytest.fixture
def work() -> Work:
    """An assessment in force."""
    work = begin(make_office())
    work.complete()
    work.approve()
    return work


def test_a_new_team_in_a_department_opens_what_holds_for_its_office_and_says_why(work: Work) -> None:
    department = make_unit("Mottak", UnitKind.DEPARTMENT, parents=(work.office.unit,))
    reopen_for_reorganisation([department.id])
    reason = Reopening.objects.get(version=work.draft)
    assert (reason.cause, reason.words) == (Cause.CHANGE, "Ny organisering: Mottak")


def test_an_office_that_comes_to_another_county_is_the_same_office(work: Work) -> None:
    reopen_for_reorganisation([work.office.county.id, work.office.municipality.id])
    assert not work.assessment.versions.filter(approved_at=None).exists()


def test_another_office_is_not_touched(work: Work) -> None:
    reopen_for_reorganisation([make_office("Nav Annet").unit.id])
    assert not work.assessment.versions.filter(approved_at=None).exists()
