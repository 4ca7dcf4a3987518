"""What happens by itself: the leaders are reminded before a residual risk runs out (3.0)."""

from procrastinate.contrib.django import app

from tryggmote.residual.reminders import remind_of_reviews


@app.periodic(cron="35 5 * * *")
@app.task(name="residual.remind_of_reviews", queueing_lock="residual.remind_of_reviews")
def remind_of_coming_reviews(timestamp: int = 0) -> None:
    """Every morning before work; `timestamp` is when the run was due, the day it is decides."""
    remind_of_reviews()
