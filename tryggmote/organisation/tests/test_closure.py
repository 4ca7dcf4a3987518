"""The closure says the same as walking the graph by hand, whatever shape the organisation has."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from tryggmote.access.errors import NotPossible
from tryggmote.organisation.closure import rebuild_closure
from tryggmote.organisation.models import Unit, UnitClosure, UnitParent, Workforce, WorkforceReach

pytestmark = pytest.mark.django_db
Links = set[tuple[int, int]]


@st.composite
def graphs(draw: DrawFn) -> tuple[int, Links]:
    """A number of units and (child, parent) links; a parent always has the lower number, so no rings."""
    size = draw(st.integers(1, 10))
    possible = [(child, parent) for child in range(size) for parent in range(child)]
    return size, set(draw(st.lists(st.sampled_from(possible), unique=True))) if possible else set()


def shortest_ways_up(size: int, links: Links) -> dict[tuple[int, int], int]:
    """Depth by (ancestor, descendant), found by walking upwards one step at a time."""
    found: dict[tuple[int, int], int] = {}
    for start in range(size):
        here, depth = {start}, 0
        while here:
            for unit in here:
                found.setdefault((unit, start), depth)
            here, depth = {parent for child, parent in links if child in here}, depth + 1
    return found


def store(size: int, links: Links) -> list[Unit]:
    UnitClosure.objects.all().delete()
    UnitParent.objects.all().delete()
    units = [
        Unit(code=f"T{number}", name=f"Enhet {number}", sort_key=f"enhet {number}", kind="team")
        for number in range(size)
    ]
    Unit.objects.bulk_create(units, update_conflicts=True, unique_fields=["code"], update_fields=["name"])
    UnitParent.objects.bulk_create(
        UnitParent(child=units[child], parent=units[parent]) for child, parent in links
    )
    return units


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(graphs())
def test_the_closure_holds_every_unit_above_every_unit_once_with_the_shortest_way(
    graph: tuple[int, Links],
) -> None:
    size, links = graph
    numbers = {unit.id: number for number, unit in enumerate(store(size, links))}

    rebuild_closure()

    rows = UnitClosure.objects.filter(descendant_id__in=numbers).values_list(
        "ancestor_id", "descendant_id", "depth"
    )
    assert {(numbers[up], numbers[down]): depth for up, down, depth in rows} == shortest_ways_up(size, links)


def reach() -> set[tuple[int, int, int]]:
    return set(WorkforceReach.objects.values_list("unit_id", "employer_id", "workforce_id"))


def reach_worked_out_anew() -> set[tuple[int, int, int]]:
    lines = UnitClosure.objects.values_list("ancestor_id", "descendant_id")
    employed = Workforce.objects.values_list("id", "unit_id", "employer_id")
    return {
        (above, employer, workforce)
        for above, below in lines
        for workforce, unit, employer in employed
        if unit == below
    }


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=graphs(), after=graphs())
def test_a_role_reaches_the_employees_of_every_unit_below_also_after_units_have_moved(
    before: tuple[int, Links], after: tuple[int, Links]
) -> None:
    units = store(*before)
    rebuild_closure()
    for unit in units:
        Workforce.objects.get_or_create(unit=unit, employer=units[0])
    assert reach() == reach_worked_out_anew()

    store(*after)
    rebuild_closure()
    assert reach() == reach_worked_out_anew()


def test_a_ring_is_refused_and_the_old_closure_stays() -> None:
    units = store(3, {(1, 0), (2, 1)})
    rebuild_closure()
    before = UnitClosure.objects.count()
    UnitParent.objects.create(child=units[0], parent=units[2])

    with pytest.raises(NotPossible, match="ring"):
        rebuild_closure()
    assert UnitClosure.objects.count() == before


def test_a_closure_of_a_wide_organisation_is_rebuilt_without_comparing_all_with_all() -> None:
    """A plan made for a few units takes many minutes for thousands; the right one well under a second."""
    units = [Unit(code=f"W{n}", name=f"W{n}", sort_key=f"w{n}", kind="team") for n in range(1500)]
    Unit.objects.bulk_create(units)
    UnitParent.objects.bulk_create(UnitParent(child=units[n], parent=units[n // 5]) for n in range(1, 1500))
    with connection.cursor() as cursor:
        cursor.execute("set local statement_timeout = '5min'")
    rebuild_closure()
    with connection.cursor() as cursor:
        # What the test itself cleans up may take its time.
        cursor.execute("set local statement_timeout = 0")
