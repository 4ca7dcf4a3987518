"""Reporting an incident: who is told, and that a report is never lost and never doubled (2.4)."""

import pytest
from django.db import connection

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotPossible
from tryggmote.incidents.models import Escalation, Incident, Recipient
from tryggmote.incidents.services import report_incident
from tryggmote.incidents.tests.helpers import a_report, reported_by
from tryggmote.incidents.vocabulary import About, Capacity, EscalationReason
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Employment, Person, Placement, RoleAssignment
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, assign, make_office, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def told(incident: Incident) -> dict[int, str]:
    return dict(Recipient.objects.filter(incident=incident).values_list("person_id", "capacity"))


def notified(incident: Incident, kind: str) -> set[int]:
    return set(Notice.objects.filter(subject_id=incident.id, kind=kind).values_list("person_id", flat=True))


def test_the_nearest_leader_and_the_safety_representative_are_told_at_once(office: Office) -> None:
    incident = reported_by(office.counsellor)
    assert told(incident) == {
        office.leader.id: Capacity.DAILY_LEADER,
        office.safety_representative.id: Capacity.SAFETY_REPRESENTATIVE,
    }
    assert notified(incident, "incident_reported") == set(told(incident))


def test_a_municipal_employee_reaches_both_the_daily_and_the_formal_leader(office: Office) -> None:
    incident = reported_by(office.colleague)
    assert told(incident)[office.leader.id] == Capacity.DAILY_LEADER
    assert told(incident)[office.formal_leader.id] == Capacity.FORMAL_LEADER


def test_the_same_report_sent_twice_is_one_incident_and_tells_nobody_twice(office: Office) -> None:
    report = a_report()
    with acting_as(office.counsellor.id) as by:
        first = report_incident(by=by, report=report)
        second = report_incident(by=by, report=report)
    assert first == second
    assert Incident.objects.count() == 1
    assert Notice.objects.filter(subject_id=first.id).count() == 2


def test_anothers_report_cannot_be_taken_over_by_its_id(office: Office) -> None:
    incident = reported_by(office.counsellor)
    with acting_as(office.colleague.id) as by, pytest.raises(NotPossible):
        report_incident(by=by, report=a_report(id=incident.id))
    assert Incident.objects.get().reporter_id == office.counsellor.id


def test_the_leaders_of_the_exposed_are_told_when_a_colleague_reports(office: Office) -> None:
    incident = reported_by(office.counsellor, about=About.OTHER, exposed_id=office.colleague.id)
    assert office.formal_leader.id in told(incident)
    assert incident.concerned_id == office.colleague.id
    assert notified(incident, "incident_about_you") == {office.colleague.id}


def test_a_worry_without_an_event_has_nobody_exposed_and_reaches_the_reporters_leader(office: Office) -> None:
    incident = reported_by(office.counsellor, about=About.WORRY)
    assert incident.exposed_id is None
    assert office.leader.id in told(incident)


def test_when_the_leader_reports_for_an_employee_the_next_leader_is_told(office: Office) -> None:
    incident = reported_by(office.leader, about=About.OTHER, exposed_id=office.counsellor.id)
    assert told(incident)[office.office_leader.id] == Capacity.NEXT_LEADER
    assert Escalation.objects.get().reason == EscalationReason.LEADER_INVOLVED
    assert office.leader.id not in told(incident)


def test_when_the_leader_is_exposed_their_own_leader_is_told(office: Office) -> None:
    incident = reported_by(office.leader)
    assert told(incident)[office.office_leader.id] == Capacity.DAILY_LEADER


def test_without_a_nearest_leader_the_next_leader_is_told(office: Office) -> None:
    Placement.objects.filter(person=office.counsellor).update(daily_leader=None)
    Employment.objects.filter(person=office.counsellor).update(formal_leader=None)
    incident = reported_by(office.counsellor)
    assert told(incident)[office.office_leader.id] == Capacity.NEXT_LEADER
    assert Escalation.objects.get().reason == EscalationReason.NO_LEADER


def test_a_director_who_stands_in_can_open_what_they_are_told_of(office: Office) -> None:
    Placement.objects.filter(person=office.counsellor).update(daily_leader=None)
    Employment.objects.filter(person=office.counsellor).update(formal_leader=None)
    RoleAssignment.objects.filter(role=Role.OFFICE_LEADER).delete()
    incident = reported_by(office.counsellor)
    assert told(incident)[office.county_director.id] == Capacity.NEXT_LEADER
    with acting_as(office.county_director.id):
        assert Incident.objects.filter(id=incident.id).exists()


def test_when_the_safety_representative_is_exposed_the_chief_one_is_told(office: Office) -> None:
    incident = reported_by(office.safety_representative)
    assert told(incident)[office.chief_safety_representative.id] == Capacity.SAFETY_REPRESENTATIVE
    with acting_as(office.chief_safety_representative.id):
        assert Incident.objects.filter(id=incident.id).exists()


def test_one_without_a_safety_area_belongs_to_the_nearest_one(office: Office) -> None:
    Placement.objects.filter(person=office.counsellor).update(safety_area=None)
    incident = reported_by(office.counsellor)
    assert incident.safety_area_id == office.area.id
    assert office.safety_representative.id in told(incident)


def test_where_nobody_is_registered_administrators_are_told_that_somebody_is_missing(office: Office) -> None:
    Placement.objects.filter(person=office.counsellor).update(daily_leader=None)
    Employment.objects.filter(person=office.counsellor).update(formal_leader=None)
    RoleAssignment.objects.exclude(role=Role.ADMINISTRATOR).delete()
    incident = reported_by(office.counsellor)
    assert told(incident) == {}
    assert notified(incident, "incident_without_recipient") == {office.administrator.id}
    with acting_as(office.administrator.id):
        assert not Incident.objects.exists()


def test_a_guard_from_another_enterprise_reaches_the_leader_of_the_unit(office: Office) -> None:
    guard = make_person("Vegard Vekter")
    assign(guard, Role.GUARD, office.unit)
    incident = reported_by(guard)
    assert incident.workforce.unit == office.unit
    assert office.office_leader.id in told(incident)
    assert office.safety_representative.id in told(incident)


def test_one_who_belongs_nowhere_is_told_what_to_do(office: Office) -> None:
    stranger = make_person("Stian Stedløs")
    with acting_as(stranger.id) as by, pytest.raises(NotPossible):
        report_incident(by=by, report=a_report())


def test_what_people_are_told_holds_no_word_of_the_report(office: Office) -> None:
    incident = reported_by(office.counsellor, what_happened="Hemmelig ord", place="Rom 3")
    for notice in Notice.objects.filter(subject_id=incident.id):
        assert "Hemmelig" not in f"{notice.title}{notice.body}{notice.context}"
        assert "Rom 3" not in f"{notice.title}{notice.body}{notice.context}"


def test_a_report_takes_a_bounded_number_of_queries(office: Office) -> None:
    with acting_as(office.counsellor.id) as by:
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            report_incident(by=by, report=a_report())
    # Those told together are eleven questions, whatever number they are and by whichever ways they are told.
    assert len(queries) <= 32, [query["sql"][:90] for query in queries]


def test_nobody_can_change_a_report_afterwards(office: Office) -> None:
    incident = reported_by(office.counsellor)
    from django.db import DatabaseError, transaction

    with acting_as(office.leader.id), pytest.raises(DatabaseError), transaction.atomic():
        Incident.objects.filter(id=incident.id).update(experienced_severity=1)


def test_a_person_of_another_office_is_not_told(office: Office) -> None:
    elsewhere = make_office("Nav Storevik")
    incident = reported_by(office.counsellor)
    assert not {p.id for p in Person.objects.filter(placements__workforce__unit=elsewhere.unit)} & set(
        told(incident)
    )
