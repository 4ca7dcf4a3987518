"""When what happens for somebody who is out alone (AML § 4-1 third paragraph)."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tryggmote.encounters.outing_rules import (
    LONGEST,
    MORE_MINUTES,
    OUTING_FORMS,
    Step,
    back_at,
    extended,
    heard_at,
    left_at,
    next_step_at,
)
from tryggmote.encounters.outing_timing import Minutes, OutingTiming, timing
from tryggmote.ui.dates import OSLO

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
moments = st.datetimes(
    min_value=datetime(2026, 1, 1), max_value=datetime(2027, 12, 31), timezones=st.just(UTC)
)
spans = st.timedeltas(min_value=timedelta(days=-3), max_value=timedelta(days=3))


@pytest.mark.parametrize("form", OUTING_FORMS)
def test_oneself_at_the_time_the_contact_after_ten_the_leader_after_twenty_and_help_after_thirty_minutes(
    form,
):
    steps = timing().forms[form].by_step()
    told = [next_step_at(Step(step), NOON, steps) for step in range(5)]
    assert told == [NOON + timedelta(minutes=m) for m in (0, 10, 20, 30)] + [None]


@pytest.mark.parametrize(
    "wrong",
    [
        {"contact_min": 20, "leader_min": 20, "call_min": 30},
        {"contact_min": 10, "leader_min": 40, "call_min": 30},
        {"contact_min": 0, "leader_min": 20, "call_min": 30},
        {"contact_min": 10, "leader_min": 20},
    ],
)
def test_a_timing_that_does_not_go_step_by_step_is_refused(wrong):
    with pytest.raises(ValidationError):
        Minutes.model_validate(wrong)


def test_a_timing_without_one_of_the_forms_is_refused():
    minutes = {"contact_min": 10, "leader_min": 20, "call_min": 30}
    with pytest.raises(ValidationError, match="exactly these forms"):
        OutingTiming.model_validate({"version": "x", "forms": {"driving": minutes}})


def test_an_answer_that_was_pressed_without_network_counts_from_when_it_was_pressed():
    pressed = NOON - timedelta(minutes=38)
    assert heard_at(pressed, now=NOON, last=NOON - timedelta(hours=1)) == pressed
    assert heard_at(None, now=NOON, last=NOON - timedelta(hours=1)) == NOON


@given(ahead=spans, last_before=st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=1)))
def test_no_clock_makes_somebody_heard_from_in_the_future_or_before_the_last_time(ahead, last_before):
    last = NOON - last_before
    assert last <= heard_at(NOON + ahead, now=NOON, last=last) <= NOON


past = st.timedeltas(min_value=timedelta(days=-1), max_value=timedelta(0))


@given(expected=spans, heard=past, last=past, minutes=st.sampled_from(MORE_MINUTES))
def test_more_time_is_never_less_time_and_never_over_already(expected, heard, last, minutes):
    before, heard_from = NOON + expected, NOON + max(heard, last)
    after = extended(before, minutes, heard=heard_from, last=NOON + last, now=NOON)
    assert after >= max(before, NOON, heard_from + timedelta(minutes=minutes))
    if heard_from > NOON + last:
        assert after >= before + timedelta(minutes=minutes)


@given(ahead=st.timedeltas(min_value=timedelta(days=-9999), max_value=timedelta(days=9999)))
def test_nobody_left_longer_ago_than_an_outing_may_last_or_leaves_in_the_future(ahead):
    assert NOON - LONGEST <= left_at(NOON + ahead, now=NOON) <= NOON


def test_an_answer_that_a_later_one_overtook_adds_nothing():
    expected = NOON + timedelta(minutes=40)
    assert extended(expected, 30, heard=NOON, last=NOON, now=NOON) == expected


@given(left=moments, clock=st.times())
def test_the_time_to_be_back_is_ahead_within_half_a_day_and_shown_by_the_clock_in_oslo(left, clock):
    found = back_at(clock, left=left)
    if found is not None:
        assert left < found <= left + LONGEST
        # In the hour that summer time skips, the clock never shows what was asked for.
        skipped = found.astimezone(OSLO).time() != clock
        assert not skipped or found.astimezone(OSLO).date().month == 3


@pytest.mark.parametrize(
    ("left", "clock", "back"),
    [
        ((2026, 3, 10, 9, 0), time(11, 0), (2026, 3, 10, 11, 0)),
        ((2026, 3, 10, 23, 30), time(0, 30), (2026, 3, 11, 0, 30)),
        ((2026, 3, 10, 10, 5), time(10, 0), None),
        ((2026, 3, 28, 22, 0), time(6, 0), (2026, 3, 29, 6, 0)),  # summer time begins in that night
    ],
)
def test_a_clock_time_is_the_next_one(left, clock, back):
    found = back_at(clock, left=datetime(*left, tzinfo=OSLO))
    assert found == (datetime(*back, tzinfo=OSLO) if back else None)
