"""What the worker does for calls for help."""

from procrastinate.contrib.django import app

from tryggmote.assistance import lone_working


@app.periodic(cron="* * * * * */10")
# One waits at most. No lock: that of a worker that was killed would hold the others back for minutes.
@app.task(name="assistance.call_for_overdue", queueing_lock="assistance.call_for_overdue")
def call_for_overdue(timestamp: int = 0) -> None:
    """Call for help for whoever is out alone and has not answered in time."""
    lone_working.call_for_overdue()
