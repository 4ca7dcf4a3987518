"""A drill of the call for help is training in using the alarm, for those who took part (4.1, 3.5)."""

import pytest

from tryggmote.access.context import acting_as
from tryggmote.assistance import services
from tryggmote.assistance.tests.test_acts import answered, called
from tryggmote.assistance.vocabulary import Answer, Outcome, Purpose
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.training.models import Completion
from tryggmote.training.vocabulary import Source
from tryggmote.ui.dates import oslo_today

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def tried(office: Office, purpose: Purpose, outcome: Outcome) -> set[tuple[int, str]]:
    """The counsellor calls, the colleague comes, the leader cannot; who has been trained in what by it."""
    call = called(office.counsellor, purpose=purpose)
    answered(office.colleague, call, Answer.COMING)
    answered(office.leader, call, Answer.CANNOT)
    with acting_as(office.counsellor.id) as by:
        services.end_call(by=by, call=call, outcome=outcome)
    done = Completion.objects.filter(source=Source.DRILL, subject_id=call.id, done_on=oslo_today())
    return set(done.values_list("person_id", "element"))


def test_the_one_who_called_and_those_who_came_have_used_the_alarm(office: Office) -> None:
    assert tried(office, Purpose.DRILL, Outcome.DONE) == {
        (office.counsellor.id, "equipment"),
        (office.colleague.id, "equipment"),
    }


@pytest.mark.parametrize(
    ("purpose", "outcome"), [(Purpose.TEST, Outcome.WORKED), (Purpose.REAL, Outcome.NOT_NEEDED)]
)
def test_a_test_of_a_button_and_a_real_call_are_no_training(
    office: Office, purpose: Purpose, outcome: Outcome
) -> None:
    assert tried(office, purpose, outcome) == set()
