"""Two act on the same minutes at once: what comes second builds on the first, or is refused."""

import pytest

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotPossible
from tryggmote.access.ids import new_id
from tryggmote.forums import minutes
from tryggmote.forums.models import Meeting, Point
from tryggmote.forums.tests.helpers import approved_by, called_by, sent_by, written_by
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.risk.tests.test_hazard_policies import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("time", range(4))
def test_what_is_written_while_the_minutes_are_sent_is_in_them_or_refused(time: int) -> None:
    office = make_office()
    meeting = called_by(office.office_leader, office.unit)
    written_by(office.office_leader, meeting, office.county_director, office.municipal_director)
    point = Point.objects.select_related("meeting__unit").filter(meeting=meeting).order_by("number")[0]

    def write() -> None:
        with acting_as(office.office_leader.id) as by:
            minutes.write(by=by, point=point, words="I siste liten.", seen_at=point.minutes_at)

    refused = together(write, lambda: sent_by(office.office_leader, meeting))
    assert all(isinstance(error, NotPossible) for error in refused)
    assert Meeting.objects.get(id=meeting.id).sent_at
    point.refresh_from_db()
    assert point.minutes == ("Gjennomgått." if refused else "I siste liten.")


def waiting_for_both(office: Office) -> Meeting:
    meeting = called_by(office.office_leader, office.unit)
    written_by(office.office_leader, meeting, office.county_director, office.municipal_director)
    sent_by(office.office_leader, meeting)
    return meeting


@pytest.mark.parametrize("time", range(4))
def test_minutes_that_both_approve_at_once_are_approved(time: int) -> None:
    office = make_office()
    meeting = waiting_for_both(office)
    refused = together(
        lambda: approved_by(office.county_director, meeting),
        lambda: approved_by(office.municipal_director, meeting),
    )
    assert refused == []
    assert Meeting.objects.get(id=meeting.id).approved_at


@pytest.mark.parametrize("time", range(4))
def test_minutes_that_one_approves_while_the_other_sends_them_back_go_back(time: int) -> None:
    office = make_office()
    meeting = waiting_for_both(office)
    seen = Meeting.objects.select_related("unit").get(id=meeting.id)

    def send_back() -> None:
        with acting_as(office.municipal_director.id) as by:
            minutes.send_back(by=by, meeting=seen, return_id=new_id(), words="Fristen er feil.")

    refused = together(lambda: approved_by(office.county_director, meeting), send_back)
    assert all(isinstance(error, NotPossible) for error in refused)
    found = Meeting.objects.get(id=meeting.id)
    assert (found.round, found.sent_at, found.approved_at) == (2, None, None)
