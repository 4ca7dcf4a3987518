"""The order of "Now": any duties, at any time."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.duties.registry import Duty, MeetingToday, Urgency
from tryggmote.duties.rules import in_order, is_overdue, last_day, next_to_do
from tryggmote.ui.dates import OSLO

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def duty(title: str = "", *, due_in: timedelta | None = None, urgency: int = Urgency.SOON) -> Duty:
    due = None if due_in is None else NOW + due_in
    return Duty(title, "", "/", "", due, urgency, "", "tests")


waits = st.none() | st.timedeltas(timedelta(days=-400), timedelta(days=400))
duties = st.lists(st.builds(duty, st.text(max_size=3), due_in=waits, urgency=st.sampled_from(Urgency)))


@given(duties)
def test_nothing_is_lost_and_nothing_is_added(given_duties: list[Duty]) -> None:
    assert sorted(map(repr, in_order(given_duties, NOW))) == sorted(map(repr, given_duties))


@given(duties)
def test_the_overdue_come_before_everything_else(given_duties: list[Duty]) -> None:
    overdue = [is_overdue(duty, NOW) for duty in in_order(given_duties, NOW)]
    assert overdue == sorted(overdue, reverse=True)


@given(duties)
def test_among_equals_the_more_urgent_and_then_the_sooner_comes_first(given_duties: list[Duty]) -> None:
    ordered = in_order(given_duties, NOW)
    for first, second in pairwise(ordered):
        if is_overdue(first, NOW) == is_overdue(second, NOW):
            assert first.urgency <= second.urgency
            if first.urgency == second.urgency and first.due and second.due:
                assert first.due <= second.due


@given(duties, st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_who_answered_first(given_duties: list[Duty], random: object) -> None:
    shuffled = list(given_duties)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    titles = [(duty.title, duty.due, duty.urgency) for duty in in_order(given_duties, NOW)]
    assert titles == [(duty.title, duty.due, duty.urgency) for duty in in_order(shuffled, NOW)]


def test_a_meeting_now_comes_before_a_deadline_next_week_and_after_one_that_passed() -> None:
    passed = duty("passed", due_in=timedelta(days=-1), urgency=Urgency.LATER)
    waiting = duty("waiting", urgency=Urgency.NOW)
    next_week = duty("next week", due_in=timedelta(days=7))
    assert in_order([next_week, waiting, passed], NOW) == [passed, waiting, next_week]


def test_the_next_meeting_to_do_something_about_is_not_one_that_is_over() -> None:
    def meeting(starts_in: timedelta, action: str = "Sjekk møtet") -> MeetingToday:
        starts_at = NOW + starts_in
        return MeetingToday(starts_at, starts_at + timedelta(hours=1), "", "", "/", "", action=action)

    over, checked = meeting(timedelta(hours=-3)), meeting(timedelta(minutes=5), action="")
    soon, later = meeting(timedelta(hours=1)), meeting(timedelta(hours=2))
    assert next_to_do([later, soon, checked, over], NOW) == soon
    assert next_to_do([over, checked], NOW) is None


@pytest.mark.parametrize(
    ("due", "day"),
    [
        (datetime(2026, 11, 28, tzinfo=OSLO), date(2026, 11, 27)),
        (datetime(2027, 3, 29, tzinfo=OSLO), date(2027, 3, 28)),  # the night summer time begins
        (datetime(2026, 11, 28, 8, 30, tzinfo=OSLO), None),
    ],
)
def test_what_is_due_by_the_end_of_a_day_is_told_as_that_day(due: datetime, day: date | None) -> None:
    assert last_day(due.astimezone(UTC)) == day
