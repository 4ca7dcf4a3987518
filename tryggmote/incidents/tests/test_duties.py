"""What incidents put on "Now", and when it goes away (2.4)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.duties.tests.helpers import owed_by
from tryggmote.incidents.duties import KINDS
from tryggmote.incidents.escalation import escalate_unread
from tryggmote.incidents.models import Incident
from tryggmote.incidents.rules import answer_by, read_by
from tryggmote.incidents.services import answer_reporter, assess_level, classify
from tryggmote.incidents.step_duties import KINDS as STEP_KINDS
from tryggmote.incidents.tests.helpers import opened_by, reported_by
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def duties(person: Person) -> list[str]:
    return [duty.kind for duty in owed_by(person, *KINDS, *STEP_KINDS)]


def next_steps(person: Person) -> list[str]:
    return [duty.title.split(" – ")[0] for duty in owed_by(person, *STEP_KINDS)]


def assess(leader: Person, incident: Incident, level: int) -> None:
    with acting_as(leader.id) as by:
        seen = Incident.objects.get(id=incident.id)
        assess_level(by=by, incident=seen, assessment_id=new_id(), level=level)


def answered_by(leader: Person, incident: Incident) -> None:
    with acting_as(leader.id) as by:
        seen = Incident.objects.get(id=incident.id)
        answer_reporter(by=by, incident=seen, reply_id=new_id(), text="Takk")


def test_the_leader_reads_then_answers_and_is_done(office: Office) -> None:
    incident = reported_by(office.counsellor)
    assert duties(office.leader) == ["incident_unread"]
    opened_by(office.leader, incident)
    assert duties(office.leader) == ["incident_step"]
    assert next_steps(office.leader) == ["Vurder hvor alvorlig det er"]
    assess(office.leader, incident, 0)
    answered_by(office.leader, incident)
    assert next_steps(office.leader) == ["Beskriv hva som skjedde"]
    with acting_as(office.leader.id) as by:
        codes = {"natures": ["verbal_abuse"], "channel": "planned"}
        seen = Incident.objects.get(id=incident.id)
        classify(by=by, incident=seen, classification_id=new_id(), codes=codes)
    assert duties(office.leader) == []


def test_the_safety_representative_reads_and_owes_no_answer(office: Office) -> None:
    incident = reported_by(office.counsellor)
    assert duties(office.safety_representative) == ["incident_unread"]
    opened_by(office.safety_representative, incident)
    assert duties(office.safety_representative) == []


def test_a_leader_above_has_nothing_to_read_once_somebody_has_answered(office: Office) -> None:
    incident = reported_by(office.counsellor, at=timezone.now() - timedelta(days=14))
    escalate_unread()
    assert duties(office.office_leader) == ["incident_unread"]
    answered_by(office.leader, incident)
    assert duties(office.office_leader) == []


def test_a_leader_above_who_has_read_it_answers_while_nobody_else_has(office: Office) -> None:
    incident = reported_by(office.counsellor, at=timezone.now() - timedelta(days=14))
    escalate_unread()
    opened_by(office.office_leader, incident)
    assert duties(office.office_leader) == ["incident_step"]


def test_nearest_leaders_and_safety_representatives_read_it_also_after_the_answer(office: Office) -> None:
    incident = reported_by(office.colleague)
    answered_by(office.leader, incident)
    for person in (office.formal_leader, office.safety_representative):
        assert duties(person) == ["incident_unread"], person.name


def test_the_reporter_and_the_exposed_have_an_answer_to_read(office: Office) -> None:
    incident = reported_by(office.counsellor, about="other", exposed_id=office.colleague.id)
    assert duties(office.counsellor) == []
    opened_by(office.leader, incident)
    answered_by(office.leader, incident)
    assert duties(office.counsellor) == ["incident_answered"]
    opened_by(office.counsellor, incident)
    assert duties(office.counsellor) == []
    assert duties(office.colleague) == ["incident_answered"]


def test_deadlines_are_two_and_five_working_days(office: Office) -> None:
    told = timezone.now() - timedelta(days=1)
    incident = reported_by(office.counsellor, at=told)
    assert [duty.due for duty in owed_by(office.leader, *KINDS)] == [read_by(told)]
    opened_by(office.leader, incident)
    (duty,) = owed_by(office.leader, *STEP_KINDS)
    assert duty.due == read_by(told), "how serious it is must be judged first"
    assess(office.leader, incident, 0)
    (duty,) = owed_by(office.leader, *STEP_KINDS)
    assert duty.due == answer_by(told)
    assert duty.requirement == "2.4"
    assert "Nav Lillevik" in duty.title


def test_many_incidents_cost_no_more_than_one(
    office: Office, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with CaptureQueriesContext(connection) as of_nothing:
        assert duties(office.leader) == []
    for _number in range(4):
        reported_by(office.counsellor)
    with django_assert_num_queries(len(of_nothing)):
        assert len(owed_by(office.leader, *KINDS)) == 4
    for incident in Incident.objects.all():
        opened_by(office.leader, incident)
        assess(office.leader, incident, 3)
    with django_assert_num_queries(len(of_nothing)):
        assert len(owed_by(office.office_leader, *STEP_KINDS)) == 4, "what is shared with the other employer"
