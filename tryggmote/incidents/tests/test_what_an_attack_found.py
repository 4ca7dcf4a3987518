"""What somebody who attacked the rules of steps and figures found, and that it is closed (2.4)."""

from datetime import datetime, timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotPossible
from tryggmote.incidents.figures import figures_of, rates_of
from tryggmote.incidents.linking import link_same_event
from tryggmote.incidents.models import Incident, Step
from tryggmote.incidents.overdue_steps import raise_overdue
from tryggmote.incidents.tests.helpers import opened_by, reported_by
from tryggmote.incidents.tests.test_consequences import assessed_by
from tryggmote.incidents.vocabulary import Outcome
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import RoleAssignment, SafetyArea
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import (
    Office,
    assign,
    employ,
    make_office,
    make_person,
    workforce_of,
)
from tryggmote.organisation.workdays import OSLO

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=OSLO)


@pytest.fixture
def office() -> Office:
    return make_office()


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


def test_a_lower_level_does_not_take_back_what_the_law_asks_for(office: Office) -> None:
    incident = reported_by(office.counsellor)
    assessed_by(office.leader, incident, 4)
    assessed_by(office.leader, incident, 1)
    owed = set(Step.objects.filter(incident=incident, done_at=None).values_list("code", flat=True))
    assert {"notice_5_2", "injury_report"} <= owed
    assert Step.objects.get(incident=incident, code="police").outcome == Outcome.NOT_NEEDED


def test_a_report_is_not_linked_to_itself(office: Office) -> None:
    incident = reported_by(office.counsellor)
    with acting_as(office.leader.id) as by:
        mine = Incident.objects.get(id=incident.id)
        with pytest.raises(NotPossible):
            link_same_event(by=by, incident=mine, other=mine)


def test_a_step_is_asked_of_nobody_outside_the_office(office: Office) -> None:
    other = make_office("Nav Storevik")
    incident = reported_by(office.counsellor)
    elsewhere = workforce_of(other.unit, other.directorate)
    with (
        acting_as(office.leader.id),
        pytest.raises(ProgrammingError, match="row-level"),
        transaction.atomic(),
    ):
        Step.objects.create(
            incident=incident, code="coordinate", level=3, workforce=elsewhere, due_at=timezone.now()
        )


def test_the_representative_of_the_other_employer_sees_no_figure_of_few(office: Office) -> None:
    state = SafetyArea.objects.create(code="VX", name="Stat", unit=office.unit, employer=office.directorate)
    representative = make_person("Stine Statlig")
    employ(representative, unit=office.unit, employer=office.directorate, safety_area=state)
    assign(representative, Role.SAFETY_REPRESENTATIVE, office.unit, safety_area=state)
    for _number in range(5):
        reported_by(office.colleague)
    with acting_as(representative.id):
        assert figures_of(office.unit.id, days=365).total is None


def test_a_rate_made_of_few_is_hidden_and_no_hidden_number_can_be_worked_out(office: Office) -> None:
    serious = reported_by(office.counsellor, at=timezone.now() - timedelta(days=30))
    assessed_by(office.leader, serious, 3)
    for number in range(5):
        person = make_person(f"Ansatt {number}")
        employ(person, unit=office.unit, employer=office.directorate, daily_leader=office.leader)
        assessed_by(office.leader, reported_by(person), 1)
    with acting_as(office.county_director.id):
        assert all(rate.is_hidden or rate.due == 0 for rate in rates_of(office.unit.id))
        (levels,) = [
            g for g in figures_of(office.unit.id, days=30).groups if g.title == "Hvor alvorlig det var"
        ]
    assert [count.number for count in levels.counts] == [None, None]
