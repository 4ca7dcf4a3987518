"""What happens by itself: the ledger follows what happens, and deadlines are told of."""

from procrastinate.contrib.django import app

from tryggmote.duties import ledger


@app.periodic(cron="*/15 * * * *")
@app.task(name="duties.bring_up_to_date", queueing_lock="duties.bring_up_to_date")
def bring_up_to_date(timestamp: int = 0) -> None:
    """Each quarter of an hour; `timestamp` is when the run was due, what is owed now is what counts."""
    ledger.bring_up_to_date()
