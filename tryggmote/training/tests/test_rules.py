"""How long what was learnt counts (4.1, § 23A-2): what people expect, and the same in the database."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tryggmote.training.tests.restated import Ask, Leave, Terms, counted, standing_on
from tryggmote.training.vocabulary import Standing

TODAY = date(2026, 3, 2)
GATE = Terms(months=12, is_gate=True, start_days=0, grace_days=30)
LATER = Terms(months=12, is_gate=False, start_days=180, grace_days=30)
FOR_EVER = Terms(months=None, is_gate=False, start_days=90, grace_days=0)
BEGUN = date(2020, 1, 1)


def stands(done_on: date | None, terms: Terms = GATE, *, since: date = BEGUN, **more: object) -> Standing:
    return standing_on(TODAY, terms=terms, since=since, done_on=done_on, **more)  # type: ignore[arg-type]


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("done_on", "standing"),
    [
        (date(2026, 3, 2), Standing.HELD),
        (date(2025, 5, 2), Standing.HELD),  # runs out 2 May, 61 days ahead
        (date(2025, 5, 1), Standing.RUNNING_OUT),  # 60 days ahead
        (date(2025, 3, 2), Standing.RUNNING_OUT),  # today is the last day
        (date(2025, 3, 1), Standing.LATE),
        (date(2025, 1, 31), Standing.LATE),  # ran out on 31 January; 30 days of grace end today
        (date(2025, 1, 30), Standing.MISSING),
        (None, Standing.MISSING),
    ],
)
def test_what_was_learnt_counts_for_its_months_and_its_days_of_grace(
    done_on: date | None, standing: Standing
) -> None:
    assert stands(done_on) is standing


def test_what_was_learnt_on_leap_day_counts_to_the_last_day_of_february() -> None:
    assert counted(date(2024, 2, 29), GATE, []).until == date(2025, 2, 28)


def test_nobody_gets_days_to_learn_what_must_come_before_the_first_meeting() -> None:
    assert stands(None, GATE, since=TODAY) is Standing.MISSING


@pytest.mark.parametrize(("begun", "standing"), [(180, Standing.NEW), (181, Standing.MISSING)])
def test_a_newcomer_has_their_days_for_the_rest(begun: int, standing: Standing) -> None:
    assert stands(None, LATER, since=ago(begun)) is standing


def test_what_does_not_run_out_is_held_for_ever() -> None:
    assert stands(date(1999, 1, 1), FOR_EVER) is Standing.HELD


@pytest.mark.parametrize(
    ("asked", "standing"), [(90, Standing.LATE), (91, Standing.MISSING), (0, Standing.LATE)]
)
def test_a_changed_risk_asks_for_it_again_within_the_days_given(asked: int, standing: Standing) -> None:
    """§ 23A-2: repeated and adapted when the risk assessment changes materially."""
    asks = [Ask(since=ago(asked), by=ago(asked) + timedelta(days=90))]
    assert stands(ago(200), asks=asks) is standing


def test_what_was_learnt_after_the_risk_changed_is_not_asked_for_again() -> None:
    assert stands(ago(10), asks=[Ask(since=ago(10), by=ago(-80))]) is Standing.HELD


def test_nothing_is_asked_during_leave_and_a_newcomers_days_begin_when_it_ends() -> None:
    away = [Leave(ago(300), ago(0))]
    assert stands(None, LATER, leaves=away) is Standing.AWAY
    back_yesterday = [Leave(ago(300), ago(1))]
    assert stands(None, LATER, leaves=back_yesterday) is Standing.NEW


def test_leave_gives_no_days_for_what_must_come_before_a_meeting() -> None:
    assert stands(None, GATE, leaves=[Leave(ago(300), ago(1))]) is Standing.MISSING
    assert stands(date(2025, 1, 1), GATE, leaves=[Leave(ago(300), ago(1))]) is Standing.MISSING


days = st.dates(min_value=date(2015, 1, 1), max_value=date(2035, 12, 31))
terms = st.builds(
    Terms,
    months=st.none() | st.integers(1, 60),
    is_gate=st.booleans(),
    start_days=st.integers(0, 365),
    grace_days=st.integers(0, 90),
)
asks = st.lists(
    st.builds(lambda since, n: Ask(since, since + timedelta(days=n)), days, st.integers(1, 200)), max_size=3
)
leaves = st.lists(
    st.builds(
        lambda first, n: Leave(first, None if n is None else first + timedelta(days=n)),
        days,
        st.none() | st.integers(0, 500),
    ),
    max_size=3,
)


@given(day=days, terms=terms, since=days, done=st.none() | days, later=st.integers(0, 400), asks=asks)
def test_doing_it_again_never_makes_anybody_stand_worse(
    day: date, terms: Terms, since: date, done: date | None, later: int, asks: list[Ask]
) -> None:
    order = [Standing.MISSING, Standing.NEW, Standing.LATE, Standing.RUNNING_OUT, Standing.HELD]
    before = standing_on(day, terms=terms, since=since, done_on=done, asks=asks)
    again = (done or day) + timedelta(days=later)
    after = standing_on(day, terms=terms, since=since, done_on=again, asks=asks)
    if done is not None:
        assert order.index(after) >= order.index(before)


_SAME_IN_SQL = """
with given as (
  select %(since)s::date as since, %(months)s::integer as months, %(is_gate)s::boolean as is_gate,
    %(start_days)s::integer as start_days, %(grace_days)s::integer as grace_days, %(done)s::date as done_on,
    %(day)s::date as today, %(asks)s::jsonb as asks, %(leaves)s::jsonb as leaves
)
select app.training_standing(
  today, since, months, is_gate, start_days, grace_days, done_on,
  (select min((a->>'by')::date) from jsonb_array_elements(asks) a where (a->>'since')::date > done_on),
  (select coalesce(bool_or(
     (l->>'first')::date <= today and coalesce((l->>'last')::date >= today, true)), false)
   from jsonb_array_elements(leaves) l),
  (select max((l->>'last')::date + 1) from jsonb_array_elements(leaves) l where (l->>'last')::date < today))
from given
"""


class TheDatabaseSaysTheSame(TestCase):
    """The rule stands twice, so that a county is counted in one query: here they are held together."""

    @settings(max_examples=200, deadline=None)
    @given(day=days, terms=terms, since=days, done=st.none() | days, asks=asks, leaves=leaves)
    def test_of_any_history(
        self,
        day: date,
        terms: Terms,
        since: date,
        done: date | None,
        asks: list[Ask],
        leaves: list[Leave],
    ) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                _SAME_IN_SQL,
                {
                    "since": since,
                    "months": terms.months,
                    "is_gate": terms.is_gate,
                    "start_days": terms.start_days,
                    "grace_days": terms.grace_days,
                    "done": done,
                    "day": day,
                    "asks": json.dumps([{"since": str(a.since), "by": str(a.by)} for a in asks]),
                    "leaves": json.dumps(
                        [
                            {"first": str(leave.starts_on), "last": leave.ends_on and str(leave.ends_on)}
                            for leave in leaves
                        ]
                    ),
                },
            )
            (found,) = cursor.fetchone()
        assert found == standing_on(day, terms=terms, since=since, done_on=done, asks=asks, leaves=leaves)
