"""Processes are killed while people report: what was answered "received" is there, once."""

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

import pytest

from tests.browser.site import Site, running
from tests.faults.reporter import Reporter
from tests.faults.victims import answers, kill_process
from tests.platform.installation import eventually
from tryggmote.postgres.cluster import connect
from tryggmote.postgres.places import Places
from tryggmote.postgres.settings import DATABASE_NAME, OWNER_ROLE, is_embedded

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(not is_embedded(), reason="only our own PostgreSQL may be killed"),
]

CLIENTS = 10
LASTS_S = float(os.environ.get("FAULTS_SECONDS", "60"))
BETWEEN_KILLS_S = 3
VICTIMS = ("web", "a web worker", "alarm", "worker", "database")


@pytest.fixture(scope="module")
def var() -> Iterator[Path]:
    with TemporaryDirectory(prefix="tryggmote-") as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def site(var: Path) -> Iterator[Site]:
    with running(var) as started:
        yield started


def test_every_report_that_was_answered_received_is_there_once(site: Site, var: Path) -> None:
    reporters = [Reporter(site.address) for _ in range(CLIENTS)]
    for number, reporter in enumerate(reporters):
        reporter.sign_in(number)
    enough = Event()
    with ThreadPoolExecutor(CLIENTS) as people:
        reporting = [people.submit(reporter.report_until, enough) for reporter in reporters]
        try:
            killed = kill_one_after_the_other(var, site, deadline=time.monotonic() + LASTS_S)
        finally:
            enough.set()
        for done in reporting:
            done.result()

    received = {report for reporter in reporters for report in reporter.received}
    sent = {report for reporter in reporters for report in reporter.sent}
    retries = sum(reporter.retries for reporter in reporters)
    print(f"{len(received)} reports received, {retries} attempts failed, killed: {killed}")
    assert retries, "the kills were felt"
    stored = stored_reports(var)
    assert received <= stored.keys(), "a report that was answered is lost"
    assert stored.keys() <= sent
    assert set(stored.values()) == {1}, "a report is there more than once"


def stored_reports(var: Path) -> dict[object, int]:
    """The reports of this test by the name the browser gave them, and how many rows tell the same story."""
    query = """
        select id, count(*) over (partition by what_happened) from incidents_incident
        where what_happened like 'Prøve %'
    """
    with connect(Places.under(var), role=OWNER_ROLE, database=DATABASE_NAME) as connection:
        return dict(connection.execute(query).fetchall())


def kill_one_after_the_other(var: Path, site: Site, deadline: float) -> dict[str, int]:
    """Kill a process, wait a little and until the site answers again, kill the next.

    Until the deadline, and on a slow machine until each kind was killed.
    """
    killed = dict.fromkeys(VICTIMS, 0)
    for victim in cycle(VICTIMS):
        if time.monotonic() > deadline and all(killed.values()):
            return killed
        kill_process(var, victim)
        killed[victim] += 1
        next_at = time.monotonic() + BETWEEN_KILLS_S
        eventually(lambda next_at=next_at: time.monotonic() > next_at and answers(site), within_s=60)
