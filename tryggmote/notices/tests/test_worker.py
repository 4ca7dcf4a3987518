"""The worker as it runs in production: e-mail leaves at once, and a worker that dies loses nothing."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.access.tests.real_programs import environment
from tryggmote.notices import services
from tryggmote.notices.models import Delivery
from tryggmote.notices.tests.conftest import PostOffice
from tryggmote.organisation.tests.factories import make_office

PATIENCE_S = 15
StartWorker = Callable[[], "subprocess.Popen[bytes]"]


@pytest.fixture
def start_worker(transactional_db: None, post_office: PostOffice) -> Iterator[StartWorker]:
    """Start a worker on the test's database and mail server; all of them are gone after the test."""
    started = []

    def start() -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "tryggmote.notices.tests.real_worker"]
        mail = environment(EMAIL_HOST="127.0.0.1", EMAIL_PORT=str(post_office.port))
        started.append(subprocess.Popen(command, env=mail))
        return started[-1]

    yield start
    for worker in started:
        worker.kill()
        worker.wait()


def tell_the_leader() -> None:
    office = make_office()
    with acting_as(office.counsellor.id):
        services.tell(
            person_ids=[office.leader.id],
            kind="tests.met",
            subject_id=new_id(),
            url="/",
            context={"place": "Lillevik"},
        )


def wait_for(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < until, "It did not happen in time."
        time.sleep(0.05)


def test_what_is_told_leaves_by_email_and_the_worker_stops_when_asked(
    start_worker: StartWorker, post_office: PostOffice
) -> None:
    worker = start_worker()
    tell_the_leader()
    wait_for(lambda: len(post_office.received) == 1)
    wait_for(lambda: Delivery.objects.filter(status=Delivery.Status.SENT).exists())
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(PATIENCE_S) == 0


def test_what_is_told_while_no_worker_runs_leaves_when_one_is_back(
    start_worker: StartWorker, post_office: PostOffice
) -> None:
    start_worker().kill()
    tell_the_leader()
    assert not post_office.received
    start_worker()
    wait_for(lambda: len(post_office.received) == 1)
