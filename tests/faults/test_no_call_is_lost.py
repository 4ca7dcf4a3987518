"""Calls for help while things break: what was answered as received is there once, on every screen (3.2-3.4).

A short version of `python -m tests.faults.calls`, which breaks everything a hundred times.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.browser.site import Site, running
from tests.faults import calls
from tests.faults.calls import Results, Unit
from tests.faults.clock import COMPILER
from tryggmote.postgres.settings import is_embedded

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(not is_embedded(), reason="only our own PostgreSQL may be killed"),
]

ROUNDS = int(os.environ.get("FAULTS_ROUNDS", "1"))


@pytest.fixture(scope="module")
def place() -> Iterator[tuple[Site, Path]]:
    with TemporaryDirectory(prefix="tryggmote-") as folder, running(Path(folder)) as site:
        yield site, Path(folder)


@pytest.fixture
def unit(place: tuple[Site, Path]) -> Iterator[Unit]:
    """Everybody signs in anew; nothing is open afterwards."""
    met = Unit(*place)
    met.meet()
    yield met
    met.end_all()
    for screen in met.screens:
        screen.close()


def test_two_who_answer_at_once_both_come(unit: Unit) -> None:
    hold(calls.when_two_answer_at_once(unit, 10 * ROUNDS))


def test_a_call_that_is_sent_fifty_times_is_one_call(unit: Unit) -> None:
    hold(calls.when_a_call_is_sent_fifty_times(unit, 2 * ROUNDS))


def test_a_cut_network_loses_nothing(unit: Unit) -> None:
    hold(calls.while_the_network_is_cut(unit, 2 * ROUNDS, cut_s=3))


def test_killed_processes_lose_nothing(unit: Unit) -> None:
    hold(calls.while_processes_are_killed(unit, ROUNDS))


@pytest.mark.slow
@pytest.mark.skipif(COMPILER is None, reason="there is no C compiler, which makes the clock")
def test_a_clock_that_is_set_back_or_ahead_misses_and_doubles_nothing() -> None:
    hold(calls.with_a_clock_of_its_own(3 * ROUNDS, {"set back an hour": -3600, "set ahead an hour": 3600}))


def hold(found: Results) -> None:
    calls.print_table(found)
    for fault, figures in found.items():
        assert figures.is_clean, f"{fault}: {figures}"
