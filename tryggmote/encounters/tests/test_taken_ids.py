"""A form with the id of somebody else's row: refused plainly, and nothing of theirs is shown or changed."""

import pytest

from tryggmote.access.ids import new_id
from tryggmote.encounters.models import Check, Meeting, RiskReport
from tryggmote.encounters.tests.conftest import calm_answers

pytestmark = pytest.mark.django_db


def test_a_stop_with_the_id_of_anothers_report_is_refused(office, client_of):
    taken = RiskReport.objects.create(
        stopped_work=False,
        reporter=office.counsellor,
        workforce_id=office.counsellor.placements.get().workforce_id,
    )
    # The leader may see that report; the stop must not be taken for it.
    answer = client_of(office.leader).post("/stopp/", {"id": str(taken.id)})
    assert answer.status_code == 409
    taken.refresh_from_db()
    assert not taken.stopped_work


def test_a_check_with_the_id_of_anothers_is_refused(office, checked, client_of):
    taken = checked(office.counsellor)
    answers = {f"q_{code}": answer for code, answer in calm_answers().items()}
    answer = client_of(office.colleague).post("/sjekk/ny/planned/", {"id": str(taken.id), **answers})
    assert answer.status_code == 409
    assert Check.objects.get() == taken


def test_a_meeting_with_the_id_of_anothers_is_refused(office, client_of):
    form = {"id": str(new_id()), "form": "planned", "day": "2030-01-07", "starts": "10:00"}
    client_of(office.counsellor).post("/moter/nytt/", form)
    answer = client_of(office.colleague).post("/moter/nytt/", form)
    assert answer.status_code == 409
    assert Meeting.objects.get().owner == office.counsellor
