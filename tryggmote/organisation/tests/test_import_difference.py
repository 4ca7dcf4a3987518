"""Whatever a file wants and whatever is there: done once, it is done."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tryggmote.organisation.importing.difference import Difference, changes_of, difference
from tryggmote.organisation.importing.tables import (
    PEOPLE,
    ROLES,
    TABLES,
    UNITS,
    Held,
    Present,
    Wanted,
    Wishes,
)

TODAY = date(2026, 11, 23)
DAYS = st.integers(-5, 5).map(lambda n: TODAY + timedelta(days=n))
NUMBERS = [f"P{n}" for n in range(4)]
PLACES = [("leader", "A", None, None), ("leader", "B", None, None)]


@st.composite
def files(draw: st.DrawFn) -> Wishes:
    """Some people, and some roles for them, with and without days."""
    staff = draw(st.lists(st.sampled_from(NUMBERS), unique=True))
    people = [Wanted((n,), {"name": draw(st.sampled_from("ab")), "ended_on": None}) for n in staff]
    keys = (
        draw(st.lists(st.sampled_from([(n, *p) for n in staff for p in PLACES]), unique=True))
        if staff
        else []
    )
    roles = []
    for key in keys:
        starts, ends = draw(st.none() | DAYS), draw(st.none() | DAYS)
        is_backward = starts is not None and ends is not None and ends < starts
        roles.append(Wanted(key, {"starts_on": starts, "ends_on": None if is_backward else ends}))
    return {PEOPLE.name: people, ROLES.name: roles}


def carry_out(present: Present, found: Difference) -> Present:
    """What the database would hold afterwards."""
    numbers = count(1 + max((row.id for rows in present.values() for row in rows), default=0))
    after: Present = {}
    for table in found.tables:
        changed: dict[int, dict[str, Any]] = {}
        for change in changes_of(table):
            assert change.row.id not in changed, "a row is changed once"
            changed[change.row.id] = dict(change.values)
        after[table.table.name] = [
            Held(row.id, row.key, {**row.values, **changed.get(row.id, {})})
            for row in present[table.table.name]
        ] + [Held(next(numbers), wish.key, dict(wish.values)) for wish in table.added]
    return after


def nothing() -> Present:
    return {table.name: [] for table in TABLES}


@settings(max_examples=200, deadline=None)
@given(st.lists(files(), max_size=4))
def test_any_row_of_files_ends_in_what_the_last_one_says_and_the_last_one_twice_changes_nothing(
    story: list[Wishes],
) -> None:
    present = nothing()
    for file in story:
        found = difference(present, file, TODAY)
        before = {table: {row.id for row in rows} for table, rows in present.items()}
        present = carry_out(present, found)
        assert all(before[table] <= {row.id for row in rows} for table, rows in present.items()), (
            "none deleted"
        )
        assert difference(present, file, TODAY).size == 0
        going_on = {row.key for row in present[PEOPLE.name] if row.values["ended_on"] is None}
        assert going_on == {wish.key for wish in file[PEOPLE.name]}
        wanted = {
            w.key for w in file[ROLES.name] if w.values["ends_on"] is None or w.values["ends_on"] > TODAY
        }
        held = {
            r.key for r in present[ROLES.name] if r.values["ends_on"] is None or r.values["ends_on"] > TODAY
        }
        assert held == wanted


@given(files(), files(), st.integers(0, 3))
def test_the_same_file_on_a_later_day_changes_nothing_but_what_time_has_changed(
    first: Wishes, second: Wishes, days: int
) -> None:
    present = carry_out(nothing(), difference(nothing(), first, TODAY))
    present = carry_out(present, difference(present, second, TODAY))
    assert difference(present, second, TODAY + timedelta(days=days)).size == 0


def test_what_the_file_leaves_out_stays() -> None:
    unit = Held(1, ("A",), {"name": "A", "kind": "office", "ended_on": None})
    assert difference({**nothing(), UNITS.name: [unit]}, {PEOPLE.name: []}, TODAY).size == 0


def test_ending_more_than_a_fifth_is_noticed_in_each_table() -> None:
    rows = [Held(n, (f"P{n}",), {"name": "a", "ended_on": None}) for n in range(10)]
    present = {**nothing(), PEOPLE.name: rows}
    for kept, is_too_many in ((8, False), (7, True)):
        wishes = {PEOPLE.name: [Wanted((f"P{n}",), {"name": "a", "ended_on": None}) for n in range(kept)]}
        assert bool(difference(present, wishes, TODAY).ends_too_many) is is_too_many


def test_nobody_who_left_long_ago_is_ended_again() -> None:
    gone = Held(1, ("P1",), {"name": "a", "ended_on": TODAY - timedelta(days=900)})
    assert difference({**nothing(), PEOPLE.name: [gone]}, {PEOPLE.name: []}, TODAY).size == 0
