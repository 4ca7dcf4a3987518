"""What "Now" shows for encounters (requirement 2.2)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.duties import registry
from tryggmote.duties.registry import Urgency
from tryggmote.duties.tests.helpers import owed_by
from tryggmote.encounters import duties, planning, reporting, services
from tryggmote.encounters.models import Check, RiskReport
from tryggmote.encounters.planning import MeetingPlan
from tryggmote.encounters.vocabulary import Decision, LeaderAnswer

ANSWER_CHECK, ANSWER_RISK = ("encounters_answer_check",), ("encounters_answer_risk",)
OWN = ("encounters_decide", "encounters_outcome")


def kinds(wanted, person):
    with acting_as(person.id) as by:
        told = list(duties.outcomes_to_tell(by))
    return [duty.kind for duty in [*owed_by(person, *duties.KINDS), *told] if duty.kind in wanted]


def test_the_leader_who_is_asked_must_answer_now(office, checked):
    checked(office.counsellor, signs="strong")
    (duty,) = owed_by(office.leader, *duties.KINDS)
    assert duty.urgency == Urgency.NOW
    assert "Vera Veileder" in duty.title


def test_the_duty_is_gone_when_the_leader_has_answered(office, checked):
    check = checked(office.counsellor, signs="strong")
    with acting_as(office.leader.id) as by:
        services.answer_check(by=by, check=check, answer=LeaderAnswer.JOIN)
    assert kinds(ANSWER_CHECK, office.leader) == []


def test_the_duty_is_gone_when_the_meeting_is_postponed(office, checked):
    check = checked(office.counsellor, signs="strong")
    with acting_as(office.counsellor.id) as by:
        services.decide(by=by, check=check, decision=Decision.POSTPONE)
    assert kinds(ANSWER_CHECK, office.leader) == []


def test_a_representative_and_a_colleague_owe_no_answer(office, checked):
    checked(office.counsellor, draft={"colleague_ids": [office.colleague.id]}, signs="strong")
    for person in (office.safety_representative, office.colleague):
        assert kinds(ANSWER_CHECK, person) == []


def test_a_leader_owes_themselves_no_answer(office, checked):
    checked(office.office_leader, signs="strong")
    assert kinds(ANSWER_CHECK, office.office_leader) == []
    assert kinds(ANSWER_CHECK, office.county_director) == ["encounters_answer_check"]


def test_every_stop_and_risk_is_owed_an_answer(office):
    with acting_as(office.counsellor.id) as by:
        report = reporting.stop_meeting(by=by, report_id=new_id())
    assert kinds(ANSWER_RISK, office.leader) == ["encounters_answer_risk"]
    (duty,) = owed_by(office.leader, *duties.KINDS)
    assert (duty.due, duty.urgency) == (report.answer_due, Urgency.NOW)
    RiskReport.objects.update(stopped_work=False)
    (duty,) = owed_by(office.leader, *duties.KINDS)
    assert (duty.due, duty.urgency) == (RiskReport.objects.get().answer_due, Urgency.SOON)
    with acting_as(office.leader.id) as by:
        reporting.answer_risk(by=by, report=report, answer="Vi bytter rom")
    assert kinds(ANSWER_RISK, office.leader) == []


def test_the_employee_decides_and_then_tells_how_it_went(office, checked):
    check = checked(office.counsellor)
    assert kinds(OWN, office.counsellor) == ["encounters_decide"]
    with acting_as(office.counsellor.id) as by:
        services.decide(by=by, check=check, decision=Decision.GO)
    assert kinds(OWN, office.counsellor) == []
    Check.objects.update(created_at=timezone.now() - timedelta(hours=2))
    assert kinds(OWN, office.counsellor) == ["encounters_outcome"]


@pytest.mark.parametrize(
    ("is_checked", "state", "action"),
    [(False, "Ikke sjekket", "Sjekk møtet"), (True, "Ikke avgjort", "")],
)
def test_now_shows_todays_meetings_with_the_next_step(office, checked, is_checked, state, action):
    with acting_as(office.counsellor.id) as by:
        plan = MeetingPlan(form="planned", starts_at=timezone.now(), place="Samtalerom 3")
        meeting = planning.add_meeting(by=by, meeting_id=new_id(), plan=plan)
    if is_checked:
        checked(office.counsellor, draft={"meeting_id": meeting.id})
    with acting_as(office.counsellor.id) as by:
        (shown,) = duties.meetings_today(by)
    assert (shown.state, shown.action, shown.place) == (state, action, "Samtalerom 3")


def test_the_check_is_a_first_step_for_those_who_meet_clients_and_owe_nothing(office, client_of, monkeypatch):
    monkeypatch.setattr(registry, "_duty_providers", [])
    monkeypatch.setattr("tryggmote.duties.owing.owed_by_me", list)

    def is_offered(person):
        return "Sjekk et møte" in client_of(person).get("/").content.decode()

    assert is_offered(office.counsellor)
    assert not is_offered(office.county_director)
    assert not is_offered(office.auditor)


def test_providers_ask_at_most_two_questions(office, checked, django_assert_max_num_queries):
    for _ in range(3):
        checked(office.counsellor, signs="strong")
    for provider in (duties.out_alone, duties.outcomes_to_tell, duties.meetings_today):
        with acting_as(office.leader.id) as by, django_assert_max_num_queries(2):
            list(provider(by))
