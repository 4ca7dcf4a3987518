"""What happens by itself: both sides are reminded of a signature that is missing (3.1)."""

from procrastinate.contrib.django import app

from tryggmote.reviews.reminders import remind_of_signatures


@app.periodic(cron="25 5 * * *")
@app.task(name="reviews.remind_of_signatures", queueing_lock="reviews.remind_of_signatures")
def remind_of_missing_signatures(timestamp: int = 0) -> None:
    """Every morning before work; `timestamp` is when the run was due, the rows' own times are what counts."""
    remind_of_signatures()
