"""What the worker does: counts figures at night, before anything is deleted; keeps the survey's rounds."""

from procrastinate.contrib.django import app

from tryggmote.statistics import counting, surveying


@app.periodic(cron="40 1 * * *")
@app.task(name="statistics.count_figures", queueing_lock="statistics.count_figures")
def count_figures(timestamp: int = 0) -> None:
    """Count the last days, and the months and half-years they are in."""
    counting.count_figures()


@app.periodic(cron="20 4 * * *")
@app.task(name="statistics.keep_survey_rounds", queueing_lock="statistics.keep_survey_rounds")
def keep_survey_rounds(timestamp: int = 0) -> None:
    """Before people come to work: begin what is held from today, count up what is over."""
    surveying.keep_rounds()
