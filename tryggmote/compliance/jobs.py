"""What happens by itself: how every unit stands is kept."""

from procrastinate.contrib.django import app

from tryggmote.compliance import keeping


@app.periodic(cron="*/15 * * * *")
@app.task(name="compliance.bring_up_to_date", queueing_lock="compliance.bring_up_to_date")
def bring_up_to_date(timestamp: int = 0) -> None:
    """Each quarter of an hour, and so at midnight, when things run out; `timestamp`: when it was due."""
    keeping.bring_up_to_date()
