"""What happens by itself: undecided hazards go up, reviews are opened in time, sent files go (2.1)."""

from procrastinate.contrib.django import app

from tryggmote.access.context import acting_as_job
from tryggmote.risk.hazard_escalation import escalate_undecided
from tryggmote.risk.reopening import reopen_due
from tryggmote.risk.spreadsheet.taking_in import forget_old_files
from tryggmote.ui.dates import oslo_today


@app.periodic(cron="*/30 * * * *")
@app.task(
    name="risk.escalate_undecided",
    # One waits at most, and one runs at a time: two would each pass the same hazard one leader further.
    queueing_lock="risk.escalate_undecided",
    lock="risk.escalate_undecided",
)
def escalate_undecided_hazards(timestamp: int = 0) -> None:
    """Every half hour; `timestamp` is when the run was due, the rows' own times are what counts."""
    escalate_undecided()


@app.periodic(cron="40 5 * * *")
@app.task(
    name="risk.reopen_due",
    queueing_lock="risk.reopen_due",
    lock="risk.reopen_due",
)
def reopen_assessments_due(timestamp: int = 0) -> None:
    """Every morning before work; `timestamp` is when the run was due, the day it is decides."""
    reopen_due(today=oslo_today())


@app.periodic(cron="23 * * * *")
@app.task(name="risk.forget_old_files", queueing_lock="risk.forget_old_files")
def forget_spreadsheets(timestamp: int = 0) -> None:
    """Every hour; `timestamp` is when the run was due, the rows' own times are what counts."""
    with acting_as_job():
        forget_old_files()
