"""What the evidence rule of § 10-6 answers for a unit, from what people have done."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F

from tryggmote.access.context import acting_as
from tryggmote.assistance import services
from tryggmote.assistance.models import Call
from tryggmote.assistance.tests.test_acts import answered, called
from tryggmote.assistance.vocabulary import Answer, Outcome, Purpose
from tryggmote.compliance.registry import rules
from tryggmote.organisation.models import Unit
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.residual.tests.helpers import chosen_by, in_use

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    """It uses the reception, planned meetings, home visits and the telephone."""
    return make_office()


def answer(office: Office, rule: str) -> tuple[str, str]:
    with acting_as(office.office_leader.id), connection.cursor() as cursor:
        cursor.execute(f"select state, reason, figures from {rule} where unit_id = %s", [office.unit.id])
        state, reason, figures = cursor.fetchone()
    assert rules()[rule].says(reason, json.loads(figures))  # every reason is said in words
    rules()[rule].next_act(reason, json.loads(figures), office.unit.id)
    return state, reason


def with_means_everywhere(office: Office) -> None:
    """A way to call for help is chosen in every meeting form of the office."""
    alarms = in_use(office)
    for form in office.unit.meeting_forms:
        chosen_by(office.office_leader, office.unit, "calling_help", form, alarms)


def tried(office: Office, *, comes: bool = True, outcome: Outcome = Outcome.WORKED) -> Call:
    call = called(office.counsellor, purpose=Purpose.TEST, place="Samtalerom 3")
    if comes:
        answered(office.colleague, call, Answer.COMING)
    with acting_as(office.counsellor.id) as caller:
        services.end_call(by=caller, call=call, outcome=outcome)
    return call


def test_a_unit_with_nothing_in_place_has_no_means_of_alerting(office: Office) -> None:
    assert answer(office, "evidence_organisering_10_6")[0] == "missing"


def test_a_unit_without_meetings_is_not_asked_for_means_of_alerting(office: Office) -> None:
    Unit.objects.filter(id=office.unit.id).update(meeting_forms=[])
    assert answer(office, "evidence_organisering_10_6") == ("not_applicable", "not_used")


def test_a_means_of_alerting_counts_when_somebody_answered_a_test(office: Office) -> None:
    with_means_everywhere(office)
    assert answer(office, "evidence_organisering_10_6") == ("partly", "not_tested")
    tried(office, comes=False)
    assert answer(office, "evidence_organisering_10_6") == ("partly", "not_tested")
    tried(office, outcome=Outcome.FAILED)
    assert answer(office, "evidence_organisering_10_6") == ("partly", "not_tested")
    tried(office)
    assert answer(office, "evidence_organisering_10_6") == ("met", "tested")


def test_a_test_is_good_for_a_year(office: Office) -> None:
    with_means_everywhere(office)
    tried(office)
    Call.objects.update(ended_at=F("ended_at") - timedelta(days=367))
    assert answer(office, "evidence_organisering_10_6") == ("partly", "not_tested")


def test_a_drill_that_somebody_answered_is_a_test_too(office: Office) -> None:
    with_means_everywhere(office)
    call = called(office.counsellor, purpose=Purpose.DRILL)
    answered(office.colleague, call, Answer.COMING)
    with acting_as(office.counsellor.id) as caller:
        services.end_call(by=caller, call=call, outcome=Outcome.DONE)
    assert answer(office, "evidence_organisering_10_6") == ("met", "tested")


def test_the_rule_knows_the_reason_its_view_gives() -> None:
    assert "1 av 2" in rules()["evidence_organisering_10_6"].says("no_help", {"forms": 2, "help": 1})
