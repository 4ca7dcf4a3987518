"""Having the worker look at an outbox now. By the task's name: whoever tells need not know who sends."""

from procrastinate.contrib.django import app

from tryggmote.notices.vocabulary import RINGS

# A phone that is to wake goes before what can wait a little (`assistance.jobs`: calls are 100).
RINGS_PRIORITY = 80


def send_by(channel: str) -> None:
    """In the transaction that put something in the channel's outbox: no job without it."""
    app.configure_task("notices.send", priority=RINGS_PRIORITY if channel in RINGS else 0).defer(
        channel=channel
    )


def send_code_to(person_id: int) -> None:
    """Have somebody sent the code of the number they just gave, in the same transaction."""
    app.configure_task("notices.send_code", priority=RINGS_PRIORITY).defer(person=person_id)
