"""Dates read as people say them, by the clock in Oslo, in three languages."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.ui import dates
from tryggmote.ui.dates import OSLO

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=OSLO)


@pytest.mark.parametrize(
    ("language", "today", "yesterday", "tomorrow", "other"),
    [
        ("nb", "i dag kl. 13.00", "i går kl. 13.00", "i morgen kl. 13.00", "1. desember 2026 kl. 13.00"),
        ("nn", "i dag kl. 13.00", "i går kl. 13.00", "i morgon kl. 13.00", "1. desember 2026 kl. 13.00"),
        ("en", "today at 13:00", "yesterday at 13:00", "tomorrow at 13:00", "1 December 2026 at 13:00"),
    ],
)
def test_a_moment_reads_as_people_say_it(language, today, yesterday, tomorrow, other):
    one = datetime(2026, 11, 23, 13, 0, tzinfo=OSLO)
    with translation.override(language):
        assert dates.when(one, now=NOW) == today
        assert dates.when(one - timedelta(days=1), now=NOW) == yesterday
        assert dates.when(one + timedelta(days=1), now=NOW) == tomorrow
        assert dates.when(one + timedelta(days=8), now=NOW) == other


def test_late_in_the_evening_in_utc_is_tomorrow_in_oslo():
    with translation.override("nb"):
        assert dates.when(datetime(2026, 11, 23, 23, 30, tzinfo=UTC), now=NOW) == "i morgen kl. 00.30"


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 11, 23), 24)]
)
def test_the_day_the_clock_is_turned_is_shorter_or_longer(day, hours):
    start, end = dates.oslo_day(day)
    assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=hours)


def test_yesterday_holds_across_the_night_the_clock_is_turned():
    after = datetime(2026, 10, 25, 0, 5, tzinfo=OSLO)
    with translation.override("nb"):
        assert dates.when(after - timedelta(minutes=10), now=after) == "i går kl. 23.55"
        assert dates.day(date(2026, 10, 24), today=date(2026, 10, 25)) == "i går"


def test_a_span_names_the_day_once_unless_it_ends_on_another():
    start = datetime(2026, 11, 23, 13, 0, tzinfo=OSLO)
    with translation.override("nb"):
        assert dates.span(start, start + timedelta(hours=1), now=NOW) == "i dag kl. 13.00–14.00"
        assert dates.span(start, start + timedelta(days=1), now=NOW) == "i dag kl. 13.00 – i morgen kl. 13.00"
        assert dates.span(start, None, now=NOW) == "i dag kl. 13.00"


def test_a_moment_without_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        dates.clock(datetime(2026, 11, 23, 13, 0))


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1)))
def test_every_day_begins_where_the_day_before_ends(day):
    assert dates.oslo_day(day)[0] == dates.oslo_day(day - timedelta(days=1))[1]
    assert dates.oslo_midnight(day).astimezone(OSLO).date() == day


@given(
    st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)),
    st.sampled_from(["nb", "nn", "en"]),
)
def test_any_moment_can_be_said_in_any_language(moment, language):
    with translation.override(language):
        said = dates.when(moment)
    assert said
    assert "%" not in said
