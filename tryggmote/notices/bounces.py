"""E-mail that comes back: said at once by the mail server, or in a report later (RFC 3464).

The mail server hands such reports to `tryggmote bounces`; the Message-ID of what was sent names the delivery.
After three final refusals nothing is sent to that address until its owner has looked at it.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from uuid import NAMESPACE_URL, uuid5

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggmote.access.context import SignedInPerson, acting_as_job
from tryggmote.notices import services
from tryggmote.notices.models import Delivery, EmailTrouble
from tryggmote.notices.registry import NoticeKind
from tryggmote.notices.vocabulary import Channel, Strength
from tryggmote.organisation.models import Person

log = logging.getLogger(__name__)

STOP_AFTER = 3
EMAIL_STOPPED = NoticeKind(
    "notices.email_stopped",
    title=_("E-posten til deg kommer i retur"),
    body=_("Derfor sender Tryggmøte deg ikke e-post nå. Se på adressen din, og si fra når den virker."),
    strength=Strength.SCREEN,
)
_OURS = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@tryggmote\b")


@dataclass(frozen=True)
class Report:
    """What a mail server says of one message. `is_final`: the address does not work (class 5 of RFC 3463)."""

    ids: frozenset[str]
    said: str
    is_final: bool


def message_id(delivery: Delivery) -> str:
    """The Message-ID of an e-mail: the id of the notice or the digest it is of."""
    return f"<{delivery.notice_id or delivery.digest_id}@tryggmote>"


def with_working_address(people: QuerySet[Person]) -> QuerySet[Person, int]:
    """The ids of those of them who have an address that e-mail is still sent to."""
    stopped = EmailTrouble.objects.filter(
        person=OuterRef("id"), address=OuterRef("email"), bounces__gte=STOP_AFTER
    )
    return people.exclude(email="").exclude(Exists(stopped)).values_list("id", flat=True)


def take_in(raw: bytes) -> int:
    """Record a report that the mail server has handed over: the number of deliveries that came back.

    0 for what is no report of a message that did not arrive, or of none of ours. The same again changes
    nothing.
    """
    report = read(raw)
    if report is None:
        return 0
    with acting_as_job():
        returned = list(
            Delivery.objects.filter(
                Q(notice__in=report.ids) | Q(digest__in=report.ids), channel=Channel.EMAIL
            )
            .exclude(status=Delivery.Status.BOUNCED)
            .select_for_update(of=("self",))
            .select_related("notice__person", "digest__person")
        )
        for delivery in returned:
            said = _without(report.said, delivery)
            Delivery.objects.filter(id=delivery.id).update(status=Delivery.Status.BOUNCED, last_error=said)
            if report.is_final:
                count_bounce(delivery, said=said)
    return len(returned)


def count_bounce(delivery: Delivery, *, said: str) -> None:
    """One more came back from this address; a new address begins anew. As the job role."""
    person = delivery.person
    now = timezone.now()
    known = EmailTrouble.objects.filter(person=person, address=person.email)
    if not known.update(bounces=F("bounces") + 1, last_said=said, last_at=now):
        EmailTrouble.objects.update_or_create(
            person=person,
            defaults={"address": person.email, "bounces": 1, "last_said": said, "last_at": now},
        )
    log.warning("E-mail to person %d came back.", person.id)
    if EmailTrouble.objects.filter(person=person, bounces=STOP_AFTER).exists():
        services.tell(
            person_ids=[person.id],
            kind=EMAIL_STOPPED.code,
            subject_id=uuid5(NAMESPACE_URL, f"tryggmote:email-stopped:{person.id}"),
            url=reverse("notices:choices"),
            context={},
        )


def works_again(*, by: SignedInPerson) -> None:
    """Somebody says that their address is right, or right again: e-mail is sent to it from now on."""
    EmailTrouble.objects.filter(person_id=by.id).delete()


def trouble_of(person: SignedInPerson) -> EmailTrouble | None:
    """Why nothing is sent to the person's address; None while it is. The database shows each their own."""
    return EmailTrouble.objects.filter(
        person_id=person.id, bounces__gte=STOP_AFTER, address=F("person__email")
    ).first()


def read(raw: bytes) -> Report | None:
    """What the report says, or None for what is no report that a message did not arrive."""
    message = message_from_bytes(raw)
    failed = [block for block in _recipients(message) if _field(block, "Action").lower() == "failed"]
    ids = frozenset(match for text in _places_of_the_id(message) for match in _OURS.findall(text.lower()))
    if not failed or not ids:
        return None
    said = " ".join(f"{_field(block, 'Status')} {_diagnosis(block)}".strip() for block in failed)
    return Report(ids, said, is_final=all(_field(block, "Status").startswith("5") for block in failed))


def _recipients(message: Message) -> Iterator[Message]:
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            yield from (block for block in part.walk() if block is not part)


def _places_of_the_id(message: Message) -> Iterator[str]:
    """The message that was sent, whole or only its header, comes along; else the report answers to it."""
    yield _field(message, "In-Reply-To")
    yield _field(message, "References")
    for part in message.walk():
        if part is not message:
            yield _field(part, "Message-ID")
        if part.get_content_type() == "text/rfc822-headers":
            header = part.get_payload(decode=True)
            yield _field(message_from_bytes(header if isinstance(header, bytes) else b""), "Message-ID")


def _field(message: Message, name: str) -> str:
    return str(message.get(name, "")).strip()


def _diagnosis(block: Message) -> str:
    """What the other mail server said, without the kind of it (`smtp;`) and on one line."""
    return " ".join(_field(block, "Diagnostic-Code").rpartition(";")[2].split())


def _without(said: str, delivery: Delivery) -> str:
    """Administrators need not know whom it was to. An address may be said in other letters than ours."""
    address = delivery.person.email
    return (re.sub(re.escape(address), "…", said, flags=re.IGNORECASE) if address else said)[:300]
