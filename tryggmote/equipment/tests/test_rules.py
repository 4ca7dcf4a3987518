"""How an item stands and when it is due (3.5): dates with edges."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.equipment.rule_sets import reason_of, rules_in_force, type_of
from tryggmote.equipment.rules import State, due_months, months_from, soon, state_of

TODAY = date(2026, 11, 26)


def state(**changes: object) -> State:
    known: dict[str, object] = {
        "ended_on": None, "is_failing": False, "passed_on": date(2026, 11, 1), "due_on": date(2027, 11, 1),
        "today": TODAY,
    }  # fmt: skip
    return state_of(**known | changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({}, State.TESTED),
        ({"due_on": TODAY}, State.SOON),
        ({"due_on": soon(TODAY)}, State.SOON),
        ({"due_on": soon(TODAY) + timedelta(days=1)}, State.TESTED),
        ({"due_on": TODAY - timedelta(days=1)}, State.LATE),
        ({"passed_on": None, "due_on": TODAY - timedelta(days=1)}, State.NEVER),
        ({"passed_on": None, "due_on": TODAY + timedelta(days=90)}, State.NEVER),
        ({"is_failing": True}, State.FAILING),
        ({"is_failing": True, "ended_on": TODAY}, State.OUT),
        ({"ended_on": TODAY + timedelta(days=1)}, State.TESTED),
    ],
)
def test_the_worst_that_fits_is_said(changes: dict[str, object], wanted: State) -> None:
    assert state(**changes) is wanted


@given(
    due_on=st.dates(date(2020, 1, 1), date(2035, 12, 31)),
    interval=st.integers(1, 60),
    today=st.dates(date(2024, 1, 1), date(2030, 12, 31)),
)
def test_the_plan_of_a_year_holds_each_turn_once_and_nothing_outside_it(
    due_on: date, interval: int, today: date
) -> None:
    year = months_from(today)
    due = due_months(due_on, interval, today)
    assert len(year) == 12
    assert set(due) <= set(year)
    assert due == sorted(due)
    steps = {relativedelta(after, before) for before, after in pairwise(due)}
    assert steps <= {relativedelta(months=interval)}
    if due_on <= today:
        assert due[0] == year[0]  # what is late is due now
        assert len(due) == -(-12 // interval)


def test_every_type_says_how_it_is_tested_and_what_may_be_wrong_in_all_languages() -> None:
    for type_ in rules_in_force().types:
        assert type_of(type_.code) is type_
        for text in (type_.name, *type_.steps, *(reason_of(code) for code in type_.reasons)):
            assert text is not None
            assert text.nb
            assert text.nn
            assert text.en


def test_the_last_type_is_the_one_for_what_fits_nowhere() -> None:
    assert rules_in_force().types[-1].code == "other"  # `Item.kind` counts on it
