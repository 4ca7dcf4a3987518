"""The picture of a year, and when what comes again is due: rules without a database."""

from datetime import date, timedelta
from itertools import pairwise
from math import atan2, hypot, pi

from hypothesis import given
from hypothesis import strategies as st

from tryggmote.cycle.registry import Event, Span
from tryggmote.cycle.rules import due_days, plans_next_year
from tryggmote.cycle.vocabulary import Kind, State
from tryggmote.cycle.wheel import LANES, MARK_WIDTH, MONTHS_INSIDE, SIZE, Point, wheel_of

YEARS = st.integers(2020, 2040)
MIDDLE = SIZE / 2


def event(on: date, *, is_done: bool = False) -> Event:
    return Event(Kind.TEST, "1", 1, on, "Test", "/", "3.5", is_done=is_done)


def turn_of(point: Point) -> float:
    """How far round from the top, clockwise, from 0 to 1."""
    return (atan2(point.x - MIDDLE, MIDDLE - point.y) / (2 * pi)) % 1


def days_of(year: int) -> st.SearchStrategy[list[date]]:
    return st.lists(st.dates(date(year, 1, 1), date(year, 12, 31)), max_size=60)


@given(data=st.data(), year=YEARS)
def test_every_mark_stands_inside_the_ring_at_its_day(data: st.DataObject, year: int) -> None:
    days = data.draw(days_of(year))
    marks = wheel_of(map(event, days), year=year, today=date(year, 6, 1)).marks
    assert sorted(mark.event.on for mark in marks) == sorted(days)
    for mark in marks:
        radius = hypot(mark.at.x - MIDDLE, mark.at.y - MIDDLE)
        assert LANES[-1] - 1 <= radius <= MONTHS_INSIDE - MARK_WIDTH / 2 + 1
        share = (mark.event.on - date(year, 1, 1)).days / (date(year + 1, 1, 1) - date(year, 1, 1)).days
        away = abs(turn_of(mark.at) - share)
        assert min(away, 1 - away) < 0.001


@given(year=YEARS)
def test_the_months_follow_each_other_clockwise_from_the_top(year: int) -> None:
    slices = wheel_of([], year=year, today=date(year, 6, 1)).slices
    assert [each.first.month for each in slices] == list(range(1, 13))
    turns = [turn_of(each.outer) for each in slices]
    assert turns == sorted(turns)
    assert turns[0] == 0
    assert all(turn < turn_of(each.name) for turn, each in zip(turns, slices, strict=True))


@given(st.lists(st.sampled_from([date(2028, 2, 29), date(2028, 3, 1)]), max_size=len(LANES)))
def test_marks_of_the_same_days_cover_none_while_there_is_room(days: list[date]) -> None:
    marks = wheel_of(map(event, days), year=2028, today=date(2028, 1, 1)).marks
    for number, one in enumerate(marks):
        for other in marks[number + 1 :]:
            assert hypot(one.at.x - other.at.x, one.at.y - other.at.y) >= MARK_WIDTH - 0.5


def test_a_leap_day_moves_the_rest_of_the_year() -> None:
    def first_of_march(year: int) -> float:
        return turn_of(wheel_of([event(date(year, 3, 1))], year=year, today=date(year, 1, 1)).marks[0].at)

    assert first_of_march(2028) > first_of_march(2027)


def test_today_is_marked_in_its_own_year_only() -> None:
    assert wheel_of([], year=2026, today=date(2026, 11, 26)).now is not None
    assert wheel_of([], year=2027, today=date(2026, 11, 26)).now is None


def test_what_is_not_done_is_missed_from_the_day_after() -> None:
    today = date(2026, 11, 26)
    assert event(today).state(today) == State.COMING
    assert event(today - timedelta(days=1)).state(today) == State.MISSED
    assert event(today - timedelta(days=1), is_done=True).state(today) == State.DONE


def span(year: int, today: date) -> Span:
    return Span((1,), date(year, 1, 1), date(year, 12, 31), today)


TODAY = date(2026, 11, 26)


def test_something_comes_again_after_its_interval_in_this_year_and_the_next() -> None:
    due = date(2026, 12, 10)
    assert list(due_days(due, 3, span(2026, TODAY))) == [due]
    assert list(due_days(due, 3, span(2027, TODAY))) == [date(2027, month, 10) for month in (3, 6, 9, 12)]


def test_what_is_late_stands_on_its_day_and_the_next_is_counted_from_today() -> None:
    assert list(due_days(date(2026, 3, 1), 12, span(2026, TODAY))) == [date(2026, 3, 1)]
    assert list(due_days(date(2026, 3, 1), 12, span(2027, TODAY))) == [date(2027, 11, 26)]


def test_what_is_due_on_a_leap_day_comes_again_on_the_last_of_february() -> None:
    leap = date(2028, 2, 29)
    assert list(due_days(leap, 12, span(2028, date(2028, 1, 10)))) == [leap]
    assert list(due_days(leap, 12, span(2029, date(2028, 1, 10)))) == [date(2029, 2, 28)]


def test_what_was_due_before_the_year_or_never_was_done_is_to_be_done_today() -> None:
    assert list(due_days(date(2025, 3, 1), 12, span(2026, TODAY))) == [TODAY]
    assert list(due_days(None, 12, span(2026, TODAY))) == [TODAY]
    assert list(due_days(None, 12, span(2027, TODAY))) == [date(2027, 11, 26)]
    assert list(due_days(None, 12, span(2025, TODAY))) == []


@given(
    due_on=st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    months=st.integers(1, 60),
    year=st.integers(2024, 2029),
)
def test_days_are_of_the_year_in_order_and_at_least_an_interval_apart(
    due_on: date | None, months: int, year: int
) -> None:
    days = list(due_days(due_on, months, span(year, TODAY)))
    assert all(day.year == year for day in days)
    assert all(later - earlier >= timedelta(days=28 * months) for earlier, later in pairwise(days))


def test_the_next_year_is_proposed_in_november_and_december() -> None:
    assert [month for month in range(1, 13) if plans_next_year(date(2026, month, 5))] == [11, 12]
