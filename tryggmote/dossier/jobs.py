"""What the worker does for dossiers: makes them, and writes to those who are let in."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tryggmote.dossier import letters, making

_AGAIN = RetryStrategy(max_attempts=10, exponential_wait=4)


@app.task(name="dossier.make", retry=2)
def make(dossier_id: str) -> None:
    """Make a dossier somebody has asked for; the row says how far it has come."""
    making.make(UUID(dossier_id))


@app.task(name="dossier.send_invitation", retry=_AGAIN)
def send_invitation(invitation_id: str) -> None:
    """Send somebody the link. Tried again while the mail server does not take it."""
    letters.send_invitation(UUID(invitation_id))


@app.task(name="dossier.send_code")
def send_code(invitation_id: str) -> None:
    """Send the code of the latest asking. Once: they look for it, and ask for another."""
    letters.send_code(UUID(invitation_id))
