"""What the worker does with notices."""

from procrastinate.contrib.django import app

from tryggmote.notices import carriers, digests, outbox, text_numbers
from tryggmote.notices.nudging import send_by


@app.task(name="notices.send")
def send(channel: str) -> None:
    """Send what waits for a channel. A channel is a job of its own: one that is slow holds up no other."""
    outbox.send_waiting(channel)


@app.periodic(cron="* * * * *")
@app.task(name="notices.send_what_is_due", queueing_lock="notices.send_what_is_due")
def send_what_is_due(timestamp: int = 0) -> None:
    """Each minute: what could not be sent before, and what waited for the end of the quiet hours.

    `timestamp` is when the run was due; the rows' own times are what counts.
    """
    for channel in outbox.due(carriers.channels()):
        send_by(channel)


@app.periodic(cron="* * * * *")
@app.task(name="notices.gather_digests", queueing_lock="notices.gather_digests")
def gather_digests(timestamp: int = 0) -> None:
    """Each minute: the digests of the morning, should they not be there yet (`timestamp` as above)."""
    for channel in digests.gather():
        send_by(channel)


@app.task(name="notices.send_code")
def send_code(person: int) -> None:
    """Send somebody the code that confirms their number. Once: they look for it, and ask for another."""
    text_numbers.send_code(person)
