"""Intervals of counts, held against published values and what must always be true of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.statistics.rates import interval, percentile, rate_of


@pytest.mark.parametrize(
    ("n", "low", "high"),
    [
        # Exact limits: Breslow and Day 1987, table 2.10; Ulm, Am J Epidemiol 1990.
        (0, 0.0, 3.69), (1, 0.0253, 5.57), (2, 0.242, 7.22), (3, 0.619, 8.77), (5, 1.62, 11.67), (9, 4.12,
        17.08), (10, 4.80, 18.39), (20, 12.22, 30.89), (50, 37.11, 65.92), (100, 81.36, 121.63),
    ],
)  # fmt: skip
def test_the_interval_is_the_published_one(n: int, low: float, high: float) -> None:
    found = interval(n)
    assert found[0] == pytest.approx(low, abs=0.02)
    assert found[1] == pytest.approx(high, abs=0.02)


@given(st.integers(0, 5000))
def test_the_interval_holds_the_count_and_grows_with_it(n: int) -> None:
    low, high = interval(n)
    further_low, further_high = interval(n + 1)
    assert low <= n < high
    assert low < further_low
    assert high < further_high


def test_a_count_is_not_negative() -> None:
    with pytest.raises(ValueError, match="not negative"):
        interval(-1)


def test_a_rate_is_so_many_for_each_hundred_and_nothing_without_anybody() -> None:
    rate = rate_of(20, exposure=50, per=100)
    assert rate is not None
    assert (rate.value, rate.per) == (40, 100)
    assert rate.low == pytest.approx(24.4, abs=0.1)
    assert rate.high == pytest.approx(61.8, abs=0.1)
    assert rate_of(20, exposure=0, per=100) is None


def test_half_and_nine_of_ten_are_within_these_limits() -> None:
    counts = {15: 4, 30: 3, 60: 2, 300: 1}
    assert percentile(counts, 0.5) == 30
    assert percentile(counts, 0.9) == 60
    assert percentile({}, 0.5) is None
