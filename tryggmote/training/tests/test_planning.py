"""What the system proposes for a year, and how far it has come (4.1)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.residual.rules import Voice
from tryggmote.training.plan_vocabulary import Cause, Progress, Way
from tryggmote.training.planning import (
    Item,
    Need,
    Proposal,
    obstacles,
    progress_in,
    proposals,
    year_asked_for,
    years_open,
)
from tryggmote.training.vocabulary import Kind

MAY = date(2026, 5, 20)


def need(until: date | None = None, people: int = 3, **more: object) -> Need:
    given = {"element": "communication", "kind": Kind.PRACTICE, "is_renewal": False, **more}
    return Need(until=until, people=people, **given)  # type: ignore[arg-type]


def test_what_somebody_lacks_comes_as_soon_as_it_can() -> None:
    expected = Proposal("communication", 5, 3, Cause.MISSING, Way.SESSION)
    assert proposals([need()], year=2026, today=MAY) == [expected]
    assert [each.month for each in proposals([need()], year=2027, today=date(2026, 12, 1))] == [1]


@pytest.mark.parametrize(
    ("until", "month"),
    [
        (date(2026, 12, 31), 12),
        (date(2026, 5, 31), 5),
        (date(2026, 2, 1), 5),  # ran out already
        (date(2025, 2, 1), 5),
    ],
)
def test_what_runs_out_comes_before_it_does_and_never_in_a_month_that_has_been(
    until: date, month: int
) -> None:
    (found,) = proposals([need(until)], year=2026, today=MAY)
    assert (found.month, found.cause) == (month, Cause.RUNS_OUT)


def test_what_holds_into_the_next_year_is_not_in_this_ones_plan() -> None:
    assert proposals([need(date(2027, 1, 1))], year=2026, today=MAY) == []
    assert len(proposals([need(date(2027, 1, 1))], year=2027, today=date(2026, 12, 1))) == 1


def test_what_runs_out_in_the_same_half_of_the_year_comes_together_at_the_earliest() -> None:
    needs = [need(date(2026, month, 1), people=1) for month in (7, 9, 12)]
    assert [(each.month, each.people) for each in proposals(needs, year=2026, today=MAY)] == [(7, 3)]


def test_exercises_are_held_as_exercises_and_the_forty_hours_elsewhere() -> None:
    needs = [need(kind=Kind.EXERCISE), need(element="representative_40_hours", kind=Kind.THEORY)]
    assert [each.way for each in proposals(needs, year=2026, today=MAY)] == [Way.EXERCISE, Way.COURSE]


@given(
    st.lists(
        st.builds(
            Need,
            element=st.sampled_from(["communication", "equipment"]),
            kind=st.sampled_from(Kind),
            until=st.none() | st.dates(date(2024, 1, 1), date(2029, 12, 31)),
            is_renewal=st.booleans(),
            people=st.integers(1, 50),
        )
    ),
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.sampled_from([2026, 2027]),
)
def test_everybody_who_needs_it_in_the_year_has_a_place_in_time(
    needs: list[Need], today: date, year: int
) -> None:
    found = proposals(needs, year=year, today=today)
    due = [each for each in needs if each.until is None or each.until.year <= year]
    assert sum(each.people for each in found) == sum(each.people for each in due)
    first = today.month if year == today.year else 1
    assert all(first <= each.month <= 12 for each in found)
    for each in due:
        in_time = [p for p in found if p.element == each.element]
        last = each.until.month if each.until and each.until.year == year else first
        assert min(p.month for p in in_time) <= max(last, first)
    assert [each.month for each in found] == sorted(each.month for each in found)


@pytest.mark.parametrize(
    ("today", "open_years", "asked_for"),
    [
        (date(2026, 10, 31), [2026], 2026),
        (date(2026, 11, 1), [2026, 2027], 2026),
        (date(2026, 12, 1), [2026, 2027], 2027),
        (date(2027, 1, 1), [2027], 2027),
    ],
)
def test_next_years_plan_can_be_made_from_november_and_is_asked_for_from_december(
    today: date, open_years: list[int], asked_for: int
) -> None:
    assert years_open(today) == open_years
    assert year_asked_for(today) == asked_for


def progress(*items: tuple[int, int], done: int, today: date = MAY) -> list[Progress]:
    found = [Item(key, "communication", month, people) for key, (month, people) in enumerate(items)]
    states = progress_in(found, {"communication": done}, year=2026, today=today)
    return [states[key] for key in range(len(items))]


def test_those_who_have_gone_through_it_fill_the_earliest_first() -> None:
    assert progress((9, 3), (5, 2), done=2) == [Progress.PLANNED, Progress.DONE]
    assert progress((9, 3), (5, 2), done=3) == [Progress.STARTED, Progress.DONE]
    assert progress((9, 3), (5, 2), done=9) == [Progress.DONE, Progress.DONE]


def test_what_is_not_done_when_its_month_has_been_is_behind() -> None:
    assert progress((4, 2), done=1) == [Progress.BEHIND]
    assert progress((5, 2), done=0) == [Progress.PLANNED]
    assert progress((12, 2), done=0, today=date(2027, 1, 1)) == [Progress.BEHIND]


def test_a_plan_is_approved_when_it_says_something_and_the_representatives_are_heard() -> None:
    waits, spoke = Voice("Vilde", is_heard=False), Voice("Aksel", is_heard=True)
    assert obstacles([spoke], nobody_recorded=False, items=1) == []
    assert obstacles([], nobody_recorded=True, items=1) == []
    assert len(obstacles([], nobody_recorded=False, items=1)) == 1
    assert "Vilde" in obstacles([spoke, waits], nobody_recorded=False, items=1)[0]
    assert len(obstacles([waits], nobody_recorded=False, items=0)) == 2
