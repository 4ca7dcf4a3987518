"""A step nobody takes is told of to the next leader, once (2.4, § 23A-5)."""

from datetime import datetime, timedelta

import pytest

from tryggmote.incidents.models import Step
from tryggmote.incidents.overdue_steps import raise_overdue
from tryggmote.incidents.tests.helpers import opened_by, reported_by
from tryggmote.incidents.tests.test_consequences import assessed_by, taken_by
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import RoleAssignment
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.organisation.workdays import OSLO, add_workdays

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=OSLO)


@pytest.fixture
def office() -> Office:
    return make_office()


def raised() -> dict[str, int]:
    notices = Notice.objects.filter(kind="incident_step_overdue").select_related(None)
    codes = dict(Step.objects.values_list("id", "code"))
    return {codes[notice.subject_id]: notice.person_id for notice in notices}


def test_the_next_leader_hears_a_working_day_after_the_deadline_and_only_once(office: Office) -> None:
    incident = reported_by(office.counsellor, at=MONDAY)
    opened_by(office.leader, incident, at=MONDAY)
    assessed_by(office.leader, incident, 2, at=MONDAY)
    due = Step.objects.get(incident=incident, code="talk").due_at
    raise_overdue(now=add_workdays(due, 1) - timedelta(minutes=1))
    assert "talk" not in raised()
    raise_overdue(now=add_workdays(due, 1))
    assert raised()["talk"] == office.office_leader.id
    assert raise_overdue(now=add_workdays(due, 1)) == 0
    Notice.objects.update(seen_at=MONDAY)
    assert raise_overdue(now=add_workdays(due, 2)) == 0, "also when the first notice has been seen"


def test_what_is_done_or_no_longer_asked_for_is_not_raised(office: Office) -> None:
    incident = reported_by(office.counsellor, at=MONDAY)
    assessed_by(office.leader, incident, 2, at=MONDAY)
    taken_by(office.leader, incident, "talk", at=MONDAY + timedelta(hours=1))
    assessed_by(office.leader, incident, 0, at=MONDAY + timedelta(hours=2))
    raise_overdue(now=MONDAY + timedelta(days=60))
    assert set(raised()) == {"classify"}


def test_over_a_weekend_a_friday_deadline_is_raised_on_monday(office: Office) -> None:
    incident = reported_by(office.counsellor, at=MONDAY)
    friday = MONDAY + timedelta(days=4)
    assessed_by(office.leader, incident, 3, at=friday)
    raise_overdue(now=friday + timedelta(days=2))
    assert "talk" not in raised()
    raise_overdue(now=datetime(2026, 11, 30, 23, 59, tzinfo=OSLO))
    assert raised()["talk"] == office.office_leader.id


def test_a_director_is_told_without_being_shown_the_incident(office: Office) -> None:
    incident = reported_by(office.leader, at=MONDAY)
    assessed_by(office.office_leader, incident, 2, at=MONDAY)
    raise_overdue(now=MONDAY + timedelta(days=30))
    notice = Notice.objects.filter(kind="incident_step_overdue", person=office.county_director).first()
    assert notice is not None
    assert notice.url == "/"


def test_a_late_step_with_nobody_above_is_told_of_when_somebody_is_there(office: Office) -> None:
    incident = reported_by(office.counsellor, at=MONDAY)
    opened_by(office.leader, incident, at=MONDAY)
    assessed_by(office.leader, incident, 2, at=MONDAY)
    RoleAssignment.objects.exclude(role=Role.SAFETY_REPRESENTATIVE).update(ends_on=datetime(2026, 11, 24))
    assert raise_overdue(now=MONDAY + timedelta(days=30)) == 0
    RoleAssignment.objects.update(ends_on=None)
    assert raise_overdue(now=MONDAY + timedelta(days=31)) > 0


def test_the_other_employers_late_step_reaches_its_director(office: Office) -> None:
    RoleAssignment.objects.filter(person=office.office_leader).update(employer=office.directorate)
    incident = reported_by(office.counsellor, at=MONDAY)
    assessed_by(office.leader, incident, 3, at=MONDAY)
    step = Step.objects.get(incident=incident, code="coordinate")
    raise_overdue(now=MONDAY + timedelta(days=30))
    notice = Notice.objects.get(kind="incident_step_overdue", subject_id=step.id)
    assert (notice.person_id, notice.url) == (office.municipal_director.id, "/")


def test_what_is_asked_for_again_begins_anew(office: Office) -> None:
    incident = reported_by(office.counsellor, at=MONDAY)
    opened_by(office.leader, incident, at=MONDAY)
    assessed_by(office.leader, incident, 3, at=MONDAY)
    raise_overdue(now=MONDAY + timedelta(days=7))
    assessed_by(office.leader, incident, 0, at=MONDAY + timedelta(days=8))
    again = MONDAY + timedelta(days=14)
    assessed_by(office.leader, incident, 4, at=again)
    talk = Step.objects.get(incident=incident, code="talk")
    assert talk.due_at.astimezone(OSLO).date() == again.date()
    assert talk.raised_at is None
