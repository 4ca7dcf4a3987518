"""What happens by itself with who is who."""

from procrastinate.contrib.django import app

from tryggmote.access.context import acting_as_job
from tryggmote.organisation.services import forget_old_imports


@app.periodic(cron="17 * * * *")
@app.task(name="organisation.forget_old_imports", queueing_lock="organisation.forget_old_imports")
def forget_import_files(timestamp: int = 0) -> None:
    """Every hour; `timestamp` is when the run was due, the rows' own times are what counts."""
    with acting_as_job():
        forget_old_imports()
