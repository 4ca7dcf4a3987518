"""What happens by itself: a concern nobody has answered in time goes on to the next in line."""

from procrastinate.contrib.django import app

from tryggmote.concerns.passing_on import pass_on_unanswered


@app.periodic(cron="15 * * * *")
@app.task(name="concerns.pass_on_unanswered", queueing_lock="concerns.pass_on_unanswered")
def pass_on_unanswered_concerns(timestamp: int = 0) -> None:
    """Every hour; `timestamp` is when the run was due, the rows' own times are what counts."""
    pass_on_unanswered()
