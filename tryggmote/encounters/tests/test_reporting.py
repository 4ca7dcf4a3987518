"""Stopping a meeting and reporting a risk: both reach leader and safety representative (2.2, AML § 2-3)."""

import pytest

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.encounters import notice_kinds, reporting
from tryggmote.encounters.models import RiskReport
from tryggmote.encounters.reporting import RiskWords
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Employment, Placement

DARK = RiskWords(what="Gangen er mørk")


def stop(person, **more):
    with acting_as(person.id) as by:
        report = reporting.stop_meeting(by=by, report_id=more.pop("report_id", new_id()), **more)
    return RiskReport.objects.get(id=report.id)


def told(kind):
    return set(Notice.objects.filter(kind=kind).values_list("person_id", flat=True))


def test_a_stop_tells_leader_and_safety_representative_at_once(office):
    stop(office.counsellor)
    assert told(notice_kinds.WORK_STOPPED) == {office.leader.id, office.safety_representative.id}


def test_a_risk_of_a_municipal_employee_reaches_both_leaders_and_the_representative(office):
    with acting_as(office.colleague.id) as by:
        reporting.report_risk(by=by, report_id=new_id(), words=DARK)
    assert told(notice_kinds.RISK_REPORTED) == {
        office.leader.id,
        office.formal_leader.id,
        office.safety_representative.id,
    }


def test_the_same_stop_sent_twice_is_one_stop_and_tells_once(office):
    same = new_id()
    stop(office.counsellor, report_id=same)
    stop(office.counsellor, report_id=same)
    assert RiskReport.objects.count() == 1
    assert Notice.objects.count() == 2


def test_a_stop_knows_the_meeting_it_came_from(office, checked):
    check = checked(office.counsellor, draft={"place": "Samtalerom 3"})
    report = stop(office.counsellor, check_id=check.id)
    assert (report.form, report.place, report.check_id) == ("planned", "Samtalerom 3", check.id)


def test_a_stop_takes_nothing_from_a_check_one_may_not_see(office, checked):
    check = checked(office.colleague)
    assert stop(office.counsellor, check_id=check.id).check_id is None


def test_when_a_safety_representative_stops_the_chief_one_is_told_instead(office):
    stop(office.safety_representative)
    assert told(notice_kinds.WORK_STOPPED) == {office.leader.id, office.chief_safety_representative.id}


def test_the_reporter_adds_words_until_it_is_answered(office):
    report = stop(office.counsellor)
    with acting_as(office.counsellor.id) as by:
        reporting.describe(by=by, report=report, words=DARK)
    with acting_as(office.leader.id) as by:
        reporting.answer_risk(by=by, report=report, answer="Lyset er fikset")
    assert RiskReport.objects.get().what == DARK.what
    with acting_as(office.counsellor.id) as by, pytest.raises(NotPossible):
        reporting.describe(by=by, report=report, words=RiskWords(what="Noe annet"))


def test_the_leader_answers_and_the_reporter_is_told(office):
    report = stop(office.counsellor)
    with acting_as(office.office_leader.id) as by:
        reporting.answer_risk(by=by, report=report, answer="Vi bytter rom")
    assert told(notice_kinds.RISK_ANSWERED) == {office.counsellor.id}
    report.refresh_from_db()
    assert (report.answer, report.answered_by) == ("Vi bytter rom", office.office_leader)


def test_it_is_answered_once(office):
    report = stop(office.counsellor)
    with acting_as(office.leader.id) as by:
        reporting.answer_risk(by=by, report=report, answer="Vi bytter rom")
        with pytest.raises(NotPossible):
            reporting.answer_risk(by=by, report=report, answer="En gang til")


def test_the_safety_representative_reads_and_does_not_answer(office):
    report = stop(office.counsellor)
    with acting_as(office.safety_representative.id) as by, pytest.raises(NotAllowed):
        reporting.answer_risk(by=by, report=report, answer="Ikke min oppgave")


def test_where_the_nearest_leader_is_missing_the_next_one_is_told(office):
    Placement.objects.filter(person=office.counsellor).update(daily_leader=None)
    Employment.objects.filter(person=office.counsellor).update(formal_leader=None)
    stop(office.counsellor)
    assert told(notice_kinds.WORK_STOPPED) == {office.office_leader.id, office.safety_representative.id}
