"""The database counts working days as Python does: one calendar, made from the other."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tryggmote.organisation.workdays import OSLO, add_workdays, is_workday
from tryggmote.organisation.workdays_in_sql import FIRST, LAST

pytestmark = pytest.mark.django_db
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2048, 12, 31), timezones=st.just(UTC))


def test_every_day_is_the_same_kind_of_day() -> None:
    days = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
    with connection.cursor() as cursor:
        cursor.execute("select day from unnest(%s::date[]) day where app.is_workday(day)", [days])
        assert [day for (day,) in cursor.fetchall()] == [day for day in days if is_workday(day)]


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moment=MOMENTS, days=st.integers(0, 25))
def test_a_deadline_falls_at_the_same_moment(moment: datetime, days: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select app.add_workdays(%s, %s)", [moment, days])
        (in_sql,) = cursor.fetchone()
    in_python = add_workdays(moment, days)
    # An hour that is there twice or not at all when the clock changes is told by each in its own way.
    assert abs(in_sql - in_python) <= timedelta(hours=1)
    assert in_sql.astimezone(OSLO).date() == in_python.date()


def test_easter_is_skipped() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select app.add_workdays('2026-03-31 12:00+02', 2)::timestamptz")
        (found,) = cursor.fetchone()
    assert found.astimezone(OSLO).date() == date(2026, 4, 7)
