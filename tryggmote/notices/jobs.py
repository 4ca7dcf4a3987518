"""What the worker does with notices."""

from uuid import UUID

from procrastinate.contrib.django import app

from tryggmote.notices import carriers, digests, outbox, text_numbers
from tryggmote.notices.nudging import RINGS_PRIORITY, send_by
from tryggmote.notices.vocabulary import Channel


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


# Under these two names a version from before the one outbox has its notices sent. While the new one comes
# in, such jobs are asked for and wait. They can go once no version without the outbox runs anywhere.


@app.task(name="notices.send_waiting_mail")
def send_waiting_mail(timestamp: int = 0) -> None:
    """Send what waits for e-mail (`timestamp` as above)."""
    send_by(Channel.EMAIL)


@app.task(name="assistance.push_notices", priority=RINGS_PRIORITY)
def push_notices(notices: list[str]) -> None:
    """Push these: a version from before wrote nothing in the outbox of the phones."""
    outbox.put_out(Channel.PUSH, [UUID(notice) for notice in notices])
    send_by(Channel.PUSH)
