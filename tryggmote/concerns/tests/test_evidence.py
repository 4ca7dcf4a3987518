"""What AML §§ 6-2 and 6-3 answer: no demand unanswered past its time, every stop answered on its day."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.access.context import acting_as
from tryggmote.access.tests.worlds import in_random_worlds, noon, undone
from tryggmote.compliance.registry import rules
from tryggmote.concerns.models import Demand, Stop, StopAct
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


def test_an_answer_at_midnight_is_late_and_a_minute_before_is_not(office: Office) -> None:
    stop = stopped_by(office.safety_representative, office.unit)
    said_by(office.office_leader, stop, Deed.MAY_BEGIN)
    Stop.objects.update(at=noon(2))
    midnight = noon(2).replace(hour=0) + timedelta(days=1)
    StopAct.objects.update(at=midnight - timedelta(minutes=1))
    assert found(office, "evidence_aml_6_3") == ("met", "answered")
    StopAct.objects.update(at=midnight)
    assert found(office, "evidence_aml_6_3") == ("partly", "late")


DAYS_AGO = st.integers(0, 10) | st.sampled_from([360, 370])


@in_random_worlds
@given(st.lists(st.tuples(DAYS_AGO, st.integers(-1, 1), st.sampled_from([True, True, False])), max_size=3))
def test_6_2_says_what_its_sentence_says(office: Office, demands: list[tuple[int, int, bool]]) -> None:
    """No demand stands unanswered past its deadline; what was answered counts for a year."""
    counted = [each for each in demands if each[0] < 365 or not each[2]]
    late = any(due_in < 0 for _days, due_in, is_answered in counted if not is_answered)
    expected = "missing" if late else "met" if counted else "not_applicable"
    with undone():
        for days, due_in, is_answered in demands:
            demand = demanded_by(office.safety_representative, office.unit)
            Demand.objects.filter(id=demand.id).update(
                at=noon(days),
                due_at=timezone.now() + timedelta(days=due_in, hours=1),
                answered_at=timezone.now() if is_answered else None,
            )
        assert found(office, "evidence_aml_6_2")[0] == expected


ANSWERED = st.none() | st.tuples(st.sampled_from([0, 0, 0, 1]), st.sampled_from([True, True, False]))


@in_random_worlds
@given(st.lists(st.tuples(DAYS_AGO, ANSWERED), max_size=3))
def test_6_3_says_what_its_sentence_says(
    office: Office, stops: list[tuple[int, tuple[int, bool] | None]]
) -> None:
    """Every stop is answered on its day and none stands open: (days ago, (answered days later, it ended))."""
    reached = [
        (days, answer if answer and answer[0] <= days else None) for days, answer in stops
    ]  # nothing is answered tomorrow
    is_open = [(days, answer) for days, answer in reached if not answer or not answer[1]]
    counted = [each for each in reached if each[0] < 365 or each in is_open]
    if not counted:
        expected = "not_applicable"
    elif any(answer is None and days > 0 for days, answer in is_open):
        expected = "missing"
    else:
        in_time = all(answer is None or answer[0] == 0 for _days, answer in counted)
        expected = "met" if in_time and not is_open else "partly"
    with undone():
        for days, answer in reached:
            stop = stopped_by(office.safety_representative, office.unit)
            if answer:
                deed = Deed.MAY_BEGIN if answer[1] else Deed.DONE
                said_by(office.office_leader, stop, deed)
                StopAct.objects.filter(stop=stop).update(at=noon(days - answer[0]))
            Stop.objects.filter(id=stop.id).update(at=noon(days))
        assert found(office, "evidence_aml_6_3")[0] == expected
