"""An unanswered call spreads when it is due, whatever happens to the clock of the database."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tryggmote.assistance.watching import Waiting, Watcher

CALL = UUID(int=1)
LONGEST_S = 120.0


def waiting(left_s: float, ring: int = 1) -> Waiting:
    return Waiting(CALL, ring, left_s)


@given(left_s=st.floats(0.1, LONGEST_S), step_s=st.floats(0.1, 5))
def test_with_a_steady_clock_it_is_due_when_the_time_has_passed_and_not_before(
    left_s: float, step_s: float
) -> None:
    watcher, now_s = Watcher(LONGEST_S), 1000.0
    while left_s > 0.01:
        assert watcher.due([waiting(left_s)], now_s) == []
        passed_s = min(step_s, left_s)
        now_s, left_s = now_s + passed_s, left_s - passed_s
    assert watcher.due([waiting(left_s)], now_s + 0.02) == [waiting(left_s)]


def test_a_clock_that_is_set_back_an_hour_delays_nobody() -> None:
    watcher = Watcher(LONGEST_S)
    watcher.due([waiting(20)], 1000)
    assert watcher.due([waiting(3610)], 1010) == []
    assert watcher.due([waiting(3600)], 1020) == [waiting(3600)]


def test_a_watcher_that_starts_after_the_clock_was_set_back_waits_no_longer_than_the_longest() -> None:
    watcher = Watcher(LONGEST_S)
    watcher.due([waiting(3600)], 1000)
    assert watcher.due([waiting(3480)], 1000 + LONGEST_S) == [waiting(3480)]


def test_when_all_have_said_no_it_is_due_at_once() -> None:
    watcher = Watcher(LONGEST_S)
    watcher.due([waiting(20)], 1000)
    assert watcher.due([waiting(-0.1)], 1001) == [waiting(-0.1)]


def test_the_next_ring_has_its_own_time() -> None:
    watcher = Watcher(LONGEST_S)
    watcher.due([waiting(0)], 1000)
    assert watcher.due([waiting(40, ring=2)], 1001) == []
