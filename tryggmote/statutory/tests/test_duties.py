"""What injuries put on "Now", once each, and the steps of the incident they take (2.4)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed
from tryggmote.access.ids import new_id
from tryggmote.duties.tests.helpers import owed_by
from tryggmote.incidents.consequences import ask_again
from tryggmote.incidents.models import Classification, Incident, Step
from tryggmote.incidents.services import assess_level
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.organisation.models import Person, RoleAssignment
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.statutory import queries
from tryggmote.statutory.duties import KINDS
from tryggmote.statutory.registering import declare_no_injury
from tryggmote.statutory.tests.helpers import (
    called_by,
    confirmed_by,
    decided_by,
    entered_by,
    judged_by,
    sent_by,
)
from tryggmote.ui.dates import oslo_today

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def incident(office: Office) -> Incident:
    return reported_by(office.counsellor)


def kinds(person: Person) -> list[str]:
    return [duty.kind for duty in owed_by(person, *KINDS)]


def set_level(office: Office, incident: Incident, level: int) -> None:
    with acting_as(office.leader.id) as by:
        assess_level(
            by=by, incident=Incident.objects.get(id=incident.id), assessment_id=new_id(), level=level
        )


def outcome(incident: Incident, code: str) -> str:
    return Step.objects.get(incident=incident, code=code).outcome


def test_a_notice_that_is_begun_stands_there_until_it_is_finished(office: Office, incident: Incident) -> None:
    assert kinds(office.leader) == []
    judged_by(office.leader, incident)
    assert kinds(office.leader) == ["notice_5_2"]
    for authority in ("inspectorate", "police"):
        called_by(office.leader, incident, authority)
    assert kinds(office.leader) == ["notice_5_2"]
    confirmed_by(office.leader, incident)
    assert kinds(office.leader) == []


def test_an_injury_is_decided_on_and_sent(office: Office, incident: Incident) -> None:
    injury = entered_by(office.leader, incident, office.counsellor)
    assert kinds(office.leader) == ["injury_report"]
    decided_by(office.leader, injury)
    assert kinds(office.leader) == ["injury_report"]
    sent_by(office.leader, injury, to="spk", on=oslo_today())
    assert kinds(office.leader) == ["injury_report"]
    sent_by(office.leader, injury, on=oslo_today())
    assert kinds(office.leader) == []


def test_a_description_that_says_injury_proposes_the_register(office: Office, incident: Incident) -> None:
    said = {"codebook": "2026-1", "channel": "x", "consequences": ["treatment"]}
    Classification.objects.create(incident=incident, by=office.leader, **said)
    assert kinds(office.leader) == ["injury_entry"]
    with acting_as(office.leader.id) as by:
        declare_no_injury(by=by, incident=incident, declaration_id=new_id(), reason="Bare et skrubbsår.")
    assert kinds(office.leader) == []


def test_what_a_step_asks_for_is_not_asked_for_twice(office: Office, incident: Incident) -> None:
    set_level(office, incident, 4)
    judged_by(office.leader, incident)
    entered_by(office.leader, incident, office.counsellor)
    assert kinds(office.leader) == []  # the steps of the incident stand there


@pytest.mark.parametrize(
    "who", ["counsellor", "colleague", "safety_representative", "county_director", "administrator"]
)
def test_nobody_else_owes_it(office: Office, incident: Incident, who: str) -> None:
    judged_by(office.leader, incident)
    entered_by(office.leader, incident, office.counsellor)
    assert kinds(getattr(office, who)) == []


def test_a_leader_does_not_owe_it_in_their_own_case(office: Office) -> None:
    incident = reported_by(office.leader)
    entered_by(office.office_leader, incident, office.leader)
    assert kinds(office.leader) == []
    assert kinds(office.office_leader) == ["injury_report"]


def test_what_waits_is_one_question_to_the_database(office: Office, incident: Incident) -> None:
    judged_by(office.leader, incident)
    entered_by(office.leader, incident, office.counsellor)
    for person, waits in (
        (office.leader, ["notice", "decide"]), (office.counsellor, []), (office.directorate_member, []),
    ):  # fmt: skip
        with acting_as(person.id), CaptureQueriesContext(connection) as asked:
            assert [one.kind for one in queries.waiting()] == waits
        assert len(asked) == 1


def test_the_finished_notice_takes_the_step(office: Office, incident: Incident) -> None:
    set_level(office, incident, 4)
    judged_by(office.leader, incident)
    called_by(office.leader, incident, "inspectorate")
    called_by(office.leader, incident, "police")
    assert outcome(incident, "notice_5_2") == ""
    confirmed_by(office.leader, incident)
    assert outcome(incident, "notice_5_2") == "done"


def test_judged_against_declines_the_step_and_judged_anew_asks_for_it_again(
    office: Office, incident: Incident
) -> None:
    set_level(office, incident, 4)
    judged_by(office.leader, incident, must_notify=False)
    assert outcome(incident, "notice_5_2") == "declined"
    judged_by(office.leader, incident)
    assert outcome(incident, "notice_5_2") == ""


def test_a_correction_after_the_last_act_keeps_the_step_taken(office: Office, incident: Incident) -> None:
    set_level(office, incident, 4)
    RoleAssignment.objects.filter(person=office.colleague).delete()
    judged_by(office.leader, incident)
    confirmed_by(office.leader, incident)
    called_by(office.leader, incident, "police")
    called_by(office.leader, incident, "inspectorate")
    assert outcome(incident, "notice_5_2") == "done"
    called_by(office.leader, incident, "inspectorate", reference="7")
    assert outcome(incident, "notice_5_2") == "done"


def test_sent_to_nav_takes_the_step_when_no_other_injury_waits(office: Office) -> None:
    incident = reported_by(office.colleague, about="witness", exposed_id=office.counsellor.id)
    set_level(office, incident, 4)
    first = entered_by(office.leader, incident, office.counsellor)
    second = entered_by(office.leader, incident, office.colleague)
    decided_by(office.leader, first)
    sent_by(office.leader, first, on=oslo_today())
    assert outcome(incident, "injury_report") == ""
    decided_by(office.leader, second, is_due=False)
    assert outcome(incident, "injury_report") == "done"


def test_no_injury_declines_the_step_and_one_that_shows_later_asks_for_it_again(
    office: Office, incident: Incident
) -> None:
    set_level(office, incident, 4)
    with acting_as(office.leader.id) as by:
        declare_no_injury(by=by, incident=incident, declaration_id=new_id(), reason="Snakket sammen.")
    assert outcome(incident, "injury_report") == "declined"
    injury = entered_by(office.leader, incident, office.counsellor)
    assert outcome(incident, "injury_report") == ""
    decided_by(office.leader, injury, is_due=False)
    assert outcome(incident, "injury_report") == "declined"


def test_only_a_leader_asks_again(office: Office, incident: Incident) -> None:
    with acting_as(office.counsellor.id) as by, pytest.raises(NotAllowed):
        ask_again(by=by, incident=incident, code="notice_5_2")
