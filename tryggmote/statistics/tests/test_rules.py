"""Few people are never told apart: not from one number, and not from several taken together (ADR 0055)."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.learning.limits import limits
from tryggmote.statistics.rules import FEWEST, Cell, Tree, is_settled, parts_shown, units_shown


def one(n: int) -> list[Cell]:
    """So many cases, each with a person of its own."""
    return [Cell(n, n)]


def test_the_fewest_are_as_many_as_elsewhere_in_the_product() -> None:
    assert limits().fewest_people_outside == FEWEST


@pytest.mark.parametrize(
    ("n", "people", "is_few"),
    [(0, 0, False), (1, 1, True), (4, 4, True), (5, 5, False), (6, 1, True), (1, 6, True)],
)
def test_a_number_is_few_by_its_people_and_by_its_cases(n: int, people: int, is_few: bool) -> None:
    assert Cell(n, people).is_few is is_few


def test_one_small_part_takes_the_next_smallest_with_it() -> None:
    parts = {1: one(3), 2: one(9), 3: one(20)}
    assert parts_shown(one(32), parts) == {3}


def test_what_lies_in_no_part_counts_as_one() -> None:
    assert parts_shown(one(12), {1: one(5), 2: one(5)}) == {2}
    assert parts_shown(one(10), {1: one(5), 2: one(5)}) == {1, 2}


def test_none_at_all_is_told_and_hides_nobody() -> None:
    assert parts_shown(one(7), {1: one(0), 2: one(7)}) == {1, 2}


def test_a_hidden_number_is_not_told_in_parts() -> None:
    tree = Tree([1, 2], {1: [2, 3], 2: [4, 5]})
    numbers = {1: one(24), 2: one(20), 3: one(4), 4: one(10), 5: one(10)}
    assert units_shown(tree, numbers) == {1}


@pytest.mark.parametrize(
    ("today", "settled"), [(date(2026, 7, 14), False), (date(2026, 7, 15), True), (date(2026, 6, 30), False)]
)
def test_a_period_is_settled_two_weeks_after_its_last_day(today: date, settled: bool) -> None:
    assert is_settled(date(2026, 6, 30), today) is settled


cells = st.builds(lambda n, people: Cell(n, min(n, people)), st.integers(0, 12), st.integers(1, 12))


@given(parts=st.dictionaries(st.integers(1, 9), cells, max_size=7), own=cells)
def test_nothing_that_can_be_added_or_subtracted_is_few(parts: dict[int, Cell], own: Cell) -> None:
    """All that can be worked out is the parts shown, and what is left of the whole."""
    whole = sum(parts.values(), own)
    if whole.is_few:
        return
    shown = parts_shown([whole], {key: [cell] for key, cell in parts.items()})
    left = whole - sum((parts[key] for key in shown), Cell())
    assert not left.is_few
    assert not any(parts[key].is_few for key in shown)


@given(parts=st.dictionaries(st.integers(1, 6), st.tuples(cells, cells), min_size=1, max_size=6))
def test_a_number_shown_in_two_parts_hides_neither_too_small(parts: dict[int, tuple[Cell, Cell]]) -> None:
    whole = [sum((pair[i] for pair in parts.values()), Cell()) for i in (0, 1)]
    shown = parts_shown(whole, parts)
    for key, part in product(shown, (0, 1)):
        assert not parts[key][part].is_few
