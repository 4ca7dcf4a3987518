"""While a new version comes in, the old one still asks for its own jobs: nothing it tells is left lying."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tryggmote.access.context import acting_as_job
from tryggmote.notices import jobs
from tryggmote.notices.models import Delivery, Notice
from tryggmote.notices.tests.stories import tell
from tryggmote.notices.vocabulary import Channel
from tryggmote.organisation.tests.factories import make_office

pytestmark = pytest.mark.django_db


def run(name: str, **arguments: object) -> None:
    """As the worker finds a job: by its name."""
    jobs.app.tasks[name].func(**arguments)


def jobs_of(channel: Channel) -> int:
    with acting_as_job():
        return ProcrastinateJob.objects.filter(task_name="notices.send", args={"channel": channel}).count()


def test_mail_the_old_version_asks_for_is_sent() -> None:
    run("notices.send_waiting_mail", timestamp=0)
    assert jobs_of(Channel.EMAIL) == 1


def test_what_the_old_version_asks_to_have_pushed_is_pushed_once_and_not_when_it_is_seen() -> None:
    office = make_office()
    tell(office.leader, office.counsellor, kind="tests.quiet")
    Notice.objects.filter(person=office.counsellor).update(seen_at="2026-11-26T12:00Z")
    for _ in range(2):
        run("assistance.push_notices", notices=[str(notice.id) for notice in Notice.objects.all()])
    delivery = Delivery.objects.get(channel=Channel.PUSH)
    assert delivery.of_notice.person == office.leader
    assert jobs_of(Channel.PUSH) == 2
