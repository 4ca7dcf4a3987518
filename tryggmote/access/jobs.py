"""What the worker does at night: seals the history."""

from procrastinate.contrib.django import app

from tryggmote.access.context import acting_as_job
from tryggmote.access.history import seal_history


@app.periodic(cron="50 3 * * *")
@app.task(name="access.seal", queueing_lock="access.seal")
def seal(timestamp: int = 0) -> None:
    """Each night; what a dossier needs of it is sealed when that is made."""
    with acting_as_job():
        seal_history()
