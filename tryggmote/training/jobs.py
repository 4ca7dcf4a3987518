"""What happens by itself: everybody is reminded before their training runs out (4.1)."""

from procrastinate.contrib.django import app

from tryggmote.training.reminders import remind


@app.periodic(cron="35 5 * * *")
@app.task(name="training.remind", queueing_lock="training.remind")
def remind_of_training(timestamp: int = 0) -> None:
    """Every morning before work; `timestamp` is when the run was due, today's date is what counts."""
    remind()
