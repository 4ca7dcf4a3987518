"""How long things are kept is data, and the database and the pages count alike."""

from datetime import date
from typing import get_args

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tryggmote.incidents.kept import KeptTimes, What, deleted_from, kept_times
from tryggmote.police.vocabulary import DECISIONS, ENDINGS, NEWS, Deed


def asked(sql: str, *values: object) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]


def test_every_time_says_which_provision_it_is_taken_from() -> None:
    assert set(get_args(What)) == set(KeptTimes.model_fields) - {"version"}
    for what in get_args(What):
        assert "§" in kept_times().of(what).basis


def test_the_last_day_of_a_short_month_stands_for_the_days_it_lacks() -> None:
    assert deleted_from("incident", date(2028, 2, 29)) == date(2031, 2, 28)


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(get_args(What)), st.dates(date(2020, 1, 1), date(2060, 12, 31)))
def test_the_database_deletes_from_the_day_the_page_says(what: What, start: date) -> None:
    assert asked("select app.deleted_from(%s, %s)", what, start) == deleted_from(what, start)


@pytest.mark.django_db
@pytest.mark.parametrize("deed", [*DECISIONS, Deed.FILED, *NEWS])
def test_a_police_matter_is_over_when_it_is_not_reported_or_has_an_ending(deed: Deed) -> None:
    is_over = deed in (Deed.NOT_REPORT, *ENDINGS)
    assert asked("select app.police_matter_is_over(%s)", deed.value) is is_over
