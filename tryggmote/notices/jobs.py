"""What the worker does with notices."""

from procrastinate.contrib.django import app

from tryggmote.notices import outbox


@app.periodic(cron="* * * * *")
@app.task(name="notices.send_waiting_mail")
def send_waiting_mail(timestamp: int = 0) -> None:
    """Empty the outbox: at once when something is put there, and each minute for what could not be sent.

    `timestamp` is when a periodic run was due; the outbox looks at its rows instead.
    """
    outbox.send_waiting()
