"""The worker: runs the jobs and the periodic tasks of all capabilities, as the job role of the database."""

from procrastinate import JobContext, PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status

from tryggmote.access import job_connection

POLL_EVERY_S = 0.5  # the library's 5 s would make everything timed up to 5 s late
STOP_WITHIN_S = 10


@app.periodic(cron="*/5 * * * *")
@app.task(name="worker.retry_stalled_jobs", queueing_lock="worker.retry_stalled_jobs", pass_context=True)
async def retry_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Take up again what a worker that was killed had begun."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        try:
            await manager.retry_job(job)
        except ConnectorException:
            # The next run of a periodic task waits under the same queueing lock and does the same.
            await manager.finish_job(job, Status.FAILED, delete_job=False)


def main() -> None:
    """Run until SIGTERM or Ctrl-C; what has begun gets ten seconds to finish. The caller sets Django up."""
    with app.replace_connector(PsycopgConnector(kwargs=job_connection.parameters())) as worker:
        worker.run_worker(
            name="tryggmote",
            concurrency=4,
            fetch_job_polling_interval=POLL_EVERY_S,
            delete_jobs="successful",
            shutdown_graceful_timeout=STOP_WITHIN_S,
        )
