"""Each writes their own part of a check and a report, also past the pages (requirement 2.2)."""

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotPossible
from tryggmote.access.ids import new_id
from tryggmote.encounters import reporting, services
from tryggmote.encounters.models import Check, RiskReport
from tryggmote.encounters.reporting import RiskWords
from tryggmote.encounters.vocabulary import Decision, LeaderAnswer, Outcome


@pytest.fixture
def high(office, checked):
    return checked(office.counsellor, signs="strong")


def answer(leader, check, what):
    with acting_as(leader.id) as by:
        services.answer_check(by=by, check=check, answer=what)


def decide(employee, check, what):
    with acting_as(employee.id) as by:
        services.decide(by=by, check=check, decision=what)


def refused(rows, **values):
    with pytest.raises(ProgrammingError), transaction.atomic():
        rows.update(**values)


def test_an_employee_cannot_write_the_leaders_answer(office, high):
    with acting_as(office.counsellor.id):
        mine = Check.objects.filter(id=high.id)
        refused(mine, leader_answer=LeaderAnswer.JOIN, answered_by_id=office.leader.id)
        refused(mine, override_by_id=office.leader.id, override_at=timezone.now())


def test_a_leader_cannot_decide_for_the_employee_or_answer_in_anothers_name(office, high):
    answer(office.leader, high, LeaderAnswer.JOIN)
    with acting_as(office.leader.id):
        theirs = Check.objects.filter(id=high.id)
        refused(theirs, decision=Decision.GO_WITH_MEASURES)
        refused(theirs, outcome=Outcome.ALL_WELL)
        refused(theirs, override_by_id=office.leader.id, answered_by_id=office.office_leader.id)


def test_a_decision_falls_when_the_leader_changes_the_answer_against_it(office, high):
    answer(office.leader, high, LeaderAnswer.JOIN)
    decide(office.counsellor, high, Decision.GO_WITH_MEASURES)
    answer(office.leader, high, LeaderAnswer.POSTPONE)
    assert not Check.objects.get(id=high.id).is_decided


def test_a_safer_decision_stands_whatever_the_leader_answers(office, high):
    decide(office.counsellor, high, Decision.POSTPONE)
    answer(office.leader, high, LeaderAnswer.GO_WITH_MEASURES)
    assert Check.objects.get(id=high.id).decision == Decision.POSTPONE


def test_a_decision_knows_the_answer_that_came_while_the_page_was_open(office, high):
    answer(office.leader, high, LeaderAnswer.JOIN)
    as_the_page_has_it = Check.objects.get(id=high.id)
    answer(office.leader, high, LeaderAnswer.POSTPONE)
    with pytest.raises(NotPossible):
        decide(office.counsellor, as_the_page_has_it, Decision.GO_WITH_MEASURES)


def test_a_meeting_that_is_over_gets_no_answer(office, high):
    with acting_as(office.counsellor.id) as by:
        services.tell_outcome(by=by, check=high, outcome=Outcome.ALL_WELL)
    with pytest.raises(NotPossible):
        answer(office.leader, high, LeaderAnswer.JOIN)


@pytest.fixture
def report(office):
    with acting_as(office.counsellor.id) as by:
        words = RiskWords(what="Døra går ikke i lås.")
        return reporting.report_risk(by=by, report_id=new_id(), words=words)


def test_a_reporter_cannot_write_an_answer(office, report):
    with acting_as(office.counsellor.id):
        mine = RiskReport.objects.filter(id=report.id)
        refused(mine, answer="I orden.")
        refused(mine, answer="I orden.", answered_by_id=office.leader.id, answered_at=timezone.now())


def test_a_leader_cannot_change_what_was_reported(office, report):
    with acting_as(office.leader.id) as by:
        refused(RiskReport.objects.filter(id=report.id), what="Alt er i orden.", answered_by_id=by.id)


def test_a_report_is_answered_once_also_when_two_leaders_have_it_open(office, report):
    with acting_as(office.leader.id) as by:
        reporting.answer_risk(by=by, report=report, answer="Låsen skiftes i dag.")
    with acting_as(office.office_leader.id) as by, pytest.raises(NotPossible):
        reporting.answer_risk(by=by, report=report, answer="Vi ser på det.")
    with acting_as(office.counsellor.id) as by, pytest.raises(NotPossible):
        reporting.describe(by=by, report=report, words=RiskWords(what="Noe annet."))
    assert RiskReport.objects.get(id=report.id).answer == "Låsen skiftes i dag."
