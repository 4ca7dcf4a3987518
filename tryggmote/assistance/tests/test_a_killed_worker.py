"""What a worker that was killed leaves behind must not stop the next one."""

import asyncio
from types import SimpleNamespace
from typing import cast

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation

from tryggmote.assistance import jobs
from tryggmote.notices.worker import retry_stalled_jobs


def test_a_worker_that_was_killed_while_it_watched_keeps_nobody_from_watching() -> None:
    assert [app.tasks[name].lock for name in ("assistance.watch", "assistance.call_for_overdue")] == [
        None,
        None,
    ]
    assert jobs.watch.lock is None


class Manager:
    """A job manager with two stalled jobs: a new run of the first waits already."""

    def __init__(self) -> None:
        self.retried: list[str] = []
        self.finished: list[str] = []

    async def get_stalled_jobs(self) -> list[str]:
        return ["watch", "push"]

    async def retry_job(self, job: str) -> None:
        if job == "watch":
            raise UniqueViolation(constraint_name="queueing_lock", queueing_lock="watch")
        self.retried.append(job)

    async def finish_job(self, job: str, status: object, *, delete_job: bool) -> None:
        self.finished.append(job)


def test_what_waits_again_already_is_given_up_and_the_rest_is_taken_up() -> None:
    manager = Manager()
    context = cast(JobContext, SimpleNamespace(app=SimpleNamespace(job_manager=manager)))
    asyncio.run(retry_stalled_jobs.func(context, 0))
    assert (manager.retried, manager.finished) == (["push"], ["watch"])
