"""No few can be worked out from what is shown of the survey, by one nor by several together (ADR 0061)."""

from collections import Counter
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tryggmote.statistics.rules import FEWEST
from tryggmote.statistics.survey_rules import units_to_show, with_all_below
from tryggmote.statistics.tests.attacker import Attacker


def test_what_is_below_counts_in_everything_above() -> None:
    parents = {1: None, 2: 1, 3: 2, 4: 1}
    assert with_all_below(parents, {1: 1, 3: 5, 4: 2}) == {1: 8, 2: 5, 3: 5, 4: 2}


def test_five_are_shown_and_four_are_not() -> None:
    assert units_to_show({1: None}, {1: 5}) == {1}
    assert units_to_show({1: None}, {1: 4}) == set()


def test_a_unit_that_could_be_told_by_subtraction_takes_the_smallest_other_with_it() -> None:
    parents = {1: None, 2: 1, 3: 1, 4: 1}
    assert units_to_show(parents, {1: 30, 2: 4, 3: 6, 4: 20}) == {1, 4}


def test_those_of_the_unit_itself_are_not_told_by_its_departments() -> None:
    parents = {1: None, 2: 1, 3: 1}
    sums = with_all_below(parents, {1: 1, 2: 6, 3: 9})
    assert units_to_show(parents, sums) == {1, 3}


def test_nothing_below_a_hidden_unit_is_shown() -> None:
    parents = {1: None, 2: 1, 3: 1, 4: 2}
    assert units_to_show(parents, {1: 16, 2: 6, 3: 10, 4: 6}, among={1, 3, 4}) == {1, 3}


@st.composite
def organisations(draw: st.DrawFn) -> tuple[dict[int, int | None], dict[int, int], dict[int, int]]:
    """Units by their parents, how many answered in each itself, and how many had experienced something."""
    random = Random(draw(st.integers(0, 2**32)))
    parents: dict[int, int | None] = {1: None}
    for unit in range(2, random.randint(3, 30)):
        parents[unit] = random.randint(max(1, unit - 8), unit - 1)
    answers = {unit: random.choice([0, 0, 1, 2, 3, 4, 5, 6, 9, 20]) for unit in parents}
    return parents, answers, {unit: random.randint(0, n) for unit, n in answers.items()}


@given(organisations())
def test_whoever_reads_all_that_is_shown_learns_nothing_of_few(
    organisation: tuple[dict[int, int | None], dict[int, int], dict[int, int]],
) -> None:
    parents, answers, experienced = organisation
    sums = with_all_below(parents, answers)
    shown = units_to_show(parents, sums)
    also_experienced = with_all_below(parents, experienced)
    for number, direct, may_be_shown in (
        (sums, answers, shown),
        (also_experienced, experienced, units_to_show(parents, also_experienced, among=shown)),
    ):
        told = {unit: number[unit] for unit in may_be_shown}
        assert all(n == 0 or n >= FEWEST for n in told.values())
        children = Counter((parent, unit) for unit, parent in parents.items() if parent)
        equations = [
            (unit, [-unit, *(child for parent, child in children if parent == unit)]) for unit in parents
        ]
        attacker = Attacker(equations, told)
        truth = number | {-unit: n for unit, n in direct.items()}
        assert all(truth[name] == 0 or truth[name] >= FEWEST for name in attacker.determined())


def test_the_attack_finds_a_few_where_only_small_units_are_hidden() -> None:
    """What the rule is there for: without it the four in the second unit follow from the others."""
    attacker = Attacker([(1, [2, 3, 4])], {1: 30, 3: 6, 4: 20})
    assert attacker.determined() == {2}
