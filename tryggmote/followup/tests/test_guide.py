"""The leader's guided page knows that follow-up is offered, whichever came first, and nothing more of it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.followup.models import Plan
from tryggmote.followup.tests.helpers import acts, offered_by, step_of
from tryggmote.followup.vocabulary import StepActKind
from tryggmote.incidents.models import Incident, Step
from tryggmote.incidents.services import assess_level
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    return make_office()


def judged(office: Office, incident: Incident, level: int) -> None:
    with acting_as(office.leader.id) as by:
        found = Incident.objects.get(id=incident.id)
        assess_level(by=by, incident=found, assessment_id=new_id(), level=level)


def is_done(incident: Incident, code: str) -> bool:
    return Step.objects.get(incident=incident, code=code).done_at is not None


def test_the_step_is_done_when_the_exposed_has_been_offered_a_plan(office: Office) -> None:
    incident = reported_by(office.counsellor)
    judged(office, incident, 3)
    offered_by(office.leader, incident, office.colleague)
    assert not is_done(incident, "followup")
    offered_by(office.leader, incident, office.counsellor)
    assert is_done(incident, "followup")
    assert is_done(incident, "occupational_health")


def test_it_is_done_also_when_the_plan_came_before_the_level(office: Office) -> None:
    incident = reported_by(office.counsellor)
    offered_by(office.counsellor, incident, office.counsellor)
    judged(office, incident, 2)
    assert is_done(incident, "followup")


def test_the_talk_is_had_when_the_plan_says_so(office: Office) -> None:
    incident = reported_by(office.counsellor)
    judged(office, incident, 3)
    plan = offered_by(office.leader, incident, office.counsellor)
    assert not is_done(incident, "talk")
    acts(office.leader, plan, step_of(plan), StepActKind.DONE)
    assert is_done(incident, "talk")


def test_a_report_that_names_nobody_ends_with_a_witness_or_a_reason(
    office: Office, client_of: ClientOf
) -> None:
    leader = client_of(office.leader)
    for ends_with in ("witness", "reason"):
        incident = reported_by(office.counsellor, about="worry")
        judged(office, incident, 2)
        assert not is_done(incident, "followup")
        if ends_with == "witness":
            offered_by(office.leader, incident, office.colleague)
        else:
            url = reverse("followup:nobody", args=[incident.id])
            assert leader.post(url, {}).status_code == 422
            assert leader.post(url, {"reason": "Ingen var der."}).status_code == 302
        assert is_done(incident, "followup")


def test_nobody_named_is_not_declined_when_somebody_is(office: Office, client_of: ClientOf) -> None:
    incident = reported_by(office.counsellor)
    judged(office, incident, 2)
    url = reverse("followup:nobody", args=[incident.id])
    assert client_of(office.leader).post(url, {"reason": "Nei."}).status_code == 409
    assert not is_done(incident, "followup")


def test_the_incidents_page_leads_each_to_what_is_theirs(office: Office, client_of: ClientOf) -> None:
    incident = reported_by(office.counsellor)
    url = reverse("followup:of_incident", args=[incident.id])
    for person in (office.counsellor, office.leader, office.safety_representative):
        assert url in client_of(person).get(incident.get_absolute_url()).content.decode()
    offered_by(office.leader, incident, office.counsellor)
    plan = Plan.objects.get()
    own = client_of(office.counsellor).get(incident.get_absolute_url()).content.decode()
    assert plan.get_absolute_url() in own
    representatives = client_of(office.safety_representative).get(incident.get_absolute_url())
    assert str(plan.id) not in representatives.content.decode()
