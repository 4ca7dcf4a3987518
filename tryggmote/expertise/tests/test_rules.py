"""Who asks and who answers, and when a request is late (1.2)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.expertise.rules import may_ask, may_list, may_record, state_on
from tryggmote.expertise.vocabulary import ADVISERS, Kind, State
from tryggmote.organisation.standing import Standing

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 1, 1))


def standing(*what: str) -> Standing:
    return Standing(
        sees=True, leads="leads" in what, represents="represents" in what, oversees="oversees" in what
    )


@pytest.mark.parametrize(
    ("what", "asks", "lists", "records"),
    [
        ("", False, False, False),
        ("oversees", False, True, False),
        ("represents", True, True, False),
        ("leads", True, True, True),
    ],
)
def test_who_asks_who_sees_and_who_records(what: str, asks: bool, lists: bool, records: bool) -> None:
    held = standing(what)
    assert (may_ask(held), may_list(held), may_record(held)) == (asks, lists, records)


@given(wanted_by=DAYS, days=st.integers(-400, 400))
def test_a_request_is_late_from_the_day_after_and_not_before(wanted_by: date, days: int) -> None:
    state = state_on(
        wanted_by + timedelta(days=days), wanted_by=wanted_by, is_answered=False, is_withdrawn=False
    )
    assert state is (State.LATE if days > 0 else State.WAITING)


@given(wanted_by=DAYS, day=DAYS, is_answered=st.booleans())
def test_what_is_answered_or_withdrawn_is_never_late(wanted_by: date, day: date, is_answered: bool) -> None:
    closed = state_on(day, wanted_by=wanted_by, is_answered=is_answered, is_withdrawn=not is_answered)
    assert closed is (State.ANSWERED if is_answered else State.WITHDRAWN)


def test_kinds_that_are_answered_here_are_named_as_the_roles_that_answer() -> None:
    assert {kind.role for kind in Kind} == {*ADVISERS, None}
    assert [kind for kind in Kind if kind.role is None] == [Kind.POLICE, Kind.OTHER]
