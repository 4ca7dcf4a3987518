"""What happens by itself: files of completions that nobody took in are forgotten."""

from procrastinate.contrib.django import app

from tryggmote.access.context import acting_as_job
from tryggmote.training.importing.taking_in import forget_old_files


@app.periodic(cron="43 * * * *")
@app.task(name="training.forget_old_files", queueing_lock="training.forget_old_files")
def forget_old_training_files(timestamp: int = 0) -> None:
    """Every hour; `timestamp` is when the run was due, the rows' own times are what counts."""
    with acting_as_job():
        forget_old_files()
