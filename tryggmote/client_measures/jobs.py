"""What happens by itself: cases that are due are removed. They expire without anybody, by their last day."""

from procrastinate.contrib.django import app

from tryggmote.client_measures.retention import forget_closed_cases


@app.periodic(cron="40 2 * * *")
@app.task(
    name="client_measures.forget_closed_cases",
    queueing_lock="client_measures.forget_closed_cases",
    lock="client_measures.forget_closed_cases",
)
def forget_closed(timestamp: int = 0) -> None:
    """Every night; the policies hide from the day itself what the job removes afterwards."""
    forget_closed_cases()
