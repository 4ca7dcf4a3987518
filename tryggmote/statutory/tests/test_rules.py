"""Deadlines as the law and the calendar have them: weekends, public holidays, daylight saving, leap years."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tryggmote.organisation.workdays import OSLO, is_workday
from tryggmote.statutory.legal_data import legal_data
from tryggmote.statutory.rules import (
    claim_lost_on,
    earliest_claimable,
    is_notice_complete,
    judge_by,
    register_by,
    reminded_on,
    reminders_due,
    report_by,
)
from tryggmote.statutory.vocabulary import NoticeStep


def oslo(*when: int) -> datetime:
    return datetime(*when, tzinfo=OSLO)  # type: ignore[misc, arg-type]


def test_whether_to_notify_is_judged_the_same_day_in_oslo() -> None:
    # 23.30 UTC on 1 June is half past one on 2 June in Oslo.
    assert judge_by(datetime.fromisoformat("2026-06-01T23:30:00+00:00")) == oslo(2026, 6, 3)
    assert judge_by(oslo(2026, 6, 1, 8)) == oslo(2026, 6, 2)


def test_a_day_with_25_hours_ends_at_midnight_all_the_same() -> None:
    assert judge_by(oslo(2026, 10, 25, 1)) == oslo(2026, 10, 26)
    assert judge_by(oslo(2026, 3, 29, 1)) == oslo(2026, 3, 30)


def test_five_working_days_pass_over_easter() -> None:
    # Maundy Thursday 2 April to Easter Monday 6 April 2026 are holidays.
    wednesday = oslo(2026, 4, 1, 12)
    assert register_by(wednesday) == oslo(2026, 4, 13, 12)
    assert report_by(wednesday) == oslo(2026, 4, 13, 12)


def test_the_clock_stays_the_same_when_summer_time_begins() -> None:
    assert report_by(oslo(2026, 3, 26, 9)) == oslo(2026, 4, 7, 9)


def test_the_claim_is_lost_a_year_after_also_from_leap_day() -> None:
    assert claim_lost_on(date(2026, 11, 26)) == date(2027, 11, 26)
    assert claim_lost_on(date(2028, 2, 29)) == date(2029, 2, 28)


def test_a_reminder_that_would_come_on_a_holiday_comes_on_the_working_day_before() -> None:
    # 30 days before 16 June 2027 is 17 May, the national day (a Monday); the weekend is before it.
    assert reminded_on(date(2026, 6, 16), 30) == date(2027, 5, 14)


def test_reminders_come_in_turn_and_stop_with_the_limit() -> None:
    happened_on = date(2026, 1, 15)
    assert reminders_due(happened_on, date(2026, 6, 1)) == []
    assert reminders_due(happened_on, reminded_on(happened_on, 90) - timedelta(days=1)) == []
    assert reminders_due(happened_on, reminded_on(happened_on, 90)) == [90]
    assert reminders_due(happened_on, reminded_on(happened_on, 30)) == [90, 30]
    assert reminders_due(happened_on, claim_lost_on(happened_on)) == [90, 30, 7]
    assert reminders_due(happened_on, claim_lost_on(happened_on) + timedelta(days=1)) == []


@given(st.dates(date(2021, 1, 1), date(2045, 1, 1)))
def test_every_reminder_comes_on_a_working_day_before_the_limit(happened_on: date) -> None:
    for days in legal_data().report.remind_days_before:
        day = reminded_on(happened_on, days)
        assert is_workday(day)
        assert day <= claim_lost_on(happened_on) - timedelta(days=days)


@given(st.dates(date(2021, 1, 1), date(2045, 1, 1)), st.integers(0, 370))
def test_the_job_looks_at_everything_that_can_still_be_claimed(happened_on: date, later: int) -> None:
    today = happened_on + timedelta(days=later)
    if today <= claim_lost_on(happened_on):
        assert happened_on >= earliest_claimable(today)


def test_a_notice_is_complete_with_both_calls_the_confirmation_and_the_copy() -> None:
    every = set(NoticeStep.values)
    assert is_notice_complete(every)
    for step in every:
        assert not is_notice_complete(every - {step})
