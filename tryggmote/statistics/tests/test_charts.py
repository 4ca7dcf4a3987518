"""Noise is not news: what is a signal, at its edges, and how often pure chance makes one."""

from math import sqrt
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.statistics.charts import FEWEST_POINTS, Signal, chart_of, signal_at

EVEN = [50.0] * 24


@pytest.mark.parametrize(
    ("scores", "signal"),
    [
        ([0.5, -0.5, 3.01], Signal.BEYOND),
        ([0.5, -0.5, -3.01], Signal.BEYOND),
        ([0.5, -0.5, 3.0], None),
        ([2.1, 0.0, 2.1], Signal.TWO_OF_THREE),
        ([2.1, 2.1], Signal.TWO_OF_THREE),
        ([2.1, 0.0, 0.0, 2.1], None),
        ([2.1, 0.0, -2.1], None),
        ([2.1, 2.1, 0.0], None),
        ([0.1] * 8, Signal.RUN),
        ([-0.1] * 8, Signal.RUN),
        ([0.1] * 7, None),
        ([0.1] * 4 + [0.0] + [0.1] * 4, None),
        ([-0.1] + [0.1] * 7, None),
    ],
)
def test_what_is_a_signal(scores: list[float], signal: Signal | None) -> None:
    assert signal_at(scores, len(scores) - 1) == signal


def test_even_exposure_is_a_chart_of_counts_with_limits_of_the_root_of_their_mean() -> None:
    chart = chart_of([9] * 24, EVEN)
    assert chart is not None
    assert (chart.per, chart.mean, chart.latest) == (0, 9, None)
    assert (chart.points[0].low, chart.points[0].high) == (0, 18)


def test_uneven_exposure_is_a_chart_of_rates_whose_limits_follow_it() -> None:
    chart = chart_of([5, 10] * 12, [50.0, 100.0] * 12)
    assert chart is not None
    assert chart.per == 100
    assert chart.mean == pytest.approx(10)
    assert chart.points[0].high == pytest.approx(10 + 3 * sqrt(10 / 0.5))
    assert chart.points[1].high == pytest.approx(10 + 3 * sqrt(10 / 1.0))
    assert chart.latest is None


def test_twice_as_many_people_with_twice_as_many_reports_is_no_signal() -> None:
    chart = chart_of([10] * 12 + [20] * 12, [50.0] * 12 + [100.0] * 12)
    assert chart is not None
    assert chart.latest is None


def test_a_rise_that_lasts_is_a_run_that_began_where_it_rose() -> None:
    chart = chart_of([8] * 14 + [13] * 10, EVEN)
    assert chart is not None
    assert chart.latest == (Signal.RUN, 23)
    assert chart.points[23].is_above
    assert chart.run_began(23) == 14


def test_a_signal_of_more_than_half_a_year_ago_is_seen_and_is_no_news() -> None:
    for months_since, latest in ((5, (Signal.BEYOND, 12)), (6, None)):
        chart = chart_of([9] * 12 + [30] + [9] * months_since, [50.0] * (13 + months_since))
        assert chart is not None
        assert chart.points[12].signal == Signal.BEYOND
        assert (chart.latest, chart.has_signals) == (latest, True)


@pytest.mark.parametrize("counts", [[], [3] * (FEWEST_POINTS - 1), [0] * 24])
def test_too_little_to_say_what_is_usual_is_no_chart(counts: list[int]) -> None:
    assert chart_of(counts, [10.0] * len(counts)) is None


def test_nobody_at_work_in_a_month_is_no_chart() -> None:
    assert chart_of([4] * 24, [0.0, 90.0] * 12) is None


@given(st.lists(st.integers(0, 40), min_size=FEWEST_POINTS, max_size=36), st.integers(1, 500))
def test_the_mean_lies_within_the_limits_and_a_point_beyond_them_is_a_signal(
    counts: list[int], at_work: int
) -> None:
    chart = chart_of(counts, [float(at_work)] * len(counts))
    for point in chart.points if chart else ():
        assert point.low <= chart.mean <= point.high
        is_beyond = point.value > point.high or point.value < point.low
        assert (point.signal == Signal.BEYOND) == is_beyond or point.value == pytest.approx(point.high)


def test_chance_alone_seldom_makes_a_signal() -> None:
    """Two years of months around ten a month, a thousand times over: fewer than one point in fifty."""
    random, points, signals = Random(1), 0, 0
    for _ in range(1000):
        counts = [sum(random.random() < 0.01 for _ in range(1000)) for _ in range(24)]
        chart = chart_of(counts, EVEN)
        assert chart is not None
        points += len(chart.points)
        signals += sum(point.signal is not None for point in chart.points)
    assert signals / points < 0.02
