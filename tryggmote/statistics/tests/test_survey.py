"""When the two questions are asked: the same whole weeks every year, half a year apart, within one year."""

from datetime import date, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tryggmote.statistics.models import Season, SurveyBox, SurveyResult
from tryggmote.statistics.survey import Weeks, next_round, round_on, rounds_before, survey

days = st.dates(min_value=date(2026, 1, 1), max_value=date(2060, 12, 31))


@pytest.mark.parametrize(
    ("day", "season"),
    [
        (date(2027, 3, 7), None),
        (date(2027, 3, 8), Season.SPRING),
        (date(2027, 3, 28), Season.SPRING),
        (date(2027, 3, 29), None),
        (date(2027, 9, 5), None),
        (date(2027, 9, 6), Season.AUTUMN),
        (date(2027, 9, 26), Season.AUTUMN),
        (date(2027, 9, 27), None),
        # The first days of 2027 are in the last week of 2026, which has 53.
        (date(2027, 1, 1), None),
        (date(2026, 12, 31), None),
    ],
)
def test_three_weeks_in_spring_and_three_in_autumn(day: date, season: Season | None) -> None:
    held = round_on(day)
    assert (held.season if held else None) == season


@given(days)
def test_a_round_is_three_whole_weeks_and_contains_the_days_it_is_held_on(day: date) -> None:
    held = round_on(day)
    if held is None:
        assert day.isocalendar().week not in {10, 11, 12, 36, 37, 38}
    else:
        assert held.first <= day <= held.last
        assert (held.first.isoweekday(), held.last - held.first) == (1, timedelta(days=20))
        assert held.first.year == held.last.year


@given(days)
def test_the_next_comes_within_thirty_three_weeks_and_the_one_before_is_over(day: date) -> None:
    coming, (last, earlier) = next_round(day), tuple(islice(rounds_before(day), 2))
    assert day < coming.first <= day + timedelta(weeks=30)
    assert earlier.last < last.first <= last.last < day
    between = round_on(day)
    assert coming.season == (earlier.season if between is None else last.season)
    assert coming.first - last.last < timedelta(weeks=56)


@given(days)
def test_rounds_follow_one_another_without_gap_or_overlap_of_what_they_ask_about(day: date) -> None:
    first = next_round(day)
    second = next_round(first.first)
    assert second.season != first.season
    assert timedelta(weeks=26) <= second.first - first.first <= timedelta(weeks=27)


def test_a_round_may_not_go_on_into_the_next_year() -> None:
    with pytest.raises(ValidationError):
        Weeks(season=Season.AUTUMN, first_week=51, weeks=3, why="Jul")


def test_every_answer_has_a_column_it_is_counted_in() -> None:
    """And what is kept of a result is less than what came in: not how many had experienced nothing."""
    codes = {answer.code for question in survey().questions for answer in question.answers}
    bookkeeping = {"id", "round", "unit", "asked"}
    assert {f.name for f in SurveyBox._meta.fields} - bookkeeping == codes
    assert {f.name for f in SurveyResult._meta.fields} - bookkeeping == codes - {"reported_none"}
