"""Shares with Wilson's interval, and what has changed by more than chance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.statistics.rates import direction, share_of


@pytest.mark.parametrize(
    ("n", "of", "low", "high"),
    # Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    [(81, 263, 25.53, 36.62), (15, 148, 6.24, 16.05), (0, 20, 0.0, 16.11), (1, 29, 0.61, 17.18)],
)
def test_the_interval_is_that_of_the_source(n: int, of: int, low: float, high: float) -> None:
    share = share_of(n, of)
    assert (round(share.low, 2), round(share.high, 2)) == (low, high)


@given(st.integers(1, 400).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_a_share_lies_within_its_interval_and_the_rest_mirrors_it(case: tuple[int, int]) -> None:
    n, of = case
    share, rest = share_of(n, of), share_of(of - n, of)
    assert 0 <= share.low <= share.value + 1e-9 <= share.high + 2e-9 <= 100 + 2e-9
    assert (share.low, share.high) == pytest.approx((100 - rest.high, 100 - rest.low), abs=1e-9)


@pytest.mark.parametrize(("n", "of"), [(1, 0), (-1, 5), (6, 5), (0, 0)])
def test_a_part_of_nothing_is_no_share(n: int, of: int) -> None:
    with pytest.raises(ValueError, match="share"):
        share_of(n, of)


@pytest.mark.parametrize(
    ("before", "after", "went"),
    [
        ((10, 40), (30, 40), 1),
        ((30, 40), (10, 40), -1),
        ((3, 6), (5, 6), 0),
        ((20, 40), (20, 40), 0),
        ((0, 5), (5, 5), 1),
    ],
)
def test_a_change_is_told_when_it_is_more_than_chance(
    before: tuple[int, int], after: tuple[int, int], went: int
) -> None:
    assert direction(share_of(*before), share_of(*after)) == went
