"""Sending what waits in the outbox, whatever has been down since it was put there.

The rows are the truth, a job is only a nudge: each run takes all that is due. A row is claimed by moving
its next attempt ahead, so two workers never send the same message, and one that is killed while it
sends leaves the row to be tried again.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tryggmote.access.context import acting_as_job
from tryggmote.notices.models import Delivery
from tryggmote.notices.rules import GIVE_UP_AFTER, next_attempt_at

log = logging.getLogger(__name__)

BATCH = 50
# Longer than a batch takes when the mail server answers each message just before its time limit.
CLAIMED_FOR = timedelta(minutes=15)


def send_waiting() -> None:
    """Send every e-mail that is due. Without a mail server they wait until they are too old."""
    _give_up_on_old(timezone.now())
    while settings.EMAIL_HOST and (batch := _claim(timezone.now())):
        _send(batch)


def message_for(delivery: Delivery) -> EmailMessage:
    """The e-mail in the recipient's language: that something happened, and a link that asks for sign-in."""
    notice = delivery.notice
    with translation.override(notice.person.language):
        link = settings.PUBLIC_ADDRESS.rstrip("/") + reverse("notices:open", args=[notice.id])
        text = render_to_string("notices/mail.txt", {"notice": notice, "link": link})
        return EmailMessage(
            subject=_("Tryggmøte: %(title)s") % {"title": notice.title},
            body=text,
            to=[notice.person.email],
            # The same notice sent twice (a worker died in between) has the same id: mail programs show one.
            headers={"Message-ID": f"<{notice.id}@tryggmote>", "Auto-Submitted": "auto-generated"},
        )


def _give_up_on_old(now: datetime) -> None:
    with acting_as_job():
        Delivery.objects.filter(
            status=Delivery.Status.WAITING, created_at__lt=now - GIVE_UP_AFTER, next_attempt_at__lte=now
        ).update(status=Delivery.Status.FAILED)


def _claim(now: datetime) -> list[Delivery]:
    with acting_as_job():
        waiting = Delivery.objects.filter(status=Delivery.Status.WAITING, next_attempt_at__lte=now)
        ids = list(
            waiting.select_for_update(skip_locked=True)
            .order_by("next_attempt_at")
            .values_list("id", flat=True)[:BATCH]
        )
        Delivery.objects.filter(id__in=ids).update(
            next_attempt_at=now + CLAIMED_FOR, attempts=F("attempts") + 1
        )
        return list(Delivery.objects.filter(id__in=ids).select_related("notice__person"))


def _send(batch: Sequence[Delivery]) -> None:
    server = get_connection()
    try:
        server.open()
        for position, delivery in enumerate(batch):
            try:
                server.send_messages([message_for(delivery)])
            except SMTPServerDisconnected as error:
                _postpone(batch[position:], error)
                return
            except (SMTPRecipientsRefused, SMTPResponseException) as error:
                _postpone([delivery], error, for_good=_is_final(error))
            # A kind that no longer exists, or an address that is none, must not stop the others.
            except (KeyError, ValueError) as error:
                _postpone([delivery], error, for_good=True)
            else:
                _record_sent(delivery)
    except (SMTPException, OSError) as error:
        _postpone([delivery for delivery in batch if delivery.status == Delivery.Status.WAITING], error)
    finally:
        server.close()


def _is_final(error: SMTPRecipientsRefused | SMTPResponseException) -> bool:
    """5xx from a mail server means: do not try this message again."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _answer in error.recipients.values())
    return error.smtp_code >= 500


def _what_was_said(error: Exception, *, to: str) -> str:
    """The mail server's answer for administrators, who need not know whom the message was to."""
    match error:
        case SMTPRecipientsRefused():
            said = "; ".join(f"{code} {_text(answer)}" for code, answer in error.recipients.values())
        case SMTPResponseException():
            said = f"{error.smtp_code} {_text(error.smtp_error)}"
        case _:
            said = f"{type(error).__name__}: {error}"
    return said.replace(to, "…")[:300]


def _text(answer: bytes | str) -> str:
    return answer.decode(errors="replace") if isinstance(answer, bytes) else answer


def _record_sent(delivery: Delivery) -> None:
    delivery.status, delivery.sent_at, delivery.last_error = Delivery.Status.SENT, timezone.now(), ""
    with acting_as_job():
        delivery.save(update_fields=["status", "sent_at", "last_error"])


def _postpone(deliveries: Sequence[Delivery], error: Exception, *, for_good: bool = False) -> None:
    log.warning("%d e-mail(s) not sent: %s", len(deliveries), type(error).__name__)
    now = timezone.now()
    for delivery in deliveries:
        again = next_attempt_at(attempts=delivery.attempts, created_at=delivery.created_at, now=now)
        if for_good or again is None:
            delivery.status = Delivery.Status.FAILED
        else:
            delivery.next_attempt_at = again
        delivery.last_error = _what_was_said(error, to=delivery.notice.person.email)
    with acting_as_job():
        Delivery.objects.bulk_update(deliveries, ["status", "next_attempt_at", "last_error"])
