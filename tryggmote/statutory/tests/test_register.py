"""The register of injuries: its lawful readers, its least data, and the injured's own consent (AML § 5-1)."""

import pytest

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.incidents.models import Incident
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Person
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, assign, employ, make_office, make_person
from tryggmote.statutory import queries
from tryggmote.statutory.models import Consent, Injury, MedicalDetail
from tryggmote.statutory.registering import declare_no_injury, give_consent, withdraw_consent
from tryggmote.statutory.tests.helpers import consented_by, entered_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def incident(office: Office) -> Incident:
    return reported_by(office.counsellor)


def reads(person: Person) -> bool:
    with acting_as(person.id):
        return Injury.objects.exists()


def test_a_line_is_made_of_the_incident_and_the_injured_is_told(office: Office, incident: Incident) -> None:
    injury = entered_by(office.leader, incident, office.counsellor)
    assert injury.natures == incident.natures
    assert injury.workforce_id == incident.workforce_id
    assert injury.kinds == ["psychological"]
    assert Notice.objects.get(kind="injury_entered").person_id == office.counsellor.id


def test_entering_the_same_person_again_says_more_of_the_same_line(
    office: Office, incident: Incident
) -> None:
    first = entered_by(office.leader, incident, office.counsellor)
    second = entered_by(
        office.leader, incident, office.counsellor, kinds=("physical", "psychological"), absence="long"
    )
    assert second.id == first.id
    assert Injury.objects.get().absence == "long"


def test_a_witness_who_reported_can_be_the_injured_at_their_own_workplace(office: Office) -> None:
    incident = reported_by(office.colleague, about="witness", exposed_id=office.counsellor.id)
    injury = entered_by(office.leader, incident, office.colleague)
    assert injury.workforce.employer_id == office.municipality.id


def test_nobody_else_can_be_entered(office: Office, incident: Incident) -> None:
    with pytest.raises(NotPossible):
        entered_by(office.leader, incident, office.colleague)


def test_only_an_uninvolved_leader_enters(office: Office, incident: Incident) -> None:
    for person in (office.counsellor, office.safety_representative):
        with pytest.raises(NotAllowed):
            entered_by(person, incident, office.counsellor)


def test_the_four_readers_of_the_law_and_the_injured_read_and_union_representatives_do_not(
    office: Office, incident: Incident
) -> None:
    entered_by(office.leader, incident, office.counsellor)
    held = {
        role: make_person(str(role.label))
        for role in (
            Role.OCCUPATIONAL_HEALTH,
            Role.COMMITTEE_MEMBER,
            Role.UNION_REPRESENTATIVE,
            Role.GUARD,
            Role.AUDITOR,
            Role.COUNTY_SECURITY_COORDINATOR,
        )
    }
    for role, person in held.items():
        assign(person, role, office.unit)
    assert reads(held[Role.OCCUPATIONAL_HEALTH])
    assert reads(held[Role.COMMITTEE_MEMBER])
    for role in (Role.UNION_REPRESENTATIVE, Role.GUARD, Role.AUDITOR, Role.COUNTY_SECURITY_COORDINATOR):
        assert not reads(held[role]), role
    readers = {
        "counsellor",
        "leader",
        "office_leader",
        "safety_representative",
        "chief_safety_representative",
    }
    for role, person in vars(office).items():
        if isinstance(person, Person):
            assert reads(person) is (role in readers), role


def test_the_health_service_of_one_employer_does_not_read_the_others(
    office: Office, incident: Incident
) -> None:
    entered_by(office.leader, incident, office.counsellor)
    service = make_person("Bedriftslegen")
    assign(service, Role.OCCUPATIONAL_HEALTH, office.unit, employer=office.municipality)
    assert not reads(service)
    assign(service, Role.OCCUPATIONAL_HEALTH, office.county, employer=office.directorate)
    assert reads(service)


def test_a_committee_member_reads_the_line_and_not_the_incident(office: Office, incident: Incident) -> None:
    injury = entered_by(office.leader, incident, office.counsellor)
    member = make_person("AMU")
    employ(member, unit=office.county, employer=office.directorate, meets_clients=False)
    assign(member, Role.COMMITTEE_MEMBER, office.county)
    with acting_as(member.id):
        assert queries.injury_in_full(injury.id).get().cause_words
        assert not Incident.objects.exists()


def test_there_is_no_medical_text_without_the_injureds_consent(office: Office, incident: Incident) -> None:
    injury = entered_by(office.leader, incident, office.counsellor)
    for person in (office.leader, office.safety_representative):
        with acting_as(person.id) as by, pytest.raises(NotAllowed):
            give_consent(by=by, injury=injury, consent_id=new_id(), text="Hun er syk.")
    assert not MedicalDetail.objects.exists()


def test_with_consent_the_lawful_readers_read_it_and_when_it_is_withdrawn_it_is_gone(
    office: Office, incident: Incident
) -> None:
    injury = entered_by(office.leader, incident, office.counsellor)
    consented_by(office.counsellor, injury, "Jeg sover dårlig.")
    with acting_as(office.leader.id):
        detail = queries.medical_detail_of(injury.id)
    assert detail is not None
    assert detail.text == "Jeg sover dårlig."
    with acting_as(office.counsellor.id) as by:
        withdraw_consent(by=by, injury=injury, consent_id=new_id())
    assert not MedicalDetail.objects.exists()
    assert list(Consent.objects.order_by("at").values_list("is_given", flat=True)) == [True, False]


def test_writing_it_anew_replaces_the_text(office: Office, incident: Incident) -> None:
    injury = entered_by(office.leader, incident, office.counsellor)
    consented_by(office.counsellor, injury, "Først.")
    consented_by(office.counsellor, injury, "Så.")
    assert MedicalDetail.objects.get().text == "Så."


def test_nobody_else_withdraws_it(office: Office, incident: Incident) -> None:
    injury = entered_by(office.leader, incident, office.counsellor)
    consented_by(office.counsellor, injury)
    with acting_as(office.leader.id) as by, pytest.raises(NotAllowed):
        withdraw_consent(by=by, injury=injury, consent_id=new_id())
    assert MedicalDetail.objects.exists()


def test_no_injury_is_said_with_a_reason_and_not_when_one_is_entered(
    office: Office, incident: Incident
) -> None:
    with acting_as(office.leader.id) as by:
        declare_no_injury(by=by, incident=incident, declaration_id=new_id(), reason="Vi har snakket.")
    entered_by(office.leader, incident, office.counsellor)  # it showed later
    with acting_as(office.leader.id) as by, pytest.raises(NotPossible):
        declare_no_injury(by=by, incident=incident, declaration_id=new_id(), reason="Nei.")
