"""What happens by itself: what no leader has read, or done in time, goes on to the next leader (2.4)."""

from procrastinate.contrib.django import app

from tryggmote.incidents.escalation import escalate_unread
from tryggmote.incidents.overdue_steps import raise_overdue


@app.periodic(cron="*/10 * * * *")
@app.task(
    name="incidents.escalate_unread",
    # One waits at most, and one runs at a time: two would each pass the same incident one leader further.
    queueing_lock="incidents.escalate_unread",
    lock="incidents.escalate_unread",
)
def escalate_unread_incidents(timestamp: int = 0) -> None:
    """Every ten minutes; `timestamp` is when the run was due, the rows' own times are what counts."""
    escalate_unread()


@app.periodic(cron="5,35 * * * *")
@app.task(name="incidents.raise_overdue_steps", queueing_lock="incidents.raise_overdue_steps")
def raise_overdue_steps(timestamp: int = 0) -> None:
    """Every half hour; `timestamp` is when the run was due, the rows' own times are what counts."""
    raise_overdue()
