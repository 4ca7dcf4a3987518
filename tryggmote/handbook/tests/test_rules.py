"""When an opening counts and what is new to a reader: pure."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tryggmote.handbook.rules import Opened, opened_now
from tryggmote.ui.dates import OSLO, oslo_midnight

MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=OSLO)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))


def after(visits: list[datetime]) -> Opened:
    """What is remembered of somebody who opened the book at these moments."""
    remembered = None
    for visit in visits:
        began = oslo_midnight(visit.astimezone(OSLO).date())
        remembered = opened_now(remembered, visit, day_began_at=began)
    assert remembered is not None
    return remembered


def test_the_first_time_nothing_is_new() -> None:
    assert after([MORNING]).news_since == MORNING


def test_what_is_new_stays_new_the_whole_day() -> None:
    last_week = MORNING - timedelta(days=7)
    assert after([last_week, MORNING, MORNING + timedelta(hours=5)]).news_since == last_week


def test_the_next_day_counts_from_this_one() -> None:
    assert after([MORNING - timedelta(days=7), MORNING, MORNING + timedelta(days=1)]).news_since == MORNING


@given(visits=st.lists(moments, min_size=1, max_size=12).map(sorted))
def test_no_change_since_the_last_time_is_ever_left_out(visits: list[datetime]) -> None:
    remembered = after(visits)
    assert remembered.news_since <= visits[-2 if len(visits) > 1 else -1]
    assert remembered.opened_at <= visits[-1]
    assert remembered.before_at is None or remembered.before_at < remembered.opened_at


@given(visits=st.lists(moments, min_size=1, max_size=12).map(sorted))
def test_at_most_one_opening_a_day_is_written_down(visits: list[datetime]) -> None:
    remembered = after(visits)
    first_that_day = min(
        visit for visit in visits if visit.astimezone(OSLO).date() == visits[-1].astimezone(OSLO).date()
    )
    assert remembered.opened_at == first_that_day
