"""What the worker does for figures: counts at night, before anything is deleted."""

from procrastinate.contrib.django import app

from tryggmote.statistics import counting


@app.periodic(cron="40 1 * * *")
@app.task(name="statistics.count_figures", queueing_lock="statistics.count_figures")
def count_figures(timestamp: int = 0) -> None:
    """Count the last days, and the months and half-years they are in."""
    counting.count_figures()
