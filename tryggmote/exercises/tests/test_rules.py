"""When an exercise counts, and who may do what with it, at the edges (4.1, § 23A-2)."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.exercises import rules
from tryggmote.exercises.vocabulary import Becomes, Part, Reached, Stage
from tryggmote.organisation.standing import Standing

DAYS = st.dates(date(2020, 1, 1), date(2100, 1, 1))
MOMENT = datetime(2026, 3, 2, 10, tzinfo=ZoneInfo("Europe/Oslo"))


@given(last_on=DAYS)
def test_an_exercise_counts_for_twelve_months_and_is_asked_for_a_month_before(last_on: date) -> None:
    until = rules.exercised_until(last_on)
    assert 365 <= (until - last_on).days <= 366
    assert not rules.is_due(last_on, until - timedelta(days=31))
    assert rules.is_due(last_on, until - timedelta(days=30))
    assert rules.is_due(None, last_on)


@given(
    st.lists(st.sampled_from(["", *Reached.values]), max_size=6),
    st.lists(st.sampled_from(["", *Becomes.values]), max_size=6),
    st.booleans(),
)
def test_nothing_is_left_exactly_when_all_is_judged_and_decided(
    reached: list[str], became: list[str], found_nothing: bool
) -> None:
    unjudged, undecided = rules.what_is_left(reached, became, found_nothing=found_nothing)
    assert unjudged == ("" in reached)
    assert undecided == ("" in became or (not became and not found_nothing))


@pytest.mark.parametrize("attended", [True, False, None])
def test_those_who_were_there_evaluate_for_seven_days(attended: bool | None) -> None:
    last = MOMENT + timedelta(days=7) - timedelta(seconds=1)
    assert rules.may_evaluate(held_at=MOMENT, attended=attended, now=last) is bool(attended)
    assert not rules.may_evaluate(held_at=MOMENT, attended=attended, now=last + timedelta(seconds=1))
    assert not rules.may_evaluate(held_at=None, attended=attended, now=last)


def test_the_report_is_due_ten_working_days_after() -> None:
    assert rules.report_due(MOMENT).date() == date(2026, 3, 16)


@given(st.sampled_from(Stage), st.booleans(), st.booleans(), st.booleans())
def test_nobody_arranges_what_is_over_and_a_leader_always_what_is_not(
    stage: Stage, leads: bool, is_led_by_me: bool, planned_by_me: bool
) -> None:
    may = rules.may_arrange(stage, leads=leads, is_led_by_me=is_led_by_me, planned_by_me=planned_by_me)
    if stage in (Stage.HELD, Stage.CLOSED, Stage.CALLED_OFF):
        assert not may
    elif leads:
        assert may
    if not (leads or is_led_by_me or planned_by_me):
        assert not may


@given(st.sampled_from(Stage), st.sampled_from([None, *Part]))
def test_one_who_takes_part_observes_nothing_unless_they_lead_or_represent(
    stage: Stage, part: Part | None
) -> None:
    nobody = Standing(sees=True, leads=False, represents=False, oversees=False)
    representative = Standing(sees=True, leads=False, represents=True, oversees=False)
    goes_on = stage in (Stage.RUNNING, Stage.HELD)
    assert rules.may_observe(stage, nobody, part) == (goes_on and part in (Part.LEADS, Part.OBSERVES))
    assert rules.may_observe(stage, representative, part) == goes_on
