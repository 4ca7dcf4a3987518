"""What the evidence rule of § 10-6 answers for a unit, from what people have done."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.access.tests.worlds import (
    counts,
    days_ago_near,
    in_random_worlds,
    last_days_ago,
    noon,
    undone,
)
from tryggmote.assistance import services
from tryggmote.assistance.models import Call
from tryggmote.assistance.tests.test_acts import answered, called
from tryggmote.assistance.vocabulary import Answer, Outcome, Purpose
from tryggmote.compliance.registry import rules
from tryggmote.organisation.models import Unit
from tryggmote.organisation.tests.factories import Office, make_office, workforce_of
from tryggmote.residual.models import Filling
from tryggmote.residual.tests.helpers import chosen_by, in_use
from tryggmote.ui.dates import oslo_midnight, oslo_today

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


def runs_out_on(office: Office) -> date | None:
    with acting_as(office.office_leader.id), connection.cursor() as cursor:
        cursor.execute(
            "select runs_out_on from evidence_organisering_10_6 where unit_id = %s", [office.unit.id]
        )
        ((found,),) = cursor.fetchall()
    return found


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


def test_a_test_counts_the_whole_last_day_of_the_year_and_not_the_day_after(office: Office) -> None:
    with_means_everywhere(office)
    tried(office)
    last_day = oslo_midnight(oslo_today() - timedelta(days=last_days_ago(months=12)))
    Call.objects.update(ended_at=last_day)
    assert answer(office, "evidence_organisering_10_6") == ("met", "tested")
    assert runs_out_on(office) == oslo_today()
    Call.objects.update(ended_at=last_day - timedelta(minutes=1))
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


FORMS = ("reception", "planned", "home_visit", "telephone")
SOME = st.sets(st.sampled_from(FORMS))
TEST = st.tuples(
    days_ago_near(last_days_ago(months=12)),
    st.sampled_from([True, True, False]),
    st.sampled_from([Outcome.WORKED, Outcome.WORKED, Outcome.FAILED]),
)

TRIED = st.just((10, True, Outcome.WORKED))


@in_random_worlds
@given(used=SOME, helped=SOME | st.just(set(FORMS)), tests=st.lists(TEST | TRIED, max_size=2))
def test_the_rule_says_what_its_sentence_says(
    office: Office, used: set[str], helped: set[str], tests: list[tuple[int, bool, Outcome]]
) -> None:
    """A means of alerting in every meeting form used, tried within a year with somebody answering."""
    is_tried = any(
        somebody_came and outcome == Outcome.WORKED and counts(days, months=12)
        for days, somebody_came, outcome in tests
    )
    if not used:
        expected = "not_applicable"
    elif used <= helped and is_tried:
        expected = "met"
    else:
        expected = "partly" if used & helped or is_tried else "missing"
    with undone():
        Unit.objects.filter(id=office.unit.id).update(meeting_forms=sorted(used))
        alarms = in_use(office)
        Filling.objects.bulk_create(
            Filling(
                unit=office.unit,
                element="calling_help",
                form=form,
                measure=alarms,
                by=office.office_leader,
            )
            for form in sorted(helped)
        )
        for days, somebody_came, outcome in tests:
            Call.objects.create(
                id=new_id(),
                caller=office.counsellor,
                workforce=workforce_of(office.unit, office.directorate),
                unit=office.unit,
                purpose=Purpose.TEST,
                raised_at=noon(days),
                acknowledged_at=noon(days) if somebody_came else None,
                ended_at=noon(days),
                ended_by=office.counsellor,
                outcome=outcome,
            )
        assert answer(office, "evidence_organisering_10_6")[0] == expected
