"""What the evidence rules of 3.2, 3.3, 3.4 and § 10-6 answer for a unit, from what people have done."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.assistance import services
from tryggmote.assistance.models import Call
from tryggmote.assistance.tests.test_acts import answered, called
from tryggmote.assistance.vocabulary import Answer, Outcome, Purpose
from tryggmote.compliance.registry import rules
from tryggmote.controls.models import CardAddition
from tryggmote.controls.tests.helpers import established_by, planned_by
from tryggmote.controls.vocabulary import MeasureKind
from tryggmote.organisation.models import Unit, UnitKind
from tryggmote.organisation.tests.factories import Office, make_office, make_unit, workforce_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    """It uses the reception, planned meetings, home visits and the telephone."""
    return make_office()


def answer(office: Office, rule: str, unit: Unit | None = None) -> tuple[str, str]:
    with acting_as(office.office_leader.id), connection.cursor() as cursor:
        cursor.execute(
            f"select state, reason, figures from {rule} where unit_id = %s", [(unit or office.unit).id]
        )
        state, reason, figures = cursor.fetchone()
    assert rules()[rule].says(reason, json.loads(figures))  # every reason is said in words
    rules()[rule].next_act(reason, json.loads(figures), office.unit.id)
    return state, reason


def in_place(office: Office, kind: MeasureKind, *forms: str, unit: Unit | None = None) -> None:
    measure = planned_by(
        office.office_leader, unit or office.unit, office.office_leader, kind=kind, forms=forms
    )
    established_by(office.office_leader, measure)


def approved_here(office: Office, *cards: str) -> None:
    for card in cards:
        CardAddition.objects.create(
            unit=office.unit, card=card, number=1, exits="Dør til gangen", by=office.office_leader,
            approved_at=timezone.now(),
        )  # fmt: skip


def tried(office: Office, *, comes: bool = True, outcome: Outcome = Outcome.WORKED) -> Call:
    call = called(office.counsellor, purpose=Purpose.TEST, place="Samtalerom 3")
    if comes:
        answered(office.colleague, call, Answer.COMING)
    with acting_as(office.counsellor.id) as caller:
        services.end_call(by=caller, call=call, outcome=outcome)
    return call


def test_a_unit_with_nothing_in_place_misses_all_of_it(office: Office) -> None:
    for rule in ("evidence_3_2", "evidence_3_3", "evidence_3_4", "evidence_organisering_10_6"):
        assert answer(office, rule)[0] == "missing", rule


def test_premises_are_secured_by_all_four_elements_one_by_one(office: Office) -> None:
    in_place(office, MeasureKind.CALLING_HELP)
    assert answer(office, "evidence_3_2") == ("partly", "no_threat_card")
    approved_here(office, "threat")
    assert answer(office, "evidence_3_2") == ("partly", "no_violence_card")
    approved_here(office, "violence")
    assert answer(office, "evidence_3_2") == ("partly", "no_layout")
    in_place(office, MeasureKind.DESIGN, "reception", "planned")
    assert answer(office, "evidence_3_2") == ("partly", "no_protective")
    in_place(office, MeasureKind.EQUIPMENT)
    assert answer(office, "evidence_3_2") == ("met", "secured")


def test_a_measure_for_one_form_leaves_the_other_open(office: Office) -> None:
    in_place(office, MeasureKind.DESIGN)
    in_place(office, MeasureKind.CALLING_HELP, "planned")
    assert answer(office, "evidence_3_2") == ("partly", "no_help")


def test_what_is_planned_or_cancelled_secures_nothing(office: Office) -> None:
    planned_by(
        office.office_leader, office.unit, office.office_leader, kind=MeasureKind.CALLING_HELP, forms=()
    )
    assert answer(office, "evidence_3_4") == ("missing", "no_help")


def test_a_department_is_secured_by_what_the_office_has(office: Office) -> None:
    department = make_unit("Mottak", UnitKind.DEPARTMENT, parents=(office.unit,))
    in_place(office, MeasureKind.CALLING_HELP)
    assert answer(office, "evidence_3_4", department) == ("met", "secured")


def test_what_a_department_has_does_not_secure_the_office(office: Office) -> None:
    department = make_unit("Mottak", UnitKind.DEPARTMENT, parents=(office.unit,))
    workforce_of(department, office.directorate)  # whom the office's leader leads there
    in_place(office, MeasureKind.CALLING_HELP, unit=department)
    assert answer(office, "evidence_3_4") == ("missing", "no_help")


def test_outside_each_form_has_its_card(office: Office) -> None:
    in_place(office, MeasureKind.CALLING_HELP)
    in_place(office, MeasureKind.EQUIPMENT)
    assert answer(office, "evidence_3_3") == ("partly", "no_card")
    approved_here(office, "visit")
    assert answer(office, "evidence_3_3") == ("met", "secured")
    Unit.objects.filter(id=office.unit.id).update(meeting_forms=["home_visit", "driving"])
    assert answer(office, "evidence_3_3") == ("partly", "no_card")


@pytest.mark.parametrize(
    ("rule", "forms"),
    [("evidence_3_2", ["telephone"]), ("evidence_3_3", ["telephone"]), ("evidence_3_4", ["planned"]),
     ("evidence_organisering_10_6", [])],
)  # fmt: skip
def test_what_a_unit_does_not_do_is_not_asked_of_it(office: Office, rule: str, forms: list[str]) -> None:
    Unit.objects.filter(id=office.unit.id).update(meeting_forms=forms)
    assert answer(office, rule) == ("not_applicable", "not_used")


def test_a_means_of_alerting_counts_when_somebody_answered_a_test(office: Office) -> None:
    in_place(office, MeasureKind.CALLING_HELP)
    assert answer(office, "evidence_organisering_10_6") == ("partly", "not_tested")
    tried(office, comes=False)
    assert answer(office, "evidence_organisering_10_6") == ("partly", "not_tested")
    tried(office, outcome=Outcome.FAILED)
    assert answer(office, "evidence_organisering_10_6") == ("partly", "not_tested")
    tried(office)
    assert answer(office, "evidence_organisering_10_6") == ("met", "tested")


def test_a_test_is_good_for_a_year(office: Office) -> None:
    in_place(office, MeasureKind.CALLING_HELP)
    tried(office)
    Call.objects.update(ended_at=F("ended_at") - timedelta(days=367))
    assert answer(office, "evidence_organisering_10_6") == ("partly", "not_tested")


def test_a_drill_that_somebody_answered_is_a_test_too(office: Office) -> None:
    in_place(office, MeasureKind.CALLING_HELP)
    call = called(office.counsellor, purpose=Purpose.DRILL)
    answered(office.colleague, call, Answer.COMING)
    with acting_as(office.counsellor.id) as caller:
        services.end_call(by=caller, call=call, outcome=Outcome.DONE)
    assert answer(office, "evidence_organisering_10_6") == ("met", "tested")


def test_rules_know_every_reason_their_views_give() -> None:
    figures: dict[str, Any] = {"forms": 2, "help": 1, "cards": 1, "protective": 1}
    for name in ("evidence_3_3", "evidence_3_4", "evidence_organisering_10_6"):
        assert "1" in rules()[name].says("no_help", figures)
