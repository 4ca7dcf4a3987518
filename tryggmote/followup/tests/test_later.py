"""What shows later: the plan of whoever tells it is opened again, and nobody else's (§ 23A-5)."""

import pytest

from tryggmote.followup.models import Plan, Step
from tryggmote.followup.tests.helpers import does, plan_for
from tryggmote.followup.vocabulary import PlanActKind
from tryggmote.incidents.models import Incident
from tryggmote.incidents.tests.test_linking import told_later
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def closed_plan(office: Office) -> Plan:
    plan = plan_for(office.counsellor, office.leader, level=3)
    does(office.counsellor, plan, PlanActKind.CLOSED)
    return plan


def first_talks(plan: Plan) -> int:
    return Step.objects.filter(plan=plan, code="first_talk").count()


def test_whoever_tells_what_came_later_gets_their_plan_back_with_a_talk_first(office: Office) -> None:
    plan = closed_plan(office)
    talks = first_talks(plan)
    told_later(office.counsellor, Incident.objects.get(id=plan.incident_id))
    assert Plan.objects.get(id=plan.id).closed_at is None
    assert first_talks(plan) == talks + 1


def test_a_plan_that_is_open_goes_on_as_it_was(office: Office) -> None:
    plan = plan_for(office.counsellor, office.leader, level=3)
    talks = first_talks(plan)
    told_later(office.counsellor, Incident.objects.get(id=plan.incident_id))
    assert first_talks(plan) == talks


def test_the_later_report_comes_through_without_any_plan(office: Office) -> None:
    plan = closed_plan(office)
    Plan.objects.filter(id=plan.id).update(forgotten_at=plan.created_at)
    later = told_later(office.counsellor, Incident.objects.get(id=plan.incident_id))
    assert later.id
    assert Plan.objects.get(id=plan.id).closed_at is not None
