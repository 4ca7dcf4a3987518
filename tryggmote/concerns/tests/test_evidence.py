"""What AML §§ 6-2 and 6-3 answer: no demand unanswered past its time, every stop answered on its day."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.compliance.registry import rules
from tryggmote.concerns.models import Demand, Stop
from tryggmote.concerns.tests.helpers import (
    demand_answered_by,
    demand_is_late,
    demanded_by,
    said_by,
    stopped_by,
)
from tryggmote.concerns.vocabulary import Deed
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def found(office: Office, rule: str) -> tuple[str, str]:
    with acting_as(office.office_leader.id), connection.cursor() as cursor:
        cursor.execute(f"select state, reason, figures from {rule} where unit_id = %s", [office.unit.id])
        state, reason, figures = cursor.fetchone()
    assert rules()[rule].says(reason, json.loads(figures))
    act = rules()[rule].next_act(reason, json.loads(figures), office.unit.id)
    assert act is None or str(office.unit.id) in act.url
    return state, reason


def test_nothing_demanded_is_not_applicable(office: Office) -> None:
    assert found(office, "evidence_aml_6_2") == ("not_applicable", "none")


def test_a_demand_waits_is_late_and_is_answered(office: Office) -> None:
    demand = demanded_by(office.safety_representative, office.unit)
    assert found(office, "evidence_aml_6_2") == ("met", "waiting")
    demand_is_late(demand)
    assert found(office, "evidence_aml_6_2") == ("missing", "unanswered")
    demand_answered_by(office.office_leader, demand)
    assert found(office, "evidence_aml_6_2") == ("met", "answered")


def test_an_unanswered_demand_is_never_forgotten_and_an_answered_one_after_a_year(office: Office) -> None:
    demand = demanded_by(office.safety_representative, office.unit)
    long_ago = timezone.now() - timedelta(days=500)
    Demand.objects.update(at=long_ago, due_at=long_ago)
    assert found(office, "evidence_aml_6_2") == ("missing", "unanswered")
    demand_answered_by(office.office_leader, demand)
    assert found(office, "evidence_aml_6_2") == ("not_applicable", "none")


def test_a_stop_is_to_be_answered_on_its_day(office: Office) -> None:
    assert found(office, "evidence_aml_6_3") == ("not_applicable", "none")
    stop = stopped_by(office.safety_representative, office.unit)
    assert found(office, "evidence_aml_6_3") == ("partly", "open")
    said_by(office.office_leader, stop, Deed.DONE)
    assert found(office, "evidence_aml_6_3") == ("partly", "open")
    said_by(office.safety_representative, stop, Deed.AGREED)
    assert found(office, "evidence_aml_6_3") == ("met", "answered")


def test_a_stop_without_an_answer_the_day_after_is_missing_and_answered_then_late(office: Office) -> None:
    stop = stopped_by(office.safety_representative, office.unit)
    Stop.objects.update(at=timezone.now() - timedelta(days=2))
    assert found(office, "evidence_aml_6_3") == ("missing", "unanswered")
    said_by(office.office_leader, stop, Deed.MAY_BEGIN)
    assert found(office, "evidence_aml_6_3") == ("partly", "late")
