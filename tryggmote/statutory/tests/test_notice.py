"""Notice of death or serious injury, from the judgement to the representative's copy (AML § 5-2)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.incidents.models import Incident
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Person, RoleAssignment
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.statutory import queries
from tryggmote.statutory.legal_data import legal_data
from tryggmote.statutory.models import Judgement, NoticeAct
from tryggmote.statutory.notifying import judge_notice, record_copy
from tryggmote.statutory.rules import is_notice_complete
from tryggmote.statutory.tests.helpers import called_by, confirmed_by, judged_by
from tryggmote.statutory.texts import confirmation_text
from tryggmote.statutory.vocabulary import NoticeStep

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def incident(office: Office) -> Incident:
    return reported_by(office.counsellor)


def complete(office: Office, incident: Incident) -> bool:
    with acting_as(office.leader.id):
        return is_notice_complete(queries.steps_done(incident.id))


def test_the_leader_judges_with_a_reason_and_the_version_of_the_rules(
    office: Office, incident: Incident
) -> None:
    judged = judged_by(office.leader, incident)
    assert judged.must_notify
    assert judged.by_id == office.leader.id
    assert judged.rule_version == legal_data().version
    assert judged.criteria == ["lasting_psychological"]


def test_judging_again_leaves_the_first_judgement(office: Office, incident: Incident) -> None:
    judged_by(office.leader, incident, must_notify=False)
    judged_by(office.leader, incident, must_notify=True)
    assert Judgement.objects.count() == 2
    with acting_as(office.leader.id):
        latest = queries.latest_judgement(incident.id)
    assert latest is not None
    assert latest.must_notify


def test_against_notice_one_says_why_and_no_criterion_holds(office: Office, incident: Incident) -> None:
    for said in ({}, {"criteria": ["doubt"], "reason": "Nei."}):
        with acting_as(office.leader.id) as by, pytest.raises(NotPossible):
            judge_notice(by=by, incident=incident, judgement_id=new_id(), must_notify=False, **said)


def test_the_same_judgement_sent_twice_is_one(office: Office, incident: Incident) -> None:
    sent = new_id()
    for _ in range(2):
        with acting_as(office.leader.id) as by:
            judge_notice(by=by, incident=incident, judgement_id=sent, must_notify=True, criteria=["death"])
    assert Judgement.objects.count() == 1


@pytest.mark.parametrize("who", ["counsellor", "safety_representative"])
def test_only_a_leader_judges(office: Office, incident: Incident, who: str) -> None:
    with pytest.raises(NotAllowed):
        judged_by(getattr(office, who), incident)


def test_a_leader_never_judges_in_their_own_case(office: Office) -> None:
    own = reported_by(office.office_leader)
    with pytest.raises(NotAllowed):
        judged_by(office.office_leader, own)


def test_a_call_is_now_by_whoever_says_so_and_can_be_corrected(office: Office, incident: Incident) -> None:
    judged_by(office.leader, incident)
    first = called_by(office.leader, incident, "inspectorate")
    assert abs(first.done_at - timezone.now()) < timedelta(minutes=1)
    assert first.done_by_id == office.leader.id
    earlier = timezone.now() - timedelta(hours=1)
    called_by(
        office.leader,
        incident,
        "inspectorate",
        done_at=earlier,
        done_by_id=office.office_leader.id,
        reference="2026/123",
    )
    with acting_as(office.leader.id):
        counts = queries.latest_acts(incident.id)[NoticeStep.INSPECTORATE_CALLED]
    assert (counts.done_at, counts.done_by_id, counts.reference) == (
        earlier,
        office.office_leader.id,
        "2026/123",
    )
    assert NoticeAct.objects.count() == 2  # the first is kept


def test_the_same_tap_twice_is_one_call(office: Office, incident: Incident) -> None:
    judged_by(office.leader, incident)
    tapped = new_id()
    called_by(office.leader, incident, "police", id=tapped)
    called_by(office.leader, incident, "police", id=tapped)
    assert NoticeAct.objects.count() == 1


def test_nothing_is_recorded_before_it_is_judged_due(office: Office, incident: Incident) -> None:
    with pytest.raises(NotPossible):
        called_by(office.leader, incident, "police")
    judged_by(office.leader, incident, must_notify=False)
    with pytest.raises(NotPossible):
        called_by(office.leader, incident, "police")


def test_the_confirmation_gives_the_safety_representative_a_copy_at_once(
    office: Office, incident: Incident
) -> None:
    judged_by(office.leader, incident)
    called_by(office.leader, incident, "inspectorate")
    called_by(office.leader, incident, "police")
    assert not complete(office, incident)
    confirmed_by(office.leader, incident, "Vi bekrefter.")
    assert complete(office, incident)
    told = Notice.objects.get(kind="notice_copy")
    assert told.person_id == office.safety_representative.id
    with acting_as(office.safety_representative.id):
        read = queries.latest_acts(incident.id)[NoticeStep.CONFIRMED]
        assert read.text == "Vi bekrefter."


def test_without_a_safety_representative_the_copy_is_still_owed(office: Office, incident: Incident) -> None:
    RoleAssignment.objects.filter(
        person__in=[office.safety_representative, office.chief_safety_representative]
    ).delete()
    judged_by(office.leader, incident)
    for authority in ("inspectorate", "police"):
        called_by(office.leader, incident, authority)
    confirmed_by(office.leader, incident)
    assert not complete(office, incident)
    with acting_as(office.leader.id) as by:
        record_copy(by=by, incident=incident, act_id=new_id())
    assert complete(office, incident)


@pytest.mark.parametrize(
    ("language", "expected"),
    [("nb", "ikke varslet på telefon ennå"), ("nn", "ikkje varsla på telefon enno"), ("en", "ikke varslet")],
)
def test_the_confirmation_is_written_in_either_norwegian(
    office: Office, incident: Incident, language: str, expected: str
) -> None:
    incident = Incident.objects.select_related("workforce__unit", "workforce__employer").get(id=incident.id)
    text = confirmation_text(incident, sender="Lars Leder", injuries=[], acts={}, language=language)
    assert expected in text
    assert office.counsellor.name in text
    assert office.directorate.name in text


def test_the_confirmation_says_days_in_full(office: Office, incident: Incident) -> None:
    judged_by(office.leader, incident)
    act = called_by(office.leader, incident, "police", reference="sak 7")
    incident = Incident.objects.select_related("workforce__unit", "workforce__employer").get(id=incident.id)
    text = confirmation_text(
        incident, sender="Lars Leder", injuries=[], acts={NoticeStep.POLICE_CALLED: act}, language="nb"
    )
    assert "i dag" not in text
    assert str(timezone.localdate().year) in text
    assert "sak 7" in text


def test_the_other_employers_leader_may_act_when_it_is_their_employee(office: Office) -> None:
    about_the_municipal = reported_by(office.colleague)
    judged = judged_by(office.formal_leader, about_the_municipal)
    assert judged.by_id == office.formal_leader.id


def test_nobody_else_of_the_office_sees_the_notice(office: Office, incident: Incident) -> None:
    judged_by(office.leader, incident)
    called_by(office.leader, incident, "police")
    see = {"counsellor", "leader", "office_leader", "safety_representative", "chief_safety_representative"}
    for role, person in vars(office).items():
        if isinstance(person, Person):
            with acting_as(person.id):
                seen = Judgement.objects.exists(), NoticeAct.objects.exists()
            assert seen == (role in see, role in see), role


def test_a_colleague_who_only_reported_does_not_see_the_notice(office: Office) -> None:
    incident = reported_by(office.colleague, about="other", exposed_id=office.counsellor.id)
    judged_by(office.leader, incident)
    with acting_as(office.colleague.id):
        assert Incident.objects.filter(id=incident.id).exists()
        assert not Judgement.objects.exists()
