"""What happens by itself: lists that nobody took in are forgotten."""

from procrastinate.contrib.django import app

from tryggmote.access.context import acting_as_job
from tryggmote.equipment.importing.taking_in import forget_old_files


@app.periodic(cron="37 * * * *")
@app.task(name="equipment.forget_old_files", queueing_lock="equipment.forget_old_files")
def forget_spreadsheets(timestamp: int = 0) -> None:
    """Every hour; `timestamp` is when the run was due, the rows' own times are what counts."""
    with acting_as_job():
        forget_old_files()
