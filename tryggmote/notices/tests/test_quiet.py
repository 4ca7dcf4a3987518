"""Quiet hours: nothing rings inside them, nothing waits beyond their end, nights of the clock change too."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tryggmote.notices.quiet import QuietHours
from tryggmote.organisation.workdays import OSLO, is_workday

hours = st.builds(QuietHours, st.integers(0, 23), st.integers(0, 23), st.booleans())
# Two years with both Easters, both Christmases and four changes of the clock, to the second.
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
near_a_change = st.builds(
    lambda change, minutes: change + timedelta(minutes=minutes),
    st.sampled_from([datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)]),
    st.integers(-36 * 60, 36 * 60),
)
QUARTER = timedelta(minutes=15)


@given(quiet=hours, moment=moments | near_a_change)
@example(QuietHours(17, 2, days_off=False), datetime(2026, 3, 29, 0, 30, tzinfo=UTC))
@example(QuietHours(22, 3, days_off=False), datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
@settings(max_examples=300)
def test_nothing_leaves_inside_them_and_nothing_waits_beyond_their_end(
    quiet: QuietHours, moment: datetime
) -> None:
    opens = quiet.next_open(moment)
    assert opens >= moment
    assert not quiet.cover(opens)
    if quiet.cover(moment):
        # Every quarter of an hour on the way, by the world's clock, is quiet.
        assert opens.astimezone(OSLO).minute == 0
        steps = int((opens.timestamp() - moment.timestamp() - 1) // QUARTER.total_seconds())
        assert all(quiet.cover(moment + QUARTER * step) for step in range(steps + 1))
        assert quiet.cover(opens.astimezone(UTC) - timedelta(seconds=1))
    else:
        assert opens == moment


@given(moment=moments)
def test_as_it_comes_a_phone_rings_only_in_working_hours(moment: datetime) -> None:
    local = moment.astimezone(OSLO)
    is_working_hour = is_workday(local.date()) and 7 <= local.hour < 17
    assert QuietHours().cover(moment) != is_working_hour


@given(moment=moments, hour=st.integers(0, 23))
def test_the_same_hour_twice_is_no_quiet_hours_at_all(moment: datetime, hour: int) -> None:
    assert QuietHours(hour, hour, days_off=False).next_open(moment) == moment


@pytest.mark.parametrize(
    ("told", "rings"),
    [
        ("2026-11-26 16:59", "2026-11-26 16:59"),
        ("2026-11-26 17:00", "2026-11-27 07:00"),
        ("2026-11-27 18:00", "2026-11-30 07:00"),  # a Friday
        ("2026-04-01 18:00", "2026-04-07 07:00"),  # Easter
        ("2026-03-27 18:00", "2026-03-30 07:00"),  # the clock is put forward in between
        ("2026-10-23 18:00", "2026-10-26 07:00"),  # and back
    ],
)
def test_what_is_told_in_the_evening_rings_next_morning_at_work(told: str, rings: str) -> None:
    moment = datetime.fromisoformat(told).replace(tzinfo=OSLO)
    assert QuietHours().next_open(moment) == datetime.fromisoformat(rings).replace(tzinfo=OSLO)
