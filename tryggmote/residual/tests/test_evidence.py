"""What the evidence rules of 3.0, 3.2, 3.3 and 3.4 answer for a unit, from what people have done."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.compliance.registry import rules
from tryggmote.controls import services as measures
from tryggmote.controls.models import Measure, Procedure
from tryggmote.controls.tests import helpers as controls
from tryggmote.organisation.models import Placement, Unit, UnitKind
from tryggmote.organisation.tests.factories import (
    Office,
    employ,
    make_office,
    make_person,
    make_unit,
    workforce_of,
)
from tryggmote.residual import elements
from tryggmote.residual.cells import State
from tryggmote.residual.models import Filling, Record
from tryggmote.residual.tests.helpers import (
    HOME_PROTECTIVE,
    approved_by,
    card_here,
    chosen_by,
    confirmed_by,
    declared_by,
    evidence,
    in_force,
    in_use,
    rewritten_by,
    runs_out,
    spoken_by,
    state_of,
    taken_away_by,
    withdrawn_by,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    """It uses the reception, planned meetings, home visits and the telephone."""
    return make_office()


def cancelled_by_leader(office: Office, measure: Measure) -> None:
    with acting_as(office.office_leader.id) as by:
        now = Measure.objects.get(id=measure.id)
        measures.cancel(by=by, measure=now, act_id=new_id(), reason="Virket ikke.")


def fill_all(office: Office, *forms: str, but: tuple[str, str] = ("", "")) -> None:
    """A measure for every element in these meeting forms."""
    measure = in_use(office)
    for _required, element, form in elements.cells():
        if form in forms and (element.code, form) != but:
            chosen_by(office.office_leader, office.unit, element.code, form, measure)


def test_a_unit_that_has_chosen_nothing_misses_all_of_it(office: Office) -> None:
    for rule in ("evidence_3_2", "evidence_3_3", "evidence_3_4"):
        assert evidence(office, rule) == ("missing", "empty"), rule


def test_a_measure_counts_where_a_leader_has_chosen_it_and_nowhere_else(office: Office) -> None:
    alarms = in_use(office)
    assert state_of(office.counsellor, office.unit, "calling_help", "telephone") == State.EMPTY
    chosen_by(office.office_leader, office.unit, "calling_help", "telephone", alarms)
    assert state_of(office.counsellor, office.unit, "calling_help", "telephone") == State.FILLED
    assert evidence(office, "evidence_3_4") == ("met", "secured")
    assert evidence(office, "evidence_3_3") == ("missing", "empty")


def test_every_element_of_every_form_must_be_seen_to(office: Office) -> None:
    fill_all(office, "reception", "planned", but=("alert_violence", "planned"))
    assert evidence(office, "evidence_3_2") == ("partly", "empty")
    card_here(office, "violence")
    chosen_by(office.office_leader, office.unit, "alert_violence", "planned", "violence")
    assert evidence(office, "evidence_3_2") == ("met", "secured")


def test_an_element_is_empty_again_when_what_saw_to_it_is_cancelled(office: Office) -> None:
    alarms = in_use(office)
    chosen_by(office.office_leader, office.unit, "calling_help", "telephone", alarms)
    cancelled_by_leader(office, alarms)
    assert state_of(office.counsellor, office.unit, "calling_help", "telephone") == State.EMPTY
    assert evidence(office, "evidence_3_4") == ("missing", "empty")


def test_a_procedure_counts_until_its_review_and_never_after_it_has_ended(office: Office) -> None:
    routine = controls.in_force(office.office_leader, office.unit)
    chosen_by(office.office_leader, office.unit, "evacuation", "home_visit", routine)
    assert state_of(office.counsellor, office.unit, "evacuation", "home_visit") == State.FILLED
    today = timezone.localdate()
    Procedure.objects.filter(id=routine.id).update(review_on=today)
    assert state_of(office.counsellor, office.unit, "evacuation", "home_visit") == State.FILLED
    Procedure.objects.filter(id=routine.id).update(review_on=today - timedelta(days=1))
    assert state_of(office.counsellor, office.unit, "evacuation", "home_visit") == State.EMPTY
    Procedure.objects.filter(id=routine.id).update(review_on=today, ended_at=timezone.now())
    assert state_of(office.counsellor, office.unit, "evacuation", "home_visit") == State.EMPTY


def test_what_was_narrowed_to_other_forms_counts_no_longer(office: Office) -> None:
    alarms = in_use(office)
    chosen_by(office.office_leader, office.unit, "calling_help", "telephone", alarms)
    Measure.objects.filter(id=alarms.id).update(forms=["reception"])
    assert state_of(office.counsellor, office.unit, "calling_help", "telephone") == State.EMPTY


def test_what_a_leader_takes_away_counts_no_longer(office: Office) -> None:
    chosen_by(office.office_leader, office.unit, "calling_help", "telephone", in_use(office))
    taken_away_by(office.office_leader, Filling.objects.get())
    assert state_of(office.counsellor, office.unit, "calling_help", "telephone") == State.EMPTY


def test_a_department_is_seen_to_by_what_the_office_chose_and_not_the_other_way(office: Office) -> None:
    department = make_unit("Mottak", UnitKind.DEPARTMENT, parents=(office.unit,))
    workforce_of(department, office.directorate)  # whom the office's leader leads there
    chosen_by(office.office_leader, department, "calling_help", "telephone", in_use(office, unit=department))
    assert evidence(office, "evidence_3_4") == ("missing", "empty")
    assert evidence(office, "evidence_3_4", department) == ("met", "secured")
    chosen_by(office.office_leader, office.unit, "layout", "planned", in_use(office))
    assert state_of(office.office_leader, department, "layout", "planned") == State.FILLED


@pytest.mark.parametrize(
    ("rule", "forms"),
    [("evidence_3_2", ["telephone"]), ("evidence_3_3", ["telephone"]), ("evidence_3_4", ["planned"])],
)
def test_what_a_unit_does_not_do_is_not_asked_of_it(office: Office, rule: str, forms: list[str]) -> None:
    Unit.objects.filter(id=office.unit.id).update(meeting_forms=forms)
    assert evidence(office, rule) == ("not_applicable", "not_used")


# Residual risk


def test_an_element_that_cannot_be_done_is_described_and_approved_before_it_counts(office: Office) -> None:
    fill_all(office, "home_visit", but=("protective", "home_visit"))
    record = declared_by(office.office_leader, office.unit)
    assert evidence(office, "evidence_3_3") == ("partly", "empty")
    assert evidence(office, "evidence_3_0") == ("missing", "not_approved")
    spoken_by(office.safety_representative, record)
    approved_by(office.office_leader, record)
    assert state_of(office.counsellor, office.unit, "protective", "home_visit") == State.RESIDUAL
    assert evidence(office, "evidence_3_3") == ("met", "secured_with_residual")


def test_residual_risk_is_known_when_everybody_it_concerns_has_confirmed(office: Office) -> None:
    assert evidence(office, "evidence_3_0") == ("not_applicable", "none")
    record = in_force(office)
    assert evidence(office, "evidence_3_0") == ("partly", "not_known")
    everybody = [office.counsellor, office.colleague, office.leader, office.formal_leader]
    for person in everybody:
        confirmed_by(person, record)
        assert evidence(office, "evidence_3_0") == ("partly", "not_known")
    confirmed_by(
        office.safety_representative, record
    )  # who meets clients too; the leader knew when approving
    assert evidence(office, "evidence_3_0") == ("met", "known")


def confirmed_by_all(office: Office, record: Record) -> None:
    for person in (
        office.counsellor,
        office.colleague,
        office.leader,
        office.formal_leader,
        office.safety_representative,
    ):
        confirmed_by(person, record)


def test_a_newcomer_must_know_too(office: Office) -> None:
    record = in_force(office)
    confirmed_by_all(office, record)
    newcomer = make_person("Nina Ny")
    employ(newcomer, unit=office.unit, employer=office.directorate, daily_leader=office.leader)
    assert evidence(office, "evidence_3_0") == ("partly", "not_known")
    confirmed_by(newcomer, record)
    assert evidence(office, "evidence_3_0") == ("met", "known")


def test_those_who_do_not_meet_clients_in_the_form_are_not_asked(office: Office) -> None:
    record = in_force(office)
    confirmed_by_all(office, record)
    placed = Placement.objects.filter(workforce__unit=office.unit).exclude(person=office.counsellor)
    placed.filter(person=office.colleague).update(meets_clients=False)
    team = make_unit("Team telefon", UnitKind.TEAM, parents=(office.unit,))
    Unit.objects.filter(id=team.id).update(meeting_forms=["telephone"])
    caller = make_person("Tom Telefon")
    employ(caller, unit=team, employer=office.directorate, daily_leader=office.leader)
    assert evidence(office, "evidence_3_0") == ("met", "known")


def test_residual_risk_past_its_day_leaves_the_element_empty(office: Office) -> None:
    record = in_force(office)
    confirmed_by_all(office, record)
    runs_out(record, 0)
    assert evidence(office, "evidence_3_0") == ("met", "known")
    runs_out(record, -1)
    assert evidence(office, "evidence_3_0") == ("partly", "expired")
    assert state_of(office.counsellor, office.unit, "protective", "home_visit") == State.EMPTY


def test_a_review_asks_everybody_anew(office: Office) -> None:
    record = in_force(office)
    confirmed_by_all(office, record)
    rewritten_by(office.office_leader, record)
    assert evidence(office, "evidence_3_0") == ("met", "known")
    spoken_by(office.safety_representative, record)
    approved_by(office.office_leader, record)
    assert evidence(office, "evidence_3_0") == ("partly", "not_known")


def test_a_measure_that_was_to_make_up_for_it_and_is_gone_is_seen(office: Office) -> None:
    pairs = in_use(office, title="Alltid to", kind="staffing")
    record = in_force(office, measure_ids=(pairs.id,))
    confirmed_by_all(office, record)
    assert evidence(office, "evidence_3_0") == ("met", "known")
    cancelled_by_leader(office, pairs)
    assert evidence(office, "evidence_3_0") == ("partly", "measure_gone")


def test_what_is_withdrawn_leaves_nothing(office: Office) -> None:
    record = in_force(office)
    withdrawn_by(office.office_leader, record)
    assert evidence(office, "evidence_3_0") == ("not_applicable", "none")
    assert state_of(office.counsellor, office.unit, "protective", "home_visit") == State.EMPTY


def test_another_draft_beside_what_is_known_is_not_forgotten(office: Office) -> None:
    record = in_force(office)
    confirmed_by_all(office, record)
    declared_by(office.office_leader, office.unit, type(HOME_PROTECTIVE)(title="To utganger i arkivet"))
    assert evidence(office, "evidence_3_0") == ("partly", "some_not_approved")


def test_rules_know_every_reason_their_views_give() -> None:
    missing = [{"element": "calling_help", "form": "telephone"}]
    figures = {"cells": 3, "done": 2, "residual": 1, "missing": missing}
    for name in ("evidence_3_2", "evidence_3_3", "evidence_3_4"):
        for reason in ("not_used", "secured", "secured_with_residual"):
            assert rules()[name].says(reason, figures)
            assert rules()[name].next_act(reason, figures, 1) is None
        assert "Telefon" in rules()[name].says("empty", figures)
        assert rules()[name].next_act("empty", figures, 7).url == "/pakrevd/7/"
    figures = {
        "records": 2,
        "expired": 1,
        "drafts": 1,
        "gone": 1,
        "unknown": 1,
        "concerned": 4,
        "confirmed": 3,
    }
    rule = rules()["evidence_3_0"]
    assert "3 av 4" in rule.says("not_known", figures)
    for reason in ("none", "not_approved", "expired", "measure_gone", "some_not_approved", "known"):
        assert rule.says(reason, figures)
        owed = rule.next_act(reason, figures, 7)
        assert (owed is None) == (reason in ("none", "known"))
