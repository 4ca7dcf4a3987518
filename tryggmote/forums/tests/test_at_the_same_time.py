"""One writes while another sends: what is written either comes first or is refused, and nothing breaks."""

import pytest

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotPossible
from tryggmote.forums import minutes
from tryggmote.forums.models import Meeting, Point
from tryggmote.forums.tests.helpers import called_by, sent_by, written_by
from tryggmote.organisation.tests.factories import make_office
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
