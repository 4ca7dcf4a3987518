"""Who sits for which party, which quarter is over, and when minutes may be sent (1.3, AML § 7-2)."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.forums.rules import (
    OWNERS,
    PARTIES,
    kinds_for,
    last_day_to_review,
    last_quarter_end,
    next_meeting_by,
    proposed_points,
    quarters_to_review,
    readiness,
    side_of,
    sides_of,
)
from tryggmote.forums.vocabulary import MeetingKind, Side, Source
from tryggmote.organisation.models import UnitKind
from tryggmote.organisation.roles import Role

days = st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31))


@pytest.mark.parametrize(
    ("roles", "is_state", "side"),
    [
        ({Role.COUNTY_DIRECTOR}, True, Side.STATE),
        ({Role.MUNICIPAL_DIRECTOR}, False, Side.MUNICIPAL),
        ({Role.OFFICE_LEADER}, True, Side.STATE),
        ({Role.OFFICE_LEADER}, False, None),
        ({Role.SAFETY_REPRESENTATIVE}, True, None),
    ],
)
def test_the_owners_of_an_office_are_the_state_and_the_municipality(
    roles: set[Role], is_state: bool, side: Side | None
) -> None:
    assert side_of(MeetingKind.PARTNERSHIP, roles, is_state=is_state) == side


def test_a_leader_never_sits_for_the_employees() -> None:
    for kind in MeetingKind:
        roles = {Role.LEADER, Role.SAFETY_REPRESENTATIVE}
        assert side_of(kind, roles, is_state=False) != Side.EMPLOYEES


def test_only_an_office_has_a_partnership() -> None:
    assert MeetingKind.PARTNERSHIP in kinds_for("office")
    for kind in ("directorate", "county", "municipality", "contact_centre", "special", "department", "team"):
        assert MeetingKind.PARTNERSHIP not in kinds_for(kind)


def test_the_owners_alone_take_up_what_was_serious() -> None:
    assert [kind for kind in MeetingKind if Source.SERIOUS in proposed_points(kind)] == [
        MeetingKind.PARTNERSHIP
    ]
    assert sides_of(MeetingKind.PARTNERSHIP) == OWNERS
    assert all(sides_of(kind) == PARTIES for kind in MeetingKind if kind != MeetingKind.PARTNERSHIP)


@given(today=days)
def test_the_last_quarter_is_over_and_the_next_one_is_not(today: date) -> None:
    end = last_quarter_end(today)
    assert end < today
    assert (today - end).days <= 92
    following = end + timedelta(days=1)
    assert following.day == 1
    assert following.month in (1, 4, 7, 10)


@given(today=days, reviewed=st.none() | days, ahead=st.integers(0, 800))
def test_a_committee_has_every_quarter_before_it_once_from_the_last_that_is_over(
    today: date, reviewed: date | None, ahead: int
) -> None:
    until = today + timedelta(days=ahead)
    reviewed_until = last_quarter_end(reviewed) if reviewed else None
    quarters = list(quarters_to_review(reviewed_until, until=until, today=today))
    assert all(quarter <= until and quarter >= last_quarter_end(today) for quarter in quarters)
    assert all(reviewed_until is None or quarter > reviewed_until for quarter in quarters)
    assert all(last_day_to_review(one) == other for one, other in pairwise(quarters))


def test_a_quarter_is_gone_through_before_the_next_is_over_also_across_a_leap_day() -> None:
    assert last_day_to_review(date(2027, 12, 31)) == date(2028, 3, 31)
    assert last_day_to_review(date(2028, 3, 31)) == date(2028, 6, 30)


def test_only_a_place_of_its_own_has_its_work_gone_through_by_its_leaders() -> None:
    having = [kind for kind in UnitKind if MeetingKind.MANAGEMENT_REVIEW in kinds_for(kind)]
    assert having == [UnitKind.OFFICE, UnitKind.CONTACT_CENTRE, UnitKind.SPECIAL]
    assert Source.AIMS in proposed_points(MeetingKind.MANAGEMENT_REVIEW)


def test_a_leap_day_is_followed_by_the_last_of_february() -> None:
    assert next_meeting_by(MeetingKind.MANAGEMENT_REVIEW, date(2028, 2, 29)) == date(2029, 2, 28)
    assert next_meeting_by(MeetingKind.STAFF, date(2028, 2, 29)) is None


def test_minutes_are_ready_when_everything_is_written_and_both_parties_were_there() -> None:
    points = [("Status", "Gått gjennom."), ("Tiltak", " ")]
    both = [("state", True), ("municipal", True)]
    assert readiness(MeetingKind.PARTNERSHIP, points, both).empty_points == ["Tiltak"]
    assert readiness(MeetingKind.PARTNERSHIP, points[:1], both).is_ready
    absent = readiness(MeetingKind.PARTNERSHIP, points[:1], [("state", True), ("municipal", False)])
    assert absent.absent_sides == [Side.MUNICIPAL]
