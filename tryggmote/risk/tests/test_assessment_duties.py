"""What assessments put on "Now" (2.1), and who is offered to take part."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.duties.registry import Duty
from tryggmote.duties.tests.helpers import owed_by
from tryggmote.organisation.models import Person, RoleAssignment
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import assign, make_office, make_person
from tryggmote.risk import consulting, rules
from tryggmote.risk.duties import KINDS
from tryggmote.risk.queries import people_to_invite
from tryggmote.risk.reopening import reopen_because, reopen_due
from tryggmote.risk.tests.stories import begin
from tryggmote.risk.vocabulary import Cause
from tryggmote.ui.dates import oslo_midnight, oslo_today

pytestmark = pytest.mark.django_db


def all_duties(person: Person) -> list[Duty]:
    return owed_by(person, *KINDS)


def duties(person: Person, kind: str) -> list[Duty]:
    return [duty for duty in all_duties(person) if duty.kind == kind]


def test_only_leaders_whose_employer_has_not_approved_are_asked_to() -> None:
    office = make_office()
    RoleAssignment.objects.filter(role=Role.OFFICE_LEADER, unit=office.unit).update(
        employer=office.directorate
    )
    second = make_person("Siv Statsleder")
    assign(second, Role.OFFICE_LEADER, office.unit, employer=office.directorate)
    other = make_person("Mona Kommuneleder")
    assign(other, Role.OFFICE_LEADER, office.unit, employer=office.municipality)
    work = begin(office)
    work.complete()
    assert not work.approve()

    assert len(duties(other, "risk_approval")) == 1
    assert not duties(work.leader, "risk_approval")
    assert not duties(second, "risk_approval")


def test_an_opinion_is_due_at_the_end_of_the_day_in_oslo() -> None:
    work = begin()
    answer_by = oslo_today() + timedelta(days=5)
    with acting_as(work.leader.id):
        consulting.consult(version=work.draft, answer_by=answer_by)
    (duty,) = duties(work.office.safety_representative, "risk_opinion")
    assert duty.due == oslo_midnight(answer_by + timedelta(days=1))


def test_what_was_opened_again_waits_on_now_with_why_until_it_is_approved_anew() -> None:
    work = begin()
    work.complete()
    assert not duties(work.leader, "risk_reopened")
    work.approve()
    reopen_because(assessment_id=work.assessment.id, cause=Cause.INCIDENT, cause_id=new_id())
    (duty,) = duties(work.leader, "risk_reopened")
    assert "Åpnet igjen: En alvorlig hendelse." in duty.why
    assert duty.due == oslo_midnight(rules.assess_again_by(timezone.now()) + timedelta(days=1))
    assert not duties(work.office.counsellor, "risk_reopened")
    work.hear(work.office.safety_representative)
    work.approve()
    assert not duties(work.leader, "risk_reopened")


def test_what_is_opened_for_its_date_is_asked_for_once() -> None:
    work = begin()
    work.complete()
    work.approve(months=1)
    reopen_due(today=oslo_today() + timedelta(days=1))
    assert [duty.kind for duty in all_duties(work.leader)] == ["risk_review"]


def test_one_whose_role_has_ended_is_not_offered() -> None:
    office = make_office()
    doctor = make_person("Bodil Bedriftslege")
    assign(doctor, Role.OCCUPATIONAL_HEALTH, office.unit)
    with acting_as(office.office_leader.id):
        assert doctor in people_to_invite(office.unit.id)
    RoleAssignment.objects.filter(person=doctor).update(ends_on=oslo_today() - timedelta(days=1))
    with acting_as(office.office_leader.id):
        assert doctor not in people_to_invite(office.unit.id)
