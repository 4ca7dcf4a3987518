"""What a room is suitable for (3.1)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.organisation.meeting_levels import Level
from tryggmote.premises import fact_sets
from tryggmote.premises.rules import Limit, suitability_of
from tryggmote.premises.tests.factories import all_good

ASKED = fact_sets.current()
answers = st.fixed_dictionaries(
    {}, optional={fact.code: st.sampled_from([a.code for a in fact.answers]) for fact in ASKED.facts}
)


def test_a_room_that_is_good_in_every_way_is_for_every_meeting() -> None:
    assert suitability_of(all_good(), ASKED).up_to is Level.HIGH


def test_one_exit_is_not_for_meetings_of_high_risk_and_the_reason_is_said() -> None:
    found = suitability_of(all_good() | {"exits": "one"}, ASKED)
    assert not found.fits(Level.HIGH)
    assert found.fits(Level.RAISED)
    assert found.reasons_against(Level.HIGH) == ("Rommet har én utgang.",)
    assert found.reasons_against(Level.RAISED) == ()


def test_a_client_between_the_employee_and_the_door_is_for_meetings_of_low_risk_only() -> None:
    assert suitability_of(all_good() | {"seat": "client"}, ASKED).up_to is Level.LOW


@pytest.mark.parametrize("fact", [fact.code for fact in ASKED.facts])
def test_what_nobody_has_noted_protects_nobody(fact: str) -> None:
    known = {code: answer for code, answer in all_good().items() if code != fact}
    assert suitability_of(known, ASKED).up_to is Level.LOW


@given(answers)
def test_a_room_is_as_good_as_its_worst_side(facts: dict[str, str]) -> None:
    found = suitability_of(facts, ASKED)
    ranks = [limit.up_to.rank for limit in found.limits if limit.up_to]
    assert found.up_to is not None
    assert found.up_to.rank == min(ranks, default=Level.HIGH.rank)
    assert ranks == sorted(ranks)


@given(answers, st.sampled_from(Level))
def test_a_level_fits_exactly_when_nothing_speaks_against_it(facts: dict[str, str], level: Level) -> None:
    found = suitability_of(facts, ASKED)
    assert found.fits(level) == (not found.reasons_against(level))


@given(answers, st.sampled_from([None, *Level]))
def test_trouble_never_makes_a_room_better(facts: dict[str, str], up_to: Level | None) -> None:
    before = suitability_of(facts, ASKED)
    after = before.with_also([Limit(up_to, "Alarmen virket ikke i siste test.")])
    assert {level for level in Level if after.fits(level)} <= {level for level in Level if before.fits(level)}
    assert not any(after.fits(level) for level in Level if up_to is None or level.rank > up_to.rank)
