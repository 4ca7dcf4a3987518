"""No few can be worked out from all that is shown: on every page, in every period, on every day one looks
(ADR 0055).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import chain
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tryggmote.organisation.models import UnitKind
from tryggmote.statistics import periods
from tryggmote.statistics.queries import Around, Numbers, Seen
from tryggmote.statistics.rules import FEWEST, Tree
from tryggmote.statistics.showing import MANY_EMPLOYEES, Figures
from tryggmote.statistics.tests.attacker import Attacker

YEAR = 2025
HALVES = periods.halves_of(YEAR)
MONTHS = [month for half in HALVES for month in periods.months_of(half)]
PARTS = ("checks_high", "checks_other")
Span = tuple[str, date]
SPANS: dict[Span, list[date]] = {
    **{("month", month): [month] for month in MONTHS},
    **{("half", half): periods.months_of(half) for half in HALVES},
    ("year", HALVES[0]): MONTHS,
}
"""Each month, half-year and the year, with its months."""
Name = tuple[str, int, Span]
"""A number: its measure, its unit (negative: what lies directly in it), and its span."""
LOOKS = [HALVES[1] + timedelta(days=5), HALVES[1] + timedelta(days=40), date(YEAR + 1, 3, 1)]
"""The days on which the attacker looks: before the first half is settled, between the two, and when all
is.
"""


class World:
    """Units by their parents, and how many cases and people each has directly in each month."""

    def __init__(self, random: Random, *, root: UnitKind, measures: Iterable[str]) -> None:
        self.random, self.measures = random, tuple(measures)
        self.kinds: dict[int, UnitKind] = {}
        self.children: dict[int, list[int]] = defaultdict(list)
        self.parent: dict[int, int] = {}
        self.own: set[int] = set()
        self._grow(root, None)
        self.is_large = {unit: random.random() < 0.7 for unit in self.kinds}
        self.usual = {unit: random.choice([0.02, 0.3, 1.0, 4.0]) for unit in self.kinds}
        self.cases = {
            (measure, unit, month): int(
                random.expovariate(1 / self.usual[unit]) * random.choice([0, 1, 1, 3])
            )
            for measure in self.measures
            for unit in self.kinds
            for month in MONTHS
        }
        self.people = {
            key: random.choice([n, n, random.randint(1, n)]) if n else 0 for key, n in self.cases.items()
        }
        self.people_of_half = {
            (measure, unit, half): self._people_of(measure, unit, half)
            for measure in self.measures
            for unit in self.kinds
            for half in HALVES
        }

    def _people_of(self, measure: str, unit: int, half: date) -> int:
        by_month = [self.people[measure, unit, month] for month in periods.months_of(half)]
        return self.random.randint(max(by_month), sum(by_month))

    def _grow(self, kind: UnitKind, parent: int | None) -> int:
        unit = len(self.kinds) + 1
        self.kinds[unit] = kind
        if parent is not None:
            self.parent[unit] = parent
            self.children[parent].append(unit)
        below = {UnitKind.DIRECTORATE: UnitKind.COUNTY, UnitKind.COUNTY: UnitKind.OFFICE,
                 UnitKind.OFFICE: UnitKind.DEPARTMENT}.get(kind)  # fmt: skip
        # A contact centre lies beside counties, and is told of by half-year as offices are.
        if kind == UnitKind.DIRECTORATE and self.random.random() < 0.5:
            self._grow(UnitKind.CONTACT_CENTRE, unit)
        for _ in range(self.random.randint(0 if below == UnitKind.DEPARTMENT else 1, 3) if below else 0):
            self._grow(below, unit)
        return unit

    def within(self, unit: int) -> list[int]:
        return [unit, *(found for child in self.children[unit] for found in self.within(child))]

    def path(self, unit: int) -> list[int]:
        return [*(self.path(self.parent[unit]) if unit in self.parent else []), unit]

    def is_own(self, unit: int) -> bool:
        """Whether the reader leads what lies directly in the unit."""
        return bool(self.own & {*self.path(unit)})

    def around(self, unit: int) -> Around:
        path = self.path(unit)
        children = {of: list(self.children[of]) for of in path}
        tree = Tree(path, children)
        units = {
            u: Seen(u, str(u), self.kinds[u], all(self.is_own(below) for below in self.within(u)))
            for u in tree.units
        }
        return Around(tree, units)

    def numbers(self, people: dict, months_in: dict[date, list[date]]) -> Numbers:
        def row(measure: str, unit: int, first: date) -> tuple:
            own = [place for place in self.within(unit) if self.is_own(place)]

            def total(places: list[int]) -> tuple[int, int]:
                n = sum(self.cases[measure, place, m] for place in places for m in months_in[first])
                return n, sum(people[measure, place, first] for place in places)

            return unit, first, measure, "", *total(self.within(unit)), *total(own)

        counted = (row(m, unit, first) for m in self.measures for unit in self.kinds for first in months_in)
        at_work = (
            (unit, first, "employees", "", MANY_EMPLOYEES * self.is_large[unit], 0, 0, 0)
            for unit in self.kinds
            for first in months_in
        )
        return Numbers(chain(counted, at_work))

    def true(self, measure: str, unit: int, months: Iterable[date]) -> int:
        return sum(self.cases[measure, place, month] for place in self.within(unit) for month in months)


def told(world: World, measures: Iterable[str]) -> dict[Name, int]:
    """All that the reader is shown on the page of every unit on each day they look, and what they know
    before.
    """
    halves = world.numbers(world.people_of_half, {half: periods.months_of(half) for half in HALVES})
    months = world.numbers(world.people, {month: [month] for month in MONTHS})
    known: dict[Name, int] = {
        (measure, -place, ("month", month)): world.cases[measure, place, month]
        for measure in world.measures
        for place in world.kinds
        if world.is_own(place)
        for month in MONTHS
    }
    for unit in world.kinds:
        for today in LOOKS:
            figures = Figures(world.around(unit), halves, months, today)
            for measure in measures:
                for seen in (unit, *world.children[unit]):
                    for span in SPANS:
                        number = _shown(figures, seen, measure, span)
                        if number is not None:
                            # What is shown twice is the same.
                            assert known.setdefault((measure, seen, span), number) == number
    return known


def _shown(figures: Figures, unit: int, measure: str, span: Span) -> int | None:
    kind, first = span
    if kind == "month":
        return figures.month(unit, measure, first).n
    if kind == "half":
        return figures.half(unit, measure, first).n
    return figures.year(unit, measure, first.year).n


def sums(world: World, measures: Iterable[str]) -> Iterator[tuple[Name, list[Name]]]:
    """How all numbers hang together."""
    for measure in measures:
        for unit in world.kinds:
            for span in SPANS:
                below = [(measure, child, span) for child in world.children[unit]]
                yield (measure, unit, span), [*below, (measure, -unit, span)]
            for place in (unit, -unit):
                for span, months in SPANS.items():
                    if span[0] != "month":
                        yield (measure, place, span), [(measure, place, ("month", month)) for month in months]
                yield (measure, place, ("year", HALVES[0])), [(measure, place, ("half", h)) for h in HALVES]


def revealed(
    world: World, measures: Iterable[str], more: Iterable[tuple[Name, list[Name]]] = ()
) -> list[str]:
    """The few that the attacker can tell: exactly, or that they are fewer than five."""
    known = told(world, measures)
    attacker = Attacker([*sums(world, {*measures, *world.measures}), *more], known)
    determined, limits = attacker.determined(), attacker.limits()
    found = []
    for measure in world.measures:
        for unit in world.kinds:
            for span, months in SPANS.items():
                others = [place for place in world.within(unit) if not world.is_own(place)]
                n = sum(world.cases[measure, place, month] for place in others for month in months)
                if not _is_few(world, measure, others, span, n):
                    continue
                name = (measure, unit, span)
                own = world.true(measure, unit, months) - n
                if name in known or name in determined or (n < FEWEST and limits[name][1] - own < FEWEST):
                    found.append(f"{name} is {n}: {limits[name]}, {name in known}, {name in determined}")
    return found


def _is_few(world: World, measure: str, places: Iterable[int], span: Span, n: int) -> bool:
    kind, first = span
    people = {"month": world.people, "half": world.people_of_half}.get(kind)
    behind = sum(people[measure, place, first] for place in places) if people else n
    return n > 0 and min(n, behind) < FEWEST


@pytest.mark.parametrize("root", [UnitKind.DIRECTORATE, UnitKind.COUNTY, UnitKind.OFFICE])
@settings(max_examples=40)
@given(seed=st.integers(0, 2**32))
def test_nobody_who_looks_from_above_or_works_there_can_work_out_a_few(root: UnitKind, seed: int) -> None:
    assert revealed(World(Random(seed), root=root, measures=["incidents"]), ["incidents"]) == []


@pytest.mark.parametrize("root", [UnitKind.COUNTY, UnitKind.OFFICE])
@settings(max_examples=40)
@given(seed=st.integers(0, 2**32))
def test_whoever_leads_a_part_cannot_work_out_a_few_in_the_rest(root: UnitKind, seed: int) -> None:
    random = Random(seed)
    world = World(random, root=root, measures=["incidents"])
    world.own = set(random.sample(sorted(world.kinds), random.randint(1, len(world.kinds))))
    assert revealed(world, ["incidents"]) == []


@settings(max_examples=25)
@given(seed=st.integers(0, 2**32))
def test_high_checks_do_not_tell_a_few_of_the_other_checks(seed: int) -> None:
    world = World(Random(seed), root=UnitKind.COUNTY, measures=PARTS)
    parted = [
        (("checks", place, span), [(part, place, span) for part in PARTS])
        for unit in world.kinds
        for place in (unit, -unit)
        for span in SPANS
    ]
    assert revealed(world, ["checks", "checks_high"], parted) == []


def test_the_attacker_finds_what_a_careless_page_tells() -> None:
    """That the attacker is any good: a total, one hidden part and its neighbour are enough."""
    attacker = Attacker([("office", ["a", "b"])], {"office": 12, "b": 9})
    assert attacker.determined() == {"a"}
    assert attacker.limits()["a"] == (3, 3)
    chained = Attacker([("s", ["a", "b"]), ("t", ["b", "c"]), ("u", ["a", "c"])], {"s": 8, "t": 7, "u": 9})
    assert {"a", "b", "c"} <= chained.determined()
