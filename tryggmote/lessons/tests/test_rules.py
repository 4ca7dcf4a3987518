"""Who holds a lesson, which day it can be of, and what comes next (4.1)."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.lessons.rules import (
    LATEST_AFTER,
    REST,
    Suggestion,
    can_be_of,
    may_hold,
    may_tell_who_was_there,
    suggest,
)
from tryggmote.organisation.standing import Standing

TODAY = date(2026, 11, 26)


@dataclass(frozen=True)
class Card:
    code: str
    elements: tuple[str, ...]


CARDS = (Card("refusal", ("talk",)), Card("alarm", ("equipment",)), Card("words", ("risk", "after")))


def standing(*, leads: bool) -> Standing:
    return Standing(sees=True, leads=leads, represents=False, oversees=False)


@pytest.mark.parametrize(
    ("leads", "is_member", "may"),
    [(True, False, True), (False, True, True), (True, True, True), (False, False, False)],
)
def test_those_of_the_unit_and_its_leaders_hold_it(leads: bool, is_member: bool, may: bool) -> None:
    assert may_hold(standing(leads=leads), is_member=is_member) is may


def test_who_was_there_is_told_by_whoever_held_it_and_by_leaders() -> None:
    assert may_tell_who_was_there(standing(leads=False), person_id=1, holder_id=1)
    assert may_tell_who_was_there(standing(leads=True), person_id=2, holder_id=1)
    assert not may_tell_who_was_there(standing(leads=False), person_id=2, holder_id=1)


@given(days=st.integers(-400, 400))
def test_a_meeting_is_recorded_the_same_day_and_within_a_month(days: int) -> None:
    assert can_be_of(TODAY - timedelta(days=days), TODAY) is (0 <= days <= LATEST_AFTER.days)


def test_what_most_people_need_comes_first() -> None:
    found = suggest(CARDS, needs={"talk": 2, "after": 5}, last_held={}, today=TODAY)
    assert found == Suggestion("words", 5)


def test_when_nobody_needs_any_the_one_that_has_rested_longest_comes_first() -> None:
    held = {"refusal": TODAY - timedelta(days=100), "alarm": TODAY - timedelta(days=200)}
    assert suggest(CARDS, needs={}, last_held=held, today=TODAY) == Suggestion("words", 0)
    held["words"] = TODAY - timedelta(days=90)
    assert suggest(CARDS, needs={}, last_held=held, today=TODAY) == Suggestion("alarm", 0)


@given(days=st.integers(0, 400))
def test_what_was_held_rests_before_it_is_suggested_again(days: int) -> None:
    held = {"refusal": TODAY - timedelta(days=days)}
    found = suggest(CARDS[:1], needs={"talk": 3}, last_held=held, today=TODAY)
    assert (found is not None) is (days >= REST.days)


@given(
    needs=st.dictionaries(st.sampled_from(["talk", "equipment", "risk", "after"]), st.integers(0, 50)),
    ago=st.dictionaries(st.sampled_from([card.code for card in CARDS]), st.integers(0, 400)),
)
def test_nothing_rested_is_needed_by_more_than_what_is_suggested(
    needs: dict[str, int], ago: dict[str, int]
) -> None:
    held = {code: TODAY - timedelta(days=days) for code, days in ago.items()}
    found = suggest(CARDS, needs=needs, last_held=held, today=TODAY)
    rested = [card for card in CARDS if ago.get(card.code, 999) >= REST.days]
    assert (found is None) is (not rested)
    if found:
        assert found.code in {card.code for card in rested}
        assert all(needs.get(element, 0) <= found.needed_by for card in rested for element in card.elements)
