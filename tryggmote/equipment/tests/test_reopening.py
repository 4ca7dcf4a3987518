"""A failed test of what a risk assessment counted on opens it again (2.1, § 23A-1)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.controls.models import Measure
from tryggmote.controls.tests.helpers import established_by, planned_by
from tryggmote.controls.vocabulary import MeasureKind
from tryggmote.equipment.rules import asks_for_new_assessment
from tryggmote.equipment.testing import CallTried, count_call
from tryggmote.equipment.tests.factories import after_test_by, item_by, measure_tested_by
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.risk.models import Reopening, Scenario
from tryggmote.risk.tests.stories import Work, begin
from tryggmote.risk.vocabulary import Cause

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def alarms_at_hand(office: Office) -> Measure:
    planned = planned_by(
        office.office_leader,
        office.unit,
        office.office_leader,
        kind=MeasureKind.CALLING_HELP,
        interval_months=3,
    )
    return established_by(office.office_leader, planned)


def builds_on(office: Office, measure: Measure) -> Work:
    """An assessment in force whose scenario counts on this measure."""
    work = begin(office)
    work.complete()
    Scenario.objects.filter(version=work.draft).update(measure_ids=[measure.id])
    work.approve()
    return work


def opened(work: Work) -> bool:
    return work.assessment.versions.filter(approved_at=None).exists()


def test_a_measure_that_fails_its_test_opens_what_built_on_it_and_nothing_else(office: Office) -> None:
    measure = alarms_at_hand(office)
    counted_on_it, did_not = builds_on(office, measure), begin(office)
    did_not.complete()
    did_not.approve()
    measure_tested_by(office.counsellor, measure)
    assert not opened(counted_on_it)
    measure_tested_by(office.counsellor, measure, "dead")
    assert counted_on_it.draft.cause == Cause.TEST
    assert not opened(did_not)


def test_an_empty_battery_is_mended_and_the_same_fault_again_opens_the_assessment(office: Office) -> None:
    work = builds_on(office, alarms_at_hand(office))
    alarm = item_by(office.office_leader, office.unit)
    after_test_by(office.counsellor, alarm, "power")
    assert not opened(work)
    after_test_by(office.counsellor, alarm, "power")
    assert work.draft.cause == Cause.TEST
    after_test_by(office.counsellor, alarm, "power")
    assert Reopening.objects.filter(cause=Cause.TEST, cause_id=alarm.id).count() == 1


def test_nobody_alerted_opens_it_at_once_also_when_a_call_for_help_was_the_test(office: Office) -> None:
    work = builds_on(office, alarms_at_hand(office))
    item_by(office.office_leader, office.unit, name="Alarm 7")
    tried = CallTried(
        id=new_id(),
        unit_id=office.unit.id,
        place="",
        device="Alarm 7",
        at=timezone.now() - timedelta(minutes=5),
        came_through=False,
    )
    with acting_as(office.counsellor.id) as by:
        count_call(by=by, call=tried)
    assert work.draft.cause == Cause.TEST


def test_a_lock_that_fails_does_not_open_what_counts_on_alarms(office: Office) -> None:
    work = builds_on(office, alarms_at_hand(office))
    lock = item_by(office.office_leader, office.unit, type="access_control", name="Døren til skranken")
    for _time in range(2):
        after_test_by(office.counsellor, lock, "dead")
    assert not opened(work)


@pytest.mark.parametrize(
    ("reason", "failed_before", "asks"),
    [("unheard", False, True), ("power", False, False), ("power", True, True)],
)
def test_what_says_more_than_that_something_must_be_mended(
    reason: str, failed_before: bool, asks: bool
) -> None:
    assert asks_for_new_assessment(reason, failed_before=failed_before) is asks
