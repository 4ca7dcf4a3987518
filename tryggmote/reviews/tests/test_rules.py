"""When a review is due, when it counts, and who signs (3.1)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.organisation.standing import Standing
from tryggmote.organisation.workdays import add_workdays
from tryggmote.premises.vocabulary import RoomKind
from tryggmote.reviews import checklists
from tryggmote.reviews.checklists import BUILDING
from tryggmote.reviews.rules import (
    asked_for_if_reviewed_by,
    is_complete,
    is_in_use_unreviewed,
    is_signed,
    next_review_by,
    signature_late_after,
    signs_as,
)
from tryggmote.reviews.vocabulary import Answer, Capacity

days = st.dates(date(2020, 1, 1), date(2100, 1, 1))


def standing(*, leads: bool = False, represents: bool = False) -> Standing:
    return Standing(sees=True, leads=leads, represents=represents, oversees=False)


def test_the_building_is_reviewed_again_within_a_year() -> None:
    assert next_review_by(date(2026, 3, 4)) == date(2027, 3, 4)
    assert next_review_by(date(2024, 2, 29)) == date(2025, 2, 28)


@given(days, days)
def test_a_review_is_asked_for_from_a_month_before_it_is_due(last: date, today: date) -> None:
    is_asked = last <= asked_for_if_reviewed_by(today)
    days_left = (next_review_by(last) - today).days
    if days_left > 30:
        assert not is_asked
    if days_left < 30:
        assert is_asked


def test_both_sides_sign_and_two_of_one_side_are_not_enough() -> None:
    assert is_signed([Capacity.LEADER, Capacity.REPRESENTATIVE])
    assert not is_signed([Capacity.LEADER, Capacity.LEADER])
    assert not is_signed([])


def test_one_signs_as_what_one_is() -> None:
    assert signs_as(standing(leads=True)) is Capacity.LEADER
    assert signs_as(standing(represents=True)) is Capacity.REPRESENTATIVE
    assert signs_as(standing()) is None


@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))
def test_a_missing_signature_is_reminded_of_after_ten_working_days(begun: datetime) -> None:
    late = signature_late_after(begun)
    assert late == add_workdays(begun, 10)
    assert late - begun >= timedelta(days=10)


@pytest.mark.parametrize(
    ("in_use_on", "is_reviewed", "is_ended", "expected"),
    [
        (date(2026, 5, 4), False, False, True),
        (date(2026, 5, 3), False, False, True),
        (date(2026, 5, 5), False, False, False),
        (date(2026, 5, 3), True, False, False),
        (date(2026, 5, 3), False, True, False),
    ],
)
def test_a_change_is_in_use_unreviewed_from_its_day_until_somebody_has_looked(
    in_use_on: date, is_reviewed: bool, is_ended: bool, expected: bool
) -> None:
    today = date(2026, 5, 4)
    assert (
        is_in_use_unreviewed(in_use_on, is_reviewed=is_reviewed, is_ended=is_ended, today=today) is expected
    )


@pytest.mark.parametrize("place", [BUILDING, *RoomKind.values])
def test_there_is_something_to_look_at_everywhere_and_a_measure_for_each_of_it(place: str) -> None:
    points = checklists.current().points_at(place)
    assert points
    assert all(str(point.fix) for point in points)


@given(st.data())
def test_a_place_is_gone_through_when_every_point_has_an_answer(data: st.DataObject) -> None:
    points = checklists.current().points_at(RoomKind.MEETING_ROOM)
    answers = {
        point.code: data.draw(st.sampled_from([*Answer.values, "", "perhaps"]), point.code)
        for point in points
    }
    assert is_complete(answers, points) == all(answer in Answer.values for answer in answers.values())
