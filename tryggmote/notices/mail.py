"""E-mail: a notice or a digest, in the language of whoever gets it, through the SMTP server set up."""

from collections.abc import Collection, Iterator, Sequence
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tryggmote.access.context import acting_as_job
from tryggmote.notices import bounces, digests
from tryggmote.notices.carriers import Outcome
from tryggmote.notices.models import Delivery, Digest, Notice
from tryggmote.notices.vocabulary import Trouble
from tryggmote.organisation.models import Person


class EmailCarrier:
    """One connection a batch; each message is answered for by itself."""

    def is_set_up(self) -> bool:
        return bool(settings.EMAIL_HOST)

    def reaches(self, ids: Collection[int]) -> set[int]:
        return set(bounces.with_working_address(Person.objects.filter(id__in=ids)))

    def carry(self, batch: Sequence[Delivery]) -> Iterator[Outcome]:
        digests.load_notices([delivery.digest for delivery in batch if delivery.digest])
        with acting_as_job():
            working = self.reaches([delivery.person.id for delivery in batch])
        # Since it was put here, the address may have been taken away, or given up.
        yield from (_no_address(delivery) for delivery in batch if delivery.person.id not in working)
        left = [delivery for delivery in batch if delivery.person.id in working]
        server = get_connection()
        try:
            server.open()
            while left:
                outcome = _send(server, left[0])
                del left[0]
                yield outcome
        # The server is gone: each of the rest is tried again later.
        except (SMTPException, OSError) as error:
            for delivery in left:
                yield Outcome(delivery, _what_was_said(error, to=delivery.person.email))
        finally:
            server.close()


def message_for(delivery: Delivery) -> EmailMessage:
    """The e-mail in the recipient's language: that something happened, and a link that asks for sign-in."""
    person = delivery.person
    with translation.override(person.language):
        if delivery.notice:
            subject, text = _of_notice(delivery.notice)
        else:
            subject, text = _of_digest(delivery.of_digest)
    return EmailMessage(
        subject=subject,
        body=text,
        to=[person.email],
        # The same message sent twice (a worker died in between) has the same id: mail programs show one.
        # And whoever sends it back to us names it (`bounces.py`).
        headers={"Message-ID": bounces.message_id(delivery), "Auto-Submitted": "auto-generated"},
    )


def _of_notice(notice: Notice) -> tuple[str, str]:
    link = _address(reverse("notices:open", args=[notice.id]))
    text = render_to_string("notices/mail.txt", {"notice": notice, "link": link})
    return _("Tryggmøte: %(title)s") % {"title": notice.title}, text


def _of_digest(digest: Digest) -> tuple[str, str]:
    found = digests.told_in(digest)
    text = render_to_string(
        "notices/digest.txt",
        {
            "sections": found.sections,
            "link": _address(reverse("notices:list")),
            "choices": _address(reverse("notices:choices")),
        },
    )
    return found.subject, text


def _address(path: str) -> str:
    return settings.PUBLIC_ADDRESS.rstrip("/") + path


def _no_address(delivery: Delivery) -> Outcome:
    return Outcome(delivery, Trouble.GONE, is_final=True)


def _send(server: BaseEmailBackend, delivery: Delivery) -> Outcome:
    """Raises SMTPException or OSError when it is the server, and not this message, that is the trouble."""
    try:
        server.send_messages([message_for(delivery)])
    except SMTPServerDisconnected:
        raise
    except (SMTPRecipientsRefused, SMTPResponseException) as error:
        said = _what_was_said(error, to=delivery.person.email)
        is_refused = isinstance(error, SMTPRecipientsRefused) and _is_final(error)
        return Outcome(delivery, said, is_final=_is_final(error), is_bounce=is_refused)
    # A kind that no longer exists, or an address that is none, must not stop the others.
    except KeyError:
        return Outcome(delivery, Trouble.NO_WORDS, is_final=True)
    except ValueError as error:
        return Outcome(delivery, _what_was_said(error, to=delivery.person.email), is_final=True)
    return Outcome(delivery)


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
    return said.replace(to, "…")


def _text(answer: bytes | str) -> str:
    return answer.decode(errors="replace") if isinstance(answer, bytes) else answer
