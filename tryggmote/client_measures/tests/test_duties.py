"""What cases put on "Now": the first thing that waits in each, for the leader who decides (Sivilombudet)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tryggmote.client_measures.duties import KINDS
from tryggmote.client_measures.guidelines import guidelines
from tryggmote.client_measures.tests.helpers import heard, in_force, set_back, stepped
from tryggmote.client_measures.vocabulary import StepKind
from tryggmote.duties.registry import Duty
from tryggmote.duties.tests.helpers import owed_by
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.organisation.workdays import add_workdays
from tryggmote.ui.dates import oslo_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def waiting(person: Person) -> list[str]:
    return [duty.kind for duty in owed_by(person, *KINDS)]


def only_duty_of(person: Person) -> Duty:
    (duty,) = owed_by(person, *KINDS)
    return duty


def test_a_case_waits_for_the_leader_from_when_it_is_sent_until_it_is_decided(office: Office) -> None:
    case = heard(office.counsellor, office.unit)
    assert waiting(office.office_leader) == []
    stepped(office.counsellor, case, StepKind.SUBMITTED)
    assert waiting(office.office_leader) == ["client_measure_decided"]
    assert only_duty_of(office.office_leader).url == case.get_absolute_url()
    for other in (office.counsellor, office.leader, office.safety_representative, office.county_director):
        assert waiting(other) == []
    stepped(office.office_leader, case, StepKind.DECIDED)
    assert waiting(office.office_leader) == []


def test_a_measure_is_looked_at_again_from_three_days_before_and_once(office: Office) -> None:
    review_on = timezone.localdate() + timedelta(days=4)
    case = in_force(office.counsellor, office.office_leader, office.unit, review_on=review_on)
    assert waiting(office.office_leader) == []
    set_back(case, days=1)
    duty = only_duty_of(office.office_leader)
    assert (duty.kind, duty.due) == ("client_measure_reviewed", oslo_day(review_on - timedelta(days=1))[1])
    stepped(office.office_leader, case, StepKind.REVIEWED)
    assert waiting(office.office_leader) == []


def test_a_complaint_comes_before_all_else_and_has_its_deadline(office: Office) -> None:
    case = in_force(
        office.counsellor,
        office.office_leader,
        office.unit,
        review_on=timezone.localdate() + timedelta(days=1),
    )
    stepped(office.counsellor, case, StepKind.COMPLAINED)
    duty = only_duty_of(office.office_leader)
    assert duty.kind == "client_measure_complaint_answered"
    assert case.complained_at
    assert duty.due == add_workdays(case.complained_at, guidelines().answer_complaint_within_workdays)
    stepped(office.office_leader, case, StepKind.COMPLAINT_ANSWERED)
    assert waiting(office.office_leader) == ["client_measure_reviewed"]


def test_a_case_that_has_ended_goes_to_the_archive_before_it_is_deleted(office: Office) -> None:
    case = in_force(office.counsellor, office.office_leader, office.unit)
    stepped(office.office_leader, case, StepKind.LIFTED)
    duty = only_duty_of(office.office_leader)
    assert case.delete_on
    assert (duty.kind, duty.due) == ("client_measure_archived", oslo_day(case.delete_on)[0])
    stepped(office.office_leader, case, StepKind.ARCHIVED)
    assert waiting(office.office_leader) == []
