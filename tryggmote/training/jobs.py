"""What happens by itself: people are reminded, and files that nobody took in are forgotten (4.1)."""

from datetime import timedelta

from procrastinate.contrib.django import app

from tryggmote.access.context import acting_as_job
from tryggmote.training.importing.taking_in import forget_old_files
from tryggmote.training.keeping import keep_counts
from tryggmote.training.reminders import remind
from tryggmote.training.session_reminders import remind_of
from tryggmote.ui.dates import oslo_today


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


@app.periodic(cron="15 6 * * *")
@app.task(name="training.remind_of_sessions", queueing_lock="training.remind_of_sessions")
def remind_of_sessions(timestamp: int = 0) -> None:
    """Every morning, of the sessions of the next day."""
    remind_of(oslo_today() + timedelta(days=1))


@app.periodic(cron="7-59/15 * * * *")
@app.task(name="training.keep_counts", queueing_lock="training.keep_counts")
def keep_training_counts(timestamp: int = 0) -> None:
    """Each quarter of an hour, seven minutes past."""
    keep_counts()
