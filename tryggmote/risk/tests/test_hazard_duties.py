"""What hazards put on "Now": the nearest leader judges them, and those they were passed on to (1.1, 2.1)."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.duties.owing import in_words
from tryggmote.duties.queries import owed_by_me
from tryggmote.duties.registry import Duty, Urgency
from tryggmote.duties.tests.helpers import owed_by
from tryggmote.organisation.models import Person, UnitKind
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, assign, make_office, make_person, make_unit
from tryggmote.risk.hazard_duties import KINDS, TITLE_CHARACTERS
from tryggmote.risk.hazard_escalation import escalate_undecided
from tryggmote.risk.rules import hazard_due
from tryggmote.risk.tests.hazards import decided_by, raised_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def duties(person: Person) -> list[Duty]:
    return owed_by(person, *KINDS)


def test_the_leader_judges_it_before_the_deadline_and_is_done(office: Office) -> None:
    hazard = raised_by(office.counsellor, office.unit)
    (duty,) = duties(office.office_leader)
    assert duty.title == "Vurder faren «Døra mellom mottaket og kontorene blir stående åpen.»"
    assert office.unit.name in duty.why
    assert (duty.due, duty.url, duty.requirement) == (hazard.due_at, hazard.get_absolute_url(), "2.1")
    assert duty.urgency == Urgency.SOON
    decided_by(office.office_leader, hazard)
    assert duties(office.office_leader) == []


@pytest.mark.parametrize("role", ["counsellor", "leader", "safety_representative", "county_director"])
def test_those_who_do_not_decide_owe_nothing(office: Office, role: str) -> None:
    raised_by(office.counsellor, office.unit)
    assert duties(getattr(office, role)) == []


def test_the_deadline_comes_nearer_and_passes(office: Office) -> None:
    now = timezone.now()
    raised_by(office.counsellor, office.unit, at=now - timedelta(days=30))
    (duty,) = duties(office.office_leader)
    assert duty.urgency == Urgency.TODAY
    assert "venter på svar" in duty.why


def test_the_leader_of_the_department_judges_and_not_the_office_leader(office: Office) -> None:
    department = make_unit("Avdeling", UnitKind.DEPARTMENT, parents=(office.unit,))
    department.workforces.create(employer=office.directorate)
    leader = make_person("Dag Avdelingsleder")
    assign(leader, Role.LEADER, department)
    raised_by(office.office_leader, department)
    assert len(duties(leader)) == 1
    assert duties(office.office_leader) == []


def test_those_it_was_passed_on_to_judge_it_too_with_a_deadline_of_their_own(office: Office) -> None:
    hazard = raised_by(office.counsellor, office.unit, at=timezone.now() - timedelta(days=30))
    passed_on_at: datetime = timezone.now()
    escalate_undecided(now=passed_on_at)
    for director in (office.county_director, office.municipal_director):
        (duty,) = duties(director)
        assert duty.due == hazard_due(passed_on_at)
        assert "nå er den hos deg" in duty.why
    assert len(duties(office.office_leader)) == 1
    decided_by(office.county_director, hazard)
    assert duties(office.municipal_director) == []


def test_many_cost_one_query_and_have_short_titles(office: Office) -> None:
    for _number in range(3):
        raised_by(office.counsellor, office.unit, what="Alarmen virker ikke. " * 20)
    with acting_as(office.office_leader.id), CaptureQueriesContext(connection) as queries:
        found = [in_words(owed) for owed in owed_by_me() if owed.kind == "hazard_undecided"]
    assert len(found) == 3
    assert len(queries) == 1
    assert len(found[0].title) < TITLE_CHARACTERS + 20
