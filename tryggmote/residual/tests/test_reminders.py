"""Leaders are reminded 60, 30 and 7 days before a residual risk runs out (3.0)."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.notices.models import Notice
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.residual.models import Record
from tryggmote.residual.reminders import remind_of_reviews
from tryggmote.residual.rules import REMINDED_DAYS_BEFORE, reminder_due
from tryggmote.residual.tests.helpers import (
    approved_by,
    in_force,
    rewritten_by,
    spoken_by,
    withdrawn_by,
)

LONG_BEFORE = date(2026, 1, 1)


@pytest.fixture
def office(db: None) -> Office:
    return make_office()


@pytest.fixture
def record(office: Office) -> Record:
    """It holds for 200 days."""
    return in_force(office)


def on_the_day(record: Record, days_before: int) -> int:
    """The job of the morning so many days before it runs out."""
    assert record.review_on
    return remind_of_reviews(today=record.review_on - timedelta(days=days_before))


def told() -> list[tuple[int, str]]:
    found = Notice.objects.filter(kind__startswith="residual.runs_out").order_by("created_at")
    return [(notice.person_id, notice.kind) for notice in found]


def test_its_leader_is_reminded_three_times_though_none_is_opened(office: Office, record: Record) -> None:
    reminded = [days for days in range(70, -3, -1) if on_the_day(record, days)]
    assert reminded == [60, 30, 7]
    assert told() == [(office.office_leader.id, f"residual.runs_out_{days}") for days in (60, 30, 7)]


def test_mornings_the_job_did_not_run_are_made_up_for_with_one_reminder(
    office: Office, record: Record
) -> None:
    assert on_the_day(record, 5) == 1
    assert on_the_day(record, 5) == on_the_day(record, 4) == 0
    assert [kind for _person, kind in told()] == ["residual.runs_out_7"]


def test_what_is_gone_through_holds_anew_and_is_reminded_of_anew(office: Office, record: Record) -> None:
    on_the_day(record, 7)
    rewritten_by(office.office_leader, record)
    spoken_by(office.safety_representative, record)
    approved_by(office.office_leader, record, review_on=timezone.localdate() + timedelta(days=300))
    assert on_the_day(record, 7) == 0
    record.refresh_from_db()
    assert on_the_day(record, 60) == 1


def test_what_is_withdrawn_is_not_reminded_of(office: Office, record: Record) -> None:
    withdrawn_by(office.office_leader, record)
    assert on_the_day(record, 30) == 0


def test_the_notice_names_place_and_day_and_never_what_was_written(office: Office, record: Record) -> None:
    on_the_day(record, 30)
    notice = Notice.objects.get(kind="residual.runs_out_30")
    assert record.review_on
    day = f"{record.review_on.day}.{record.review_on.month}.{record.review_on.year}"
    assert notice.context == {"unit": office.unit.name, "day": day}
    assert notice.url == record.get_absolute_url()


@given(st.integers(1, 366), st.integers(-10, 400))
def test_a_reminder_is_given_once_its_morning_has_come_and_never_on_the_day_of_approval(
    holds_for: int, left: int
) -> None:
    review_on = LONG_BEFORE + timedelta(days=holds_for)
    due = reminder_due(review_on, LONG_BEFORE, review_on - timedelta(days=left))
    if left < 0 or holds_for <= left:
        assert due is None
    else:
        nearest = [days for days in REMINDED_DAYS_BEFORE if left <= days < holds_for]
        assert due == (min(nearest) if nearest else None)


def test_the_leap_day_is_a_day_like_others() -> None:
    assert reminder_due(date(2028, 2, 29), date(2027, 3, 1), date(2028, 2, 22)) == 7
    assert reminder_due(date(2028, 2, 29), date(2027, 3, 1), date(2028, 3, 1)) is None
