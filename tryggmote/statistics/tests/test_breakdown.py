"""When and how it happened: every incident stands in a cell, and no cell tells of a few."""

from collections.abc import Callable
from datetime import date
from random import Random

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.organisation.models import Person, Unit
from tryggmote.organisation.roles import Role
from tryggmote.statistics import periods
from tryggmote.statistics.breakdown import Grid, grids_of
from tryggmote.statistics.counting import count_figures
from tryggmote.statistics.queries import Numbers
from tryggmote.statistics.rules import FEWEST
from tryggmote.statistics.tests.attacker import Attacker
from tryggmote.statistics.tests.county import LAST_YEAR, County, live, make_county, somebody

ClientOf = Callable[[Person], Client]
HALVES = periods.halves_of(2025)
codes = st.builds(lambda day, hour: f"{day}-{hour}", st.integers(1, 7), st.integers(0, 23))


def sum_of(grid: Grid) -> int:
    return sum(cell.shown.n or 0 for row in grid.rows for cell in row.cells)


def numbers(*halves: dict[str, tuple[int, int]]) -> Numbers:
    return Numbers(
        (1, first, "hours", code, n, people, 0, 0)
        for first, cells in zip(HALVES, halves, strict=False)
        for code, (n, people) in cells.items()
    )


def hours(
    found: Numbers, *, is_own: bool = False, halves: tuple[date, ...] = HALVES
) -> dict[tuple[str, str], int | None]:
    grids = grids_of(found, 1, halves, is_own=is_own)
    return {
        (row.label, column): cell.shown.n
        for grid in grids
        for row in grid.rows
        for column, cell in zip(grid.columns, row.cells, strict=True)
    }


def test_hours_are_put_where_they_belong() -> None:
    found = hours(
        numbers({"1-8": (1, 1), "1-9": (2, 2), "3-14": (3, 3), "5-15": (4, 4), "6-23": (5, 5)}), is_own=True
    )
    assert {place: n for place, n in found.items() if n} == {
        ("mandag", "før 9"): 1, ("mandag", "9–11"): 2, ("onsdag", "13–15"): 3, ("fredag", "etter 15"): 4,
        ("helg", "etter 15"): 5,
    }  # fmt: skip


def test_a_cell_of_few_is_hidden_with_the_next_smallest_and_over_the_year_too() -> None:
    found = hours(numbers({"1-9": (2, 2), "2-9": (7, 7), "3-9": (30, 9)}, {"1-9": (8, 8), "3-9": (9, 9)}))
    assert found["mandag", "9–11"] is None
    assert found["tirsdag", "9–11"] is None
    assert found["onsdag", "9–11"] == 39


@given(st.tuples(*[st.dictionaries(codes, st.integers(1, 9).map(lambda n: (n, n)), max_size=12)] * 2))
def test_no_hidden_cell_follows_from_the_others(halves: tuple[dict[str, tuple[int, int]], ...]) -> None:
    """The attacker knows the whole of each half-year and every cell shown, for each half and for the year."""
    found = numbers(*halves)
    totals = [sum(n for n, _people in cells.values()) for cells in halves]
    if any(0 < n < FEWEST for n in totals):
        return
    told: dict[object, int] = {}
    sums: list[tuple[object, list[object]]] = []
    for half, n in zip(HALVES, totals, strict=True):
        real, shown = hours(found, is_own=True, halves=(half,)), hours(found, halves=(half,))
        told |= {(half, place): n for place, n in shown.items() if n is not None} | {half: n}
        sums.append((half, [(half, place) for place in real]))
    told |= {("year", place): n for place, n in hours(found).items() if n is not None}
    places = {place for half in HALVES for place in hours(found, is_own=True, halves=(half,))}
    sums += [(("year", place), [(half, place) for half in HALVES]) for place in places]
    attacker = Attacker(sums, told)
    determined, limits = attacker.determined(), attacker.limits()
    for half in HALVES:
        for place, n in hours(found, is_own=True, halves=(half,)).items():
            if n and n < FEWEST:
                assert (half, place) not in told
                assert (half, place) not in determined
                assert limits[half, place][1] >= FEWEST


@pytest.fixture
def county(db: None) -> County:
    made = make_county()
    live(made, Random(8), first=date(LAST_YEAR, 1, 1), last=date(LAST_YEAR, 12, 31), cases=200)
    count_figures()
    return made


def grids(client_of: ClientOf, person: Person, unit: Unit) -> list[Grid]:
    return client_of(person).get(f"/tall/{unit.id}/", {"year": LAST_YEAR}).context["page"].grids


def test_whoever_reads_every_incident_finds_each_in_a_cell(client_of: ClientOf, county: County) -> None:
    office = county.offices[0]
    found = {
        grid.title: sum_of(grid) for grid in grids(client_of, somebody(office, Role.OFFICE_LEADER), office)
    }
    counted = county.counted({date(LAST_YEAR, 1, 1): date(LAST_YEAR, 12, 31)})
    assert found["Når på dagen og i uken"] == counted["incidents", "", office.id, date(LAST_YEAR, 1, 1)]
    assert found["Hva det var"] == sum(
        n
        for (measure, _code, unit, _first), n in counted.items()
        if (measure, unit) == ("natures", office.id)
    )


def test_from_above_they_are_seen_for_all_one_sees_and_for_no_part_of_it(
    client_of: ClientOf, county: County
) -> None:
    assert grids(client_of, county.director, county.county)
    assert not grids(client_of, county.director, county.offices[0])
    assert not grids(client_of, county.national, county.county)
