"""How long the outbox keeps trying: any number of failures, at any age."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tryggmote.notices.rules import GIVE_UP_AFTER, LONGEST_WAIT, next_attempt_at

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ages = st.timedeltas(timedelta(), timedelta(days=10))


@given(attempts=st.integers(1, 500), age=ages)
def test_the_next_attempt_is_soon_and_never_about_old_news(attempts: int, age: timedelta) -> None:
    again = next_attempt_at(attempts=attempts, created_at=NOW - age, now=NOW)
    if again is None:
        assert age > GIVE_UP_AFTER - LONGEST_WAIT
    else:
        assert timedelta(minutes=1) <= again - NOW <= LONGEST_WAIT
        assert again - (NOW - age) <= GIVE_UP_AFTER


@given(attempts=st.integers(1, 500))
def test_each_wait_is_at_least_as_long_as_the_last(attempts: int) -> None:
    waits = [next_attempt_at(attempts=n, created_at=NOW, now=NOW) for n in (attempts, attempts + 1)]
    assert waits[0] is not None
    assert waits[1] is not None
    assert waits[0] <= waits[1]
