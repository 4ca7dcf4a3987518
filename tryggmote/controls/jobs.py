"""What happens by itself: a measure that is long overdue goes up to the next leader (2.3)."""

from procrastinate.contrib.django import app

from tryggmote.controls.escalation import pass_up_overdue


@app.periodic(cron="20 5 * * *")
@app.task(
    name="controls.pass_up_overdue",
    queueing_lock="controls.pass_up_overdue",
    lock="controls.pass_up_overdue",
)
def pass_up_overdue_measures(timestamp: int = 0) -> None:
    """Every morning before work; `timestamp` is when the run was due, the day it is decides."""
    pass_up_overdue()
