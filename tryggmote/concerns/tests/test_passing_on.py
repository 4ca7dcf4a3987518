"""A concern that nobody answers goes on, step by step, and the writer is told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.concerns import told
from tryggmote.concerns.models import Concern, Recipient
from tryggmote.concerns.passing_on import pass_on_unanswered
from tryggmote.concerns.tests.helpers import (
    REPRESENTATIVE,
    answered_by,
    fresh,
    overdue,
    told_of,
    written_by,
)
from tryggmote.concerns.vocabulary import Reason, State
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def went_to(concern: Concern, reason: Reason = Reason.UNANSWERED) -> list[int]:
    rows = Recipient.objects.filter(concern=concern, reason=reason).order_by("at")
    return list(rows.values_list("person_id", flat=True))


def test_nothing_goes_on_before_its_deadline_or_when_it_is_answered(office: Office) -> None:
    written_by(office.counsellor)
    answered = written_by(office.counsellor)
    answered_by(office.leader, answered)
    overdue(answered)
    assert pass_on_unanswered() == 0


def test_unanswered_it_goes_to_the_next_leader_on_the_line_who_has_the_whole_time(office: Office) -> None:
    concern = overdue(written_by(office.counsellor))
    assert concern.state is State.LATE
    assert pass_on_unanswered() == 1
    assert pass_on_unanswered() == 0
    assert went_to(concern) == [office.office_leader.id]
    assert told_of(told.PASSED_ON) == {office.counsellor.id}
    assert fresh(concern).due_at > timezone.now() + timedelta(days=13)
    with acting_as(office.office_leader.id):
        assert Concern.objects.filter(id=concern.id).exists()


def test_a_municipal_employees_concern_goes_up_the_municipal_line(office: Office) -> None:
    concern = written_by(office.colleague)
    for _ in range(2):
        overdue(concern)
        pass_on_unanswered()
    assert went_to(concern) == [office.office_leader.id, office.municipal_director.id]
    with acting_as(office.municipal_director.id):
        assert Concern.objects.filter(id=concern.id).exists()
    with acting_as(office.county_director.id):
        assert not Concern.objects.exists()


def test_what_no_leader_may_know_goes_to_the_chief_representative_instead(office: Office) -> None:
    concern = overdue(written_by(office.counsellor, to=REPRESENTATIVE, shared=False))
    assert pass_on_unanswered() == 1
    assert went_to(concern) == [office.chief_safety_representative.id]
    with acting_as(office.chief_safety_representative.id):
        assert Concern.objects.filter(id=concern.id).exists()
    with acting_as(office.leader.id):
        assert not Concern.objects.exists()


def test_what_a_leader_may_know_goes_to_the_leader_when_the_representative_is_silent(office: Office) -> None:
    concern = overdue(written_by(office.counsellor, to=REPRESENTATIVE, shared=True))
    assert pass_on_unanswered() == 1
    assert went_to(concern) == [office.office_leader.id]


def test_with_nobody_further_up_it_waits_where_it_is(office: Office) -> None:
    concern = written_by(office.counsellor)
    for _ in range(5):
        overdue(concern)
        pass_on_unanswered()
    assert went_to(concern) == [
        office.office_leader.id,
        office.county_director.id,
        office.directorate_member.id,
    ]
    assert fresh(concern).state is State.LATE
