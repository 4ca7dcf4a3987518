"""Who may do what with a measure and by when, as pure decisions (2.3, § 23A-4)."""

from dataclasses import dataclass
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.controls.rules import (
    Step,
    ask_for_evaluation_from,
    evaluate_by,
    is_open,
    is_overdue,
    leader_reminded_on,
    passed_up_on,
    possible,
)
from tryggmote.controls.vocabulary import SUGGESTED_RUNG, Effect, MeasureKind, Rung
from tryggmote.organisation.workdays import OSLO, is_workday

OWNER, LEADER, COLLEAGUE = 1, 2, 3
EARLIER = datetime(2026, 8, 31, 23, 30, tzinfo=OSLO)
LATER = datetime(2026, 11, 30, 12, 0, tzinfo=OSLO)


@dataclass
class AMeasure:
    owner_id: int = OWNER
    established_at: datetime | None = None
    evaluated_at: datetime | None = None
    effect: str = ""
    cancelled_at: datetime | None = None


def steps(measure: AMeasure, person: int) -> set[Step]:
    return set(possible(measure, person_id=person, leads=person == LEADER))


def test_a_planned_measure_is_carried_out_by_its_owner_and_changed_by_a_leader() -> None:
    planned = AMeasure()
    assert steps(planned, OWNER) == {Step.ESTABLISH}
    assert steps(planned, LEADER) == {Step.ESTABLISH, Step.POSTPONE, Step.HAND_OVER, Step.CANCEL}
    assert steps(planned, COLLEAGUE) == set()


def test_nothing_is_evaluated_before_it_is_established() -> None:
    assert Step.EVALUATE not in steps(AMeasure(), LEADER)
    established = AMeasure(established_at=EARLIER)
    assert steps(established, OWNER) == {Step.EVALUATE}
    assert steps(established, LEADER) == {Step.EVALUATE, Step.HAND_OVER, Step.CANCEL}


def test_what_works_may_be_evaluated_again_and_what_is_cancelled_is_left_alone() -> None:
    works = AMeasure(established_at=EARLIER, evaluated_at=LATER, effect=Effect.REDUCED)
    assert Step.EVALUATE in steps(works, OWNER)
    cancelled = AMeasure(established_at=EARLIER, cancelled_at=LATER)
    assert steps(cancelled, OWNER) == steps(cancelled, LEADER) == set()


@pytest.mark.parametrize(
    ("effect", "stays_open"), [(Effect.REDUCED, False), (Effect.NOT_REDUCED, True), (Effect.UNKNOWN, True)]
)
def test_only_an_evaluation_that_found_an_effect_closes_a_measure(effect: Effect, stays_open: bool) -> None:
    evaluated = AMeasure(established_at=EARLIER, evaluated_at=LATER, effect=effect)
    assert is_open(evaluated) is stays_open
    assert (evaluate_by(evaluated) is not None) is stays_open


def test_it_is_evaluated_within_six_months_of_the_day_in_oslo_on_which_it_was_established() -> None:
    established = AMeasure(established_at=EARLIER)
    assert evaluate_by(established) == date(2027, 2, 28)  # there is no 31 February
    assert ask_for_evaluation_from(established) == date(2026, 11, 30)
    assert evaluate_by(AMeasure()) is None


def test_a_measure_without_effect_is_asked_about_at_once_and_again_within_six_months() -> None:
    without = AMeasure(established_at=EARLIER, evaluated_at=LATER, effect=Effect.NOT_REDUCED)
    assert ask_for_evaluation_from(without) == date(2026, 11, 30)
    assert evaluate_by(without) == date(2027, 5, 30)


def test_the_day_itself_is_not_too_late_and_leaders_come_in_after_one_and_five_working_days() -> None:
    friday = date(2026, 11, 20)
    assert not is_overdue(friday, friday)
    assert is_overdue(friday, date(2026, 11, 21))
    assert leader_reminded_on(friday) == date(2026, 11, 23)
    assert passed_up_on(friday) == date(2026, 11, 27)


@given(due=st.dates(min_value=date(2024, 1, 1), max_value=date(2032, 1, 1)))
def test_the_owner_always_hears_first_then_the_leader_then_the_next_leader(due: date) -> None:
    assert due < leader_reminded_on(due) < passed_up_on(due)
    assert is_workday(passed_up_on(due))


def test_every_kind_has_a_suggested_rung_and_the_ladder_is_in_order() -> None:
    assert set(SUGGESTED_RUNG) == set(MeasureKind)
    assert [rung.height for rung in Rung] == [1, 2, 3, 4, 5]
    assert all(rung.example for rung in Rung)
