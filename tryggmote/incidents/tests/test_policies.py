"""What the database itself refuses, whatever the program asks. Who sees what is in `tests/security`."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.models import ReadEntry
from tryggmote.access.reading import reads_of
from tryggmote.incidents.models import AssessedLevel, Escalation, Incident, Opening, Recipient, Reply
from tryggmote.incidents.rules import involved, may_handle
from tryggmote.incidents.tests.helpers import opened_by, reported_by
from tryggmote.incidents.vocabulary import Capacity
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def incident(office: Office) -> Incident:
    return reported_by(office.counsellor)


def refused(person: Person, model: Any, /, **values: Any) -> bool:
    with acting_as(person.id):
        try:
            with transaction.atomic():
                model.objects.bulk_create([model(**values)])
        except DatabaseError:
            return True
    return False


def test_only_a_leader_answers_and_assesses(office: Office, incident: Incident) -> None:
    for person, is_refused in [
        (office.leader, False),
        (office.office_leader, False),
        (office.safety_representative, True),
        (office.counsellor, True),
        (office.colleague, True),
        (office.county_director, True),
        (office.administrator, True),
    ]:
        assert refused(person, Reply, incident=incident, by=person, text="Hei") is is_refused, person.name
        assert refused(person, AssessedLevel, incident=incident, by=person, level=2) is is_refused, (
            person.name
        )


def test_a_leader_does_not_handle_their_own_case(office: Office) -> None:
    own = reported_by(office.office_leader)
    assert refused(office.office_leader, Reply, incident=own, by=office.office_leader, text="Alt er bra")
    assert refused(office.office_leader, AssessedLevel, incident=own, by=office.office_leader, level=0)
    assert refused(
        office.office_leader, Opening, incident=own, person=office.office_leader, capacity="daily_leader"
    )


def test_nobody_acts_in_anothers_name(office: Office, incident: Incident) -> None:
    assert refused(office.leader, Reply, incident=incident, by=office.office_leader, text="Hei")
    assert refused(
        office.leader, Opening, incident=incident, person=office.office_leader, capacity="daily_leader"
    )
    copied = {
        "exposed": office.counsellor,
        "workforce_id": incident.workforce_id,
        "natures": ["worry"],
        "form": "planned",
        "happened_at": timezone.now(),
        "experienced_severity": 1,
    }
    assert refused(office.leader, Incident, reporter=office.counsellor, **copied)
    assert not refused(office.leader, Incident, reporter=office.leader, **copied)


def test_a_receipt_is_written_in_a_capacity_one_holds(office: Office, incident: Incident) -> None:
    Escalation.objects.create(incident=incident, to_person=office.county_director, reason="no_reaction")
    held = {
        office.leader: {Capacity.DAILY_LEADER, Capacity.LEADER},
        office.office_leader: {Capacity.LEADER},
        office.safety_representative: {Capacity.SAFETY_REPRESENTATIVE},
        office.chief_safety_representative: {Capacity.SAFETY_REPRESENTATIVE},
        office.county_director: {Capacity.NEXT_LEADER},
        office.directorate_member: {Capacity.NEXT_LEADER},
        office.colleague: set(),
        office.administrator: set(),
    }
    for person, capacities in held.items():
        for capacity in Capacity:
            is_refused = refused(person, Opening, incident=incident, person=person, capacity=capacity)
            assert is_refused is (capacity not in capacities), (person.name, capacity)
            Opening.objects.all().delete()


def test_all_who_see_an_incident_of_others_leave_a_receipt(office: Office) -> None:
    people = [value for value in vars(office).values() if isinstance(value, Person)]
    for reporter in (office.counsellor, office.colleague, office.leader, office.safety_representative):
        incident = reported_by(reporter)
        Escalation.objects.create(incident=incident, to_person=office.county_director, reason="no_reaction")
        for person in people:
            with acting_as(person.id):
                sees = Incident.objects.filter(id=incident.id).exists()
            if sees:
                opened_by(person, incident)
            leaves_receipt = Opening.objects.filter(incident=incident, person=person).exists()
            assert leaves_receipt is (sees and person.id not in involved(incident)), person.name


def test_a_report_is_not_born_read_answered_or_assessed(office: Office, incident: Incident) -> None:
    answers = {
        "reporter": office.counsellor,
        "workforce_id": incident.workforce_id,
        "natures": ["worry"],
        "form": "planned",
        "happened_at": timezone.now(),
        "experienced_severity": 1,
    }
    for derived in (
        {"read_by_leader_at": timezone.now()},
        {"read_by_representative_at": timezone.now()},
        {"answered_at": timezone.now()},
        {"assessed_level": 0},
        {"escalated_at": timezone.now()},
    ):
        assert refused(office.counsellor, Incident, **answers, **derived), derived


def test_only_the_reporter_and_the_job_say_who_is_told(office: Office, incident: Incident) -> None:
    for person in (office.leader, office.safety_representative, office.colleague):
        assert refused(person, Recipient, incident=incident, person=person, capacity="next_leader")
        assert refused(person, Escalation, incident=incident, to_person=person, reason="no_leader")


@pytest.mark.parametrize("model", [Incident, Recipient, Opening, Reply, AssessedLevel, Escalation])
def test_what_was_written_is_never_changed_or_deleted(office: Office, incident: Incident, model: Any) -> None:
    opened_by(office.leader, incident)
    for person in (office.counsellor, office.leader, office.directorate_member):
        with acting_as(person.id):
            with pytest.raises(DatabaseError), transaction.atomic():
                model.objects.update(id=incident.id)
            with pytest.raises(DatabaseError), transaction.atomic():
                model.objects.all()._raw_delete(using="default")


def test_the_derived_columns_follow_the_acts(office: Office, incident: Incident) -> None:
    opened_by(office.safety_representative, incident)
    incident.refresh_from_db()
    assert incident.read_by_representative_at
    assert not incident.read_by_leader_at
    opened_by(office.leader, incident)
    first = Incident.objects.get().read_by_leader_at
    opened_by(office.office_leader, incident)
    assert Incident.objects.get().read_by_leader_at == first


def test_a_director_sees_it_from_level_four(office: Office, incident: Incident) -> None:
    def is_seen_from_above() -> bool:
        with acting_as(office.county_director.id):
            return Incident.objects.exists()

    AssessedLevel.objects.create(incident=incident, by=office.leader, level=3)
    assert not is_seen_from_above()
    AssessedLevel.objects.create(incident=incident, by=office.leader, level=4)
    assert is_seen_from_above()
    AssessedLevel.objects.create(incident=incident, by=office.leader, level=2)
    assert not is_seen_from_above()


def test_who_has_read_is_shown_to_those_it_is_about(office: Office, incident: Incident) -> None:
    opened_by(office.leader, incident)
    opened_by(office.safety_representative, incident)
    for person in (office.counsellor, office.safety_representative):
        with acting_as(person.id):
            readers = {reading.person_id for reading in reads_of("incident", incident.id)}
            assert {office.leader.id, office.safety_representative.id} <= readers
    with acting_as(office.leader.id):
        assert {entry.person_id for entry in ReadEntry.objects.all()} == {office.leader.id}


def test_the_rule_in_python_and_the_policy_in_the_database_agree_about_who_answers(office: Office) -> None:
    people = [value for value in vars(office).values() if isinstance(value, Person)]
    for reporter in (office.counsellor, office.colleague, office.leader, office.office_leader):
        own = reported_by(reporter)
        for_another = reported_by(reporter, about="other", exposed_id=office.safety_representative.id)
        for incident in (own, for_another):
            for person in people:
                with acting_as(person.id) as asking:
                    sees = Incident.objects.filter(id=incident.id).exists()
                    may = sees and may_handle(asking, incident)
                assert refused(person, Reply, incident=incident, by=person, text="Hei") is not may, (
                    person.name
                )
