"""Which ways a notice takes, and how long the outbox keeps trying: any choice, any failures, any age."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tryggmote.notices.quiet import QuietHours
from tryggmote.notices.rules import (
    GIVE_UP_AFTER,
    LONGEST_WAIT,
    Choice,
    Ways,
    may_leave_at,
    next_attempt_at,
    that_reach,
    ways_of,
)
from tryggmote.notices.vocabulary import PERSONAL, Channel, Pace, Strength

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
AT_NIGHT = datetime(2026, 11, 23, 22, tzinfo=UTC)
ages = st.timedeltas(timedelta(), timedelta(days=10))
channels = st.sampled_from(Channel)
choices = st.none() | st.builds(Choice, st.sampled_from(Pace), st.frozensets(st.sampled_from(PERSONAL)))


@given(channel=channels, attempts=st.integers(1, 500), age=ages)
def test_the_next_attempt_is_soon_and_never_about_old_news(
    channel: Channel, attempts: int, age: timedelta
) -> None:
    again = next_attempt_at(channel=channel, attempts=attempts, due_at=NOW - age, now=NOW)
    if again is None:
        assert age > GIVE_UP_AFTER[channel] - LONGEST_WAIT
    else:
        assert timedelta(minutes=1) <= again - NOW <= LONGEST_WAIT
        assert again - (NOW - age) <= GIVE_UP_AFTER[channel]


@given(attempts=st.integers(1, 500))
def test_each_wait_is_at_least_as_long_as_the_last(attempts: int) -> None:
    waits = [
        next_attempt_at(channel=Channel.EMAIL, attempts=n, due_at=NOW, now=NOW)
        for n in (attempts, attempts + 1)
    ]
    assert waits[0] is not None
    assert waits[1] is not None
    assert waits[0] <= waits[1]


@given(choice=choices)
def test_what_a_life_may_depend_on_goes_every_way_whatever_is_chosen(choice: Choice | None) -> None:
    assert ways_of(Strength.LIFE, choice).channels == set(PERSONAL)


@given(choice=choices)
def test_what_the_law_asks_for_at_once_cannot_be_switched_off_or_put_off(choice: Choice | None) -> None:
    ways = ways_of(Strength.AT_ONCE, choice)
    assert Channel.EMAIL in ways.channels
    assert not ways.waits_for_digest


@given(strength=st.sampled_from([Strength.SOON, Strength.DIGEST]), choice=choices)
def test_the_rest_comes_as_it_is_chosen_and_never_both_ways(
    strength: Strength, choice: Choice | None
) -> None:
    ways = ways_of(strength, choice)
    assert not (ways.channels and ways.waits_for_digest)
    if choice is None:
        assert ways.waits_for_digest == (strength is Strength.DIGEST)
    else:
        assert (
            ways
            == {
                Pace.AT_ONCE: Ways(choice.channels),
                Pace.DIGEST: Ways(waits_for_digest=True),
                Pace.SCREEN: Ways(),
            }[choice.pace]
        )


@given(choice=choices)
def test_what_is_only_for_the_screen_leaves_by_no_way(choice: Choice | None) -> None:
    assert ways_of(Strength.SCREEN, choice) == Ways()


def test_email_is_the_way_left_where_none_of_the_chosen_leads_to_the_person() -> None:
    assert that_reach({Channel.PUSH}, {Channel.EMAIL}) == {Channel.EMAIL}
    assert that_reach({Channel.PUSH, Channel.EMAIL}, {Channel.PUSH}) == {Channel.PUSH}
    assert that_reach({Channel.PUSH}, set()) == set()
    assert that_reach(set(), {Channel.EMAIL}) == set()


def test_only_what_rings_waits_for_the_quiet_hours_and_nothing_a_life_may_depend_on() -> None:
    quiet = QuietHours()
    for channel in Channel:
        assert may_leave_at(channel, Strength.LIFE, quiet, AT_NIGHT) == AT_NIGHT
    assert may_leave_at(Channel.EMAIL, Strength.AT_ONCE, quiet, AT_NIGHT) == AT_NIGHT
    for channel in (Channel.PUSH, Channel.TEXT):
        assert may_leave_at(channel, Strength.AT_ONCE, quiet, AT_NIGHT) == AT_NIGHT + timedelta(hours=8)
