"""Until when residual risk holds, when it is asked for, and what stands in the way of approval (3.0)."""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.organisation.standing import Standing
from tryggmote.residual import rules
from tryggmote.residual.rules import Draft, ReviewDay, ReviewStage, Voice
from tryggmote.risk.matrix import AreaCode

TODAY = date(2026, 11, 26)
days = st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 12, 31))
apart = st.integers(min_value=-800, max_value=800)


def draft(**changes: object) -> Draft:
    given = {
        "area": AreaCode.YELLOW,
        "measures_in_use": 0,
        "representatives": [Voice("Vilde Verneombud", True)],
        "nobody_recorded": False,
    }
    return Draft(**{**given, **changes})


@given(today=days, apart=apart)
def test_it_holds_from_tomorrow_and_a_year_at_most(today: date, apart: int) -> None:
    day = today + timedelta(days=apart)
    wrong = rules.wrong_review_day(day, today)
    assert (wrong is ReviewDay.PASSED) == (day <= today)
    assert (wrong is ReviewDay.TOO_FAR) == (day > today + relativedelta(months=12))


@given(today=days)
def test_the_day_that_is_suggested_is_the_last_allowed(today: date) -> None:
    latest = rules.latest_review(today)
    assert rules.wrong_review_day(latest, today) is None
    assert rules.wrong_review_day(latest + timedelta(days=1), today) is ReviewDay.TOO_FAR


@pytest.mark.parametrize(
    ("days_left", "stage"),
    [
        (61, None),
        (60, ReviewStage.ASKED_FOR),
        (31, ReviewStage.ASKED_FOR),
        (30, ReviewStage.NEAR),
        (8, ReviewStage.NEAR),
        (7, ReviewStage.URGENT),
        (0, ReviewStage.URGENT),
        (-1, ReviewStage.PASSED),
    ],
)
def test_the_review_is_asked_for_60_30_and_7_days_before_and_after(
    days_left: int, stage: ReviewStage | None
) -> None:
    assert rules.review_stage(TODAY + timedelta(days=days_left), TODAY) is stage


@given(today=days, apart=apart)
def test_it_only_grows_more_pressing_and_the_list_asks_for_the_same(today: date, apart: int) -> None:
    day = today + timedelta(days=apart)
    now, tomorrow = (rules.review_stage(day, at) or 0 for at in (today, today + timedelta(days=1)))
    assert tomorrow >= now
    assert (now > 0) == (day <= rules.review_asked_for_if_by(today))


def test_one_who_leads_writes_and_one_who_represents_reads_the_draft() -> None:
    leader = Standing(sees=True, leads=True, represents=False, oversees=False)
    representative = Standing(sees=True, leads=False, represents=True, oversees=False)
    director = Standing(sees=True, leads=False, represents=False, oversees=True)
    assert rules.may_write(leader)
    assert rules.may_read_draft(leader)
    assert rules.may_read_draft(representative)
    assert not rules.may_write(representative)
    assert not rules.may_write(director)
    assert not rules.may_read_draft(director)


def test_a_draft_everybody_was_heard_on_can_be_approved() -> None:
    assert rules.obstacles(draft()) == []


def test_each_representative_must_be_heard_by_name() -> None:
    found = rules.obstacles(draft(representatives=[Voice("Vilde", True), Voice("Vigdis", False)]))
    assert len(found) == 1
    assert "Vigdis" in found[0]


def test_where_nobody_is_elected_the_leader_writes_why() -> None:
    assert rules.obstacles(draft(representatives=[]))
    assert rules.obstacles(draft(representatives=[], nobody_recorded=True)) == []


@given(
    area=st.sampled_from(AreaCode),
    measures=st.integers(min_value=0, max_value=3),
    heard=st.lists(st.booleans(), max_size=3),
    recorded=st.booleans(),
)
def test_a_high_risk_needs_a_measure_in_use_whoever_was_heard(
    area: AreaCode, measures: int, heard: list[bool], recorded: bool
) -> None:
    voices = [Voice(f"Ombud {number}", is_heard) for number, is_heard in enumerate(heard)]
    found = rules.obstacles(Draft(area, measures, voices, recorded))
    unheard = heard.count(False) + (not heard and not recorded)
    assert len(found) == unheard + (area is AreaCode.RED and measures == 0)
