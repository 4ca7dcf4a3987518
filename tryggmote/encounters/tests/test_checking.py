"""The check and what follows from it (requirement 2.2)."""

import pytest

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.encounters import notice_kinds, services
from tryggmote.encounters.models import Check
from tryggmote.encounters.queries import what_is_known
from tryggmote.encounters.vocabulary import Decision, LeaderAnswer, Outcome
from tryggmote.notices.models import Notice
from tryggmote.organisation.clearance import Clearance
from tryggmote.organisation.meeting_levels import Level
from tryggmote.organisation.models import Employment, Placement, RoleAssignment
from tryggmote.organisation.roles import LEADS_DIRECTLY


def told(kind):
    return set(Notice.objects.filter(kind=kind).values_list("person_id", flat=True))


def test_a_calm_check_tells_nobody(office, checked):
    check = checked(office.counsellor)
    assert check.risk is Level.LOW
    assert check.leader_asked_at is None
    assert not Notice.objects.exists()


def test_a_high_check_tells_the_nearest_leader_at_once(office, checked):
    check = checked(office.counsellor, signs="strong")
    assert check.risk is Level.HIGH
    assert check.waits_for_leader
    assert told(notice_kinds.LEADER_ASKED) == {office.leader.id}


def test_both_leaders_of_a_municipal_employee_are_told(office, checked):
    checked(office.colleague, signs="strong")
    assert told(notice_kinds.LEADER_ASKED) == {office.leader.id, office.formal_leader.id}


def test_somebody_without_a_leader_is_told_that_nobody_was_asked(office, checked, client_of):
    Placement.objects.filter(person=office.counsellor).update(daily_leader=None)
    Employment.objects.filter(person=office.counsellor).update(formal_leader=None)
    RoleAssignment.objects.filter(role__in=LEADS_DIRECTLY).delete()
    check = checked(office.counsellor, signs="strong")
    assert check.leader_asked_at is None
    assert told(notice_kinds.LEADER_ASKED) == set()
    page = client_of(office.counsellor).get(check.get_absolute_url()).content.decode()
    assert "Ingen leder er registrert for deg" in page


def test_a_director_is_never_asked_about_a_check_they_may_not_see(office, checked):
    Placement.objects.filter(person=office.counsellor).update(daily_leader=None)
    Employment.objects.filter(person=office.counsellor).update(formal_leader=None)
    checked(office.counsellor, signs="strong")
    assert told(notice_kinds.LEADER_ASKED) == {office.office_leader.id}


def test_the_same_check_sent_twice_is_one_check(office, checked):
    draft = {"id": new_id()}
    first = checked(office.counsellor, draft=draft, signs="strong")
    assert checked(office.counsellor, draft=draft, signs="calm") == first
    assert Check.objects.get().risk is Level.HIGH


def test_the_reasons_can_always_be_read_again(office, checked):
    check = checked(office.counsellor, history="earlier", company="alone_unknown")
    assert sum(reason.points for reason in check.assessment.reasons) == check.points


def test_a_check_of_a_version_that_is_gone_is_shown_without_reasons(office, checked):
    check = checked(office.counsellor)
    check.rule_version = "1999-1"
    assert check.assessment is None


def test_the_employee_decides(office, checked):
    check = checked(office.counsellor)
    with acting_as(office.counsellor.id) as by:
        services.decide(by=by, check=check, decision=Decision.GO)
    check.refresh_from_db()
    assert check.decision == Decision.GO
    assert check.decided_at


def test_a_high_meeting_is_not_held_before_the_leader_has_answered(office, checked):
    check = checked(office.counsellor, signs="strong")
    with acting_as(office.counsellor.id) as by, pytest.raises(NotPossible):
        services.decide(by=by, check=check, decision=Decision.GO_WITH_MEASURES)


def test_the_leader_answers_and_the_employee_is_told_and_may_go(office, checked):
    check = checked(office.counsellor, signs="strong")
    with acting_as(office.leader.id) as by:
        services.answer_check(by=by, check=check, answer=LeaderAnswer.JOIN, words="Jeg kommer")
    assert told(notice_kinds.LEADER_ANSWERED) == {office.counsellor.id}
    check.refresh_from_db()
    with acting_as(office.counsellor.id) as by:
        services.decide(by=by, check=check, decision=Decision.GO_WITH_MEASURES)
    check.refresh_from_db()
    assert (check.leader_answer, check.leader_words) == (LeaderAnswer.JOIN, "Jeg kommer")
    assert check.is_to_be_held


def test_asking_the_leader_of_a_calm_meeting_tells_the_leader(office, checked):
    check = checked(office.counsellor)
    with acting_as(office.counsellor.id) as by:
        services.decide(by=by, check=check, decision=Decision.ASK_LEADER)
    assert told(notice_kinds.LEADER_ASKED) == {office.leader.id}
    assert not check.is_decided


def test_what_was_decided_before_the_answer_stands(office, checked):
    check = checked(office.counsellor, signs="strong")
    with acting_as(office.counsellor.id) as by:
        services.decide(by=by, check=check, decision=Decision.POSTPONE)
    with acting_as(office.leader.id) as by:
        services.answer_check(by=by, check=check, answer=LeaderAnswer.GO_WITH_MEASURES)
    check.refresh_from_db()
    assert check.decision == Decision.POSTPONE


def test_a_colleague_in_the_meeting_does_not_decide(office, checked):
    check = checked(office.counsellor, draft={"colleague_ids": [office.colleague.id]})
    with acting_as(office.colleague.id) as by, pytest.raises(NotAllowed):
        services.decide(by=by, check=check, decision=Decision.GO)


def test_a_leader_does_not_answer_their_own_check(office, checked):
    check = checked(office.office_leader, signs="strong")
    with acting_as(office.office_leader.id) as by, pytest.raises(NotAllowed):
        services.answer_check(by=by, check=check, answer=LeaderAnswer.GO_WITH_MEASURES)


def test_the_safety_representative_reads_and_does_not_answer(office, checked):
    check = checked(office.counsellor, signs="strong")
    with acting_as(office.safety_representative.id) as by, pytest.raises(NotAllowed):
        services.answer_check(by=by, check=check, answer=LeaderAnswer.GO_WITH_MEASURES)


@pytest.fixture
def untrained(monkeypatch):
    monkeypatch.setattr(
        services, "clearance", lambda person_id, form: Clearance(False, "Du mangler opplæring.")
    )


def test_somebody_untrained_is_told_why_and_the_leader_is_asked(office, checked, untrained):
    check = checked(office.counsellor)
    assert check.not_cleared_why == "Du mangler opplæring."
    assert told(notice_kinds.LEADER_ASKED) == {office.leader.id}
    with acting_as(office.counsellor.id) as by, pytest.raises(NotPossible):
        services.decide(by=by, check=check, decision=Decision.GO)


def test_the_leader_lets_somebody_untrained_go_with_a_reason(office, checked, untrained):
    check = checked(office.counsellor)
    with acting_as(office.leader.id) as by:
        services.let_untrained_go(by=by, check=check, reason="Kari blir med")
    check.refresh_from_db()
    assert (check.override_by_id, check.override_reason) == (office.leader.id, "Kari blir med")
    with acting_as(office.counsellor.id) as by:
        services.decide(by=by, check=check, decision=Decision.GO)


def test_nobody_is_let_through_who_is_trained(office, checked):
    check = checked(office.counsellor)
    with acting_as(office.leader.id) as by, pytest.raises(NotPossible):
        services.let_untrained_go(by=by, check=check, reason="Unødvendig")


def test_the_employee_tells_how_it_went_and_the_report_knows_the_meeting(office, checked):
    check = checked(office.counsellor, draft={"place": "Samtalerom 3"})
    with acting_as(office.counsellor.id) as by:
        services.tell_outcome(by=by, check=check, outcome=Outcome.SOMETHING_HAPPENED)
        known = what_is_known(check.id)
    assert (known.form, known.place) == ("planned", "Samtalerom 3")
    assert known.participant_ids == (office.counsellor.id,)


def test_nothing_is_known_about_a_check_one_may_not_see(office, checked):
    check = checked(office.counsellor)
    with acting_as(office.colleague.id):
        assert what_is_known(check.id) is None


def test_somebody_placed_nowhere_is_told_who_can_help(office, checked):
    with pytest.raises(NotAllowed) as refused:
        checked(office.auditor)
    assert "administrator" in refused.value.who_can_help
