"""The worker as it runs in production: e-mail leaves at once, and a worker that dies loses nothing."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.access.tests.real_programs import environment
from tryggmote.notices import services
from tryggmote.notices.models import Delivery, Digest, Notice
from tryggmote.notices.nudging import send_by
from tryggmote.notices.tests.conftest import PostOffice
from tryggmote.notices.tests.gateways import Gateway
from tryggmote.notices.tests.stories import tell
from tryggmote.notices.vocabulary import Channel
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import make_office

PATIENCE_S = 120  # waited only for what does not come: a slow machine is no failure
StartWorker = Callable[[], "subprocess.Popen[bytes]"]


@pytest.fixture
def start_worker(transactional_db: None, post_office: PostOffice, gateway: Gateway) -> Iterator[StartWorker]:
    """Start a worker on the test's database, mail server and gateway; all are gone after the test."""
    started = []

    def start() -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "tryggmote.notices.tests.real_worker"]
        ways = environment(
            EMAIL_HOST="127.0.0.1", EMAIL_PORT=str(post_office.port), NOTICES_TEXT=gateway.address
        )
        started.append(subprocess.Popen(command, env=ways))
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


def test_a_worker_sends_text_messages_as_the_job_role(start_worker: StartWorker, gateway: Gateway) -> None:
    office = make_office()
    Person.objects.filter(id=office.leader.id).update(phone="+4798765432")
    tell(office.leader, kind="tests.life")
    start_worker()
    wait_for(lambda: Delivery.objects.filter(channel=Channel.TEXT, status=Delivery.Status.SENT).exists())
    assert [number for number, _ in gateway.taken] == ["+4798765432"]


def killed_while_it_sends(worker: "subprocess.Popen[bytes]", post_office: PostOffice) -> None:
    """The mail server has the message and has not said yes; then the mail server answers again."""
    assert post_office.in_hand.wait(PATIENCE_S)
    worker.kill()
    worker.wait()
    post_office.hangs = False


def its_time_comes() -> None:
    """What the dead worker had in hand is let go a quarter of an hour later, and the minute strikes."""
    Delivery.objects.update(next_attempt_at=timezone.now())
    send_by(Channel.EMAIL)


def test_what_a_worker_was_killed_with_is_sent_by_the_next_and_once(
    start_worker: StartWorker, post_office: PostOffice
) -> None:
    post_office.hangs = True
    worker = start_worker()
    tell_the_leader()
    killed_while_it_sends(worker, post_office)
    its_time_comes()
    start_worker()
    wait_for(lambda: Delivery.objects.filter(status=Delivery.Status.SENT).exists())
    assert len(post_office.received) == 1
    assert Delivery.objects.get().attempts == 2


def test_a_digest_a_worker_was_killed_with_is_sent_by_the_next_and_once(
    start_worker: StartWorker, post_office: PostOffice
) -> None:
    office = make_office()
    for _ in range(2):
        tell(office.leader, kind="tests.later")
    digest = Digest.objects.create(person=office.leader, day=timezone.localdate())
    Notice.objects.update(digest=digest)
    Delivery.objects.create(digest=digest)
    send_by(Channel.EMAIL)
    post_office.hangs = True
    killed_while_it_sends(start_worker(), post_office)
    its_time_comes()
    start_worker()
    wait_for(lambda: Delivery.objects.filter(status=Delivery.Status.SENT).exists())
    (message,) = post_office.received
    assert message["Subject"] == "Tryggmøte: 2 nye varsler"
    assert message["Message-ID"] == f"<{digest.id}@tryggmote>"
