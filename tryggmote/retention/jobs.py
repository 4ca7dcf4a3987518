"""What the worker does at night: deletes what has served its time."""

from procrastinate.contrib.django import app

from tryggmote.retention.forgetting import forget_what_has_served


@app.periodic(cron="10 3 * * *")
@app.task(name="retention.forget_what_has_served", queueing_lock="retention.forget_what_has_served")
def forget(timestamp: int = 0) -> None:
    """Each night; `timestamp` is when the run was due, the day it is decides."""
    forget_what_has_served()
