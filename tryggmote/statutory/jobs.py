"""What happens by itself: those it concerns are reminded before the right to claim is lost."""

from procrastinate.contrib.django import app

from tryggmote.statutory.reminding import remind_of_limits


@app.periodic(cron="40 5 * * *")
@app.task(
    name="statutory.remind_of_limits",
    queueing_lock="statutory.remind_of_limits",
    lock="statutory.remind_of_limits",
)
def remind_of_claim_limits(timestamp: int = 0) -> None:
    """Every morning before work; `timestamp` is when the run was due, the day it is decides."""
    remind_of_limits()
