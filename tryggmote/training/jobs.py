"""What happens by itself: people are reminded, and files that nobody took in are forgotten (4.1)."""

from procrastinate.contrib.django import app

from tryggmote.access.context import acting_as_job
from tryggmote.training.importing.taking_in import forget_old_files
from tryggmote.training.reminders import remind


@app.periodic(cron="35 5 * * *")
@app.task(name="training.remind", queueing_lock="training.remind")
def remind_of_training(timestamp: int = 0) -> None:
    """Every morning before work; `timestamp` is when the run was due, today's date is what counts."""
    remind()


@app.periodic(cron="43 * * * *")
@app.task(name="training.forget_old_files", queueing_lock="training.forget_old_files")
def forget_old_training_files(timestamp: int = 0) -> None:
    """Every hour; `timestamp` is when the run was due, the rows' own times are what counts."""
    with acting_as_job():
        forget_old_files()
