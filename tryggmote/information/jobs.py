"""What happens by itself: the weekly digest (§ 23A-3)."""

from procrastinate.contrib.django import app

from tryggmote.information.digest import send_digest
from tryggmote.information.newcomers import tell_newcomers


# The queue counts in UTC, so the hours are tried through the day; the first from seven in Oslo sends.
@app.periodic(cron="0 5-15 * * 1-5")
@app.task(
    name="information.send_digest", queueing_lock="information.send_digest", lock="information.send_digest"
)
def send_weekly_digest(timestamp: int = 0) -> None:
    """Every hour on weekdays, so that a Monday that was missed is made up for.

    The week's row says whether it is sent; `timestamp`: when the run was due.
    """
    send_digest()


@app.periodic(cron="40 4 * * *")
@app.task(name="information.tell_newcomers", queueing_lock="information.tell_newcomers")
def tell_those_who_have_come(timestamp: int = 0) -> None:
    """Every morning: whoever has not been told. `timestamp`: when the run was due."""
    tell_newcomers()
