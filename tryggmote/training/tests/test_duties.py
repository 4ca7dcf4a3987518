"""What training puts on "Now": one's own, and the units in which somebody one leads lacks something (4.1)."""

from datetime import timedelta

import pytest
from dateutil.relativedelta import relativedelta

from tryggmote.duties.registry import Duty, Urgency
from tryggmote.duties.tests.helpers import owed_by
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.training.duties import KINDS
from tryggmote.training.models import LocalElement
from tryggmote.training.tests.helpers import CLIENT_WORK, done, everybody_did
from tryggmote.training.vocabulary import Kind
from tryggmote.ui.dates import oslo_day, oslo_today

pytestmark = [pytest.mark.django_db, pytest.mark.training]


@pytest.fixture
def office() -> Office:
    return make_office()


def owed(person: Person, kind: str) -> list[Duty]:
    return [duty for duty in owed_by(person, *KINDS) if duty.kind == kind]


def test_what_nobody_meets_clients_without_comes_first(office: Office) -> None:
    (duty,) = owed(office.counsellor, "training_own")
    assert (duty.urgency, duty.due, duty.requirement) == (Urgency.TODAY, None, "4.1")
    assert duty.title == "Ta opplæringen «Se risikoen i tide»"
    assert duty.why == "Du kan ikke møte brukere før du har den. Lederen din kan hjelpe deg."


def test_what_soon_runs_out_is_due_on_its_last_day(office: Office) -> None:
    learnt_on = oslo_today() - timedelta(days=340)
    done(office.counsellor, *(code for code in CLIENT_WORK if code != "equipment"))
    done(office.counsellor, "equipment", on=learnt_on)
    (duty,) = owed(office.counsellor, "training_own")
    assert duty.title == "Forny opplæringen «Bruke alarmen og utstyret» før den går ut"
    assert duty.why == "Det er det eneste som gjenstår."
    assert (duty.urgency, duty.due) == (Urgency.LATER, oslo_day(learnt_on + relativedelta(months=12))[1])


def test_what_the_unit_asks_for_itself_is_called_what_the_unit_calls_it(office: Office) -> None:
    everybody_did(office.unit)
    assert owed(office.counsellor, "training_own") == []
    LocalElement.objects.create(
        unit=office.unit,
        kind=Kind.THEORY,
        title="Bakdøra om kvelden",
        before_first_meeting=True,
        by=office.office_leader,
    )
    (duty,) = owed(office.counsellor, "training_own")
    assert duty.title == "Ta opplæringen «Bakdøra om kvelden»"


def test_what_a_role_asks_for_serves_the_requirement_of_the_role(office: Office) -> None:
    everybody_did(office.unit)
    (duty,) = owed(office.office_leader, "training_own")
    assert duty.requirement == "1.2"


def test_the_leader_who_decides_is_told_how_many_of_theirs_lack_something(office: Office) -> None:
    (duty,) = owed(office.office_leader, "training_unit")
    assert f"ansatte i {office.unit.name} mangler opplæring" in duty.title
    assert owed(office.counsellor, "training_unit") == owed(office.county_director, "training_unit") == []
    everybody_did(office.unit)
    done(office.safety_representative, "representative_40_hours", "representative_violence")
    assert owed(office.office_leader, "training_unit") == []
