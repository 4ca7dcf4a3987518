"""What incidents bring to risk assessment: hazards that are answered, assessments opened again (2.1, 2.4)."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.incidents.models import Incident
from tryggmote.incidents.services import assess_level
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.incidents.vocabulary import Nature
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.risk.models import Hazard, HazardDecision, Reopening
from tryggmote.risk.tests.stories import Work, begin
from tryggmote.risk.vocabulary import Cause, Outcome, Source

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    return make_office()


def judged_by(leader: Person, incident: Incident, level: int, assessment_id: object = None) -> None:
    with acting_as(leader.id) as by:
        seen = Incident.objects.get(id=incident.id)
        assess_level(by=by, incident=seen, assessment_id=assessment_id or new_id(), level=level)  # type: ignore[arg-type]


def test_an_incident_waits_as_a_hazard_is_assessed_in_a_scenario_and_the_reporter_sees_the_answer(
    client_of: ClientOf,
) -> None:
    work = begin()
    scenario = work.describe()
    reporter, leader = client_of(work.office.counsellor), client_of(work.leader)
    sent = {"id": str(new_id()), "more_natures": ["weapon_shown"], "form": "planned", "severity": "4"}
    reporter.post(reverse("incidents:report"), sent | {"what_happened": "La kniven på bordet."})
    hazard = Hazard.objects.get()
    assert hazard.what == "Avtalt samtale: viste kniv eller annet våpen"

    now = leader.get(reverse("now")).content.decode()
    assert "Vurder faren «Avtalt samtale: viste kniv" in now
    page = leader.get(hazard.get_absolute_url()).content.decode()
    incident = reverse("incidents:detail", args=[sent["id"]])
    assert incident in page
    assert hazard.get_absolute_url() in leader.get(incident).content.decode()
    assert "La kniven" not in page

    way = reverse("risk:hazard_scenario", args=[hazard.id, work.assessment.id])
    answer = {
        "id": str(new_id()),
        "scenario": str(scenario.lineage),
        "answer": "Våpen er med i vurderingen nå.",
    }
    leader.post(way, answer)
    assert HazardDecision.objects.get().outcome == Outcome.ASSESSED
    assert "Våpen er med i vurderingen nå." in reporter.get(hazard.get_absolute_url()).content.decode()
    assert "Vurder faren" not in leader.get(reverse("now")).content.decode()


def test_the_hazard_holds_words_of_our_own_in_bokmaal_and_nothing_that_was_written(office: Office) -> None:
    Person.objects.filter(id=office.counsellor.id).update(language="en")
    incident = reported_by(
        office.counsellor,
        natures=(Nature.VERBAL_ABUSE, Nature.THREATENING_CONDUCT),
        form="reception",
        what_happened="Hemmelig",
        place="Rom 3",
    )
    hazard = Hazard.objects.get()
    assert hazard.what == "Mottak: utskjelling, truende oppførsel"
    assert (hazard.source, hazard.source_id) == (Source.INCIDENT, incident.id)
    assert (hazard.unit_id, hazard.forms) == (office.unit.id, ["reception"])
    assert (hazard.raised_by_id, hazard.raised_at) == (office.counsellor.id, incident.created_at)


def test_the_same_report_sent_twice_is_one_hazard(office: Office) -> None:
    same = new_id()
    for _time in range(2):
        reported_by(office.counsellor, id=same)
    assert Hazard.objects.count() == 1


def test_the_way_to_the_incident_is_shown_only_to_those_who_may_read_it(
    office: Office, client_of: ClientOf
) -> None:
    incident = reported_by(office.counsellor)
    hazard = Hazard.objects.get()
    Incident.objects.filter(id=incident.id).update(safety_area=None)
    address = reverse("incidents:detail", args=[incident.id])
    assert address in client_of(office.office_leader).get(hazard.get_absolute_url()).content.decode()
    assert (
        address not in client_of(office.safety_representative).get(hazard.get_absolute_url()).content.decode()
    )


@pytest.fixture
def approved() -> Work:
    work = begin()
    work.complete()
    work.approve()
    return work


def test_a_serious_incident_opens_the_assessment_of_its_meeting_form_once(approved: Work) -> None:
    incident = reported_by(approved.office.counsellor, form="planned")
    judged_by(approved.leader, incident, 2)
    assert not Reopening.objects.exists()
    same = new_id()
    for _time in range(2):
        judged_by(approved.leader, incident, 3, same)
    judged_by(approved.leader, incident, 5)
    reopening = Reopening.objects.get()
    assert (reopening.cause, reopening.cause_id) == (Cause.INCIDENT, incident.id)
    assert approved.draft.number == 2


def test_once_the_new_version_is_approved_the_same_incident_does_not_open_it_again(approved: Work) -> None:
    incident = reported_by(approved.office.counsellor, form="planned")
    judged_by(approved.leader, incident, 4)
    approved.hear(approved.office.safety_representative)
    approved.approve()
    judged_by(approved.leader, incident, 3)
    assert Reopening.objects.count() == 1


def test_an_incident_in_another_form_opens_nothing(approved: Work) -> None:
    judged_by(approved.leader, reported_by(approved.office.counsellor, form="home_visit"), 4)
    assert not Reopening.objects.exists()


def test_the_leader_reads_beforehand_what_the_level_does(office: Office, client_of: ClientOf) -> None:
    incident = reported_by(office.counsellor)
    page = client_of(office.leader).get(incident.get_absolute_url()).content.decode()
    assert "Fra nivå 3 varsles neste leder. Fra nivå 4 varsles direktørene" in page
