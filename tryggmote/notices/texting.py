"""Text messages, through the gateway that those who run the installation have set up (`NOTICES_TEXT`)."""

from collections.abc import Collection, Iterator, Sequence
from urllib.parse import quote

import apprise
from django.conf import settings
from django.db.models import Case, CharField, F, When
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tryggmote.access.context import acting_as_job
from tryggmote.notices.carriers import Outcome
from tryggmote.notices.models import Delivery, Notice
from tryggmote.notices.registry import group_of, strength_of
from tryggmote.notices.vocabulary import Strength, Trouble
from tryggmote.organisation.models import Person


class TextCarrier:
    """One message at a time: gateways take one number a message."""

    def is_set_up(self) -> bool:
        return bool(settings.NOTICES_TEXT)

    def reaches(self, ids: Collection[int]) -> set[int]:
        return set(numbers_of(ids)) if self.is_set_up() else set()

    def carry(self, batch: Sequence[Delivery]) -> Iterator[Outcome]:
        with acting_as_job():
            numbers = numbers_of({delivery.of_notice.person_id for delivery in batch})
        for delivery in batch:
            yield _send(delivery, numbers)


def send_text(gateway: str, number: str, text: str) -> bool:
    """Whether a gateway took a message. A number must not lead to another address than the one set up."""
    channel = apprise.Apprise()
    channel.add(gateway.replace("{phone}", quote(number, safe="+")))
    return bool(channel.notify(body=text))


def numbers_of(ids: Collection[int]) -> dict[int, str]:
    """Where each of these people gets text messages: at a number of their own, else at the employer's."""
    own = When(textnumber__confirmed_at__isnull=False, then=F("textnumber__number"))
    return dict(
        Person.objects.filter(id__in=ids)
        .annotate(number=Case(own, default=F("phone"), output_field=CharField()))
        .exclude(number="")
        .values_list("id", "number")
    )


def said_of(notice: Notice) -> str:
    """What a text message says, in the language in force: that there is something, and a link.

    It lies open on a phone and with the operators between, so only of what a life may depend on does it
    say what; of the rest only the group. Raises KeyError for a kind of another version.
    """
    is_vital = strength_of(notice.kind) is Strength.LIFE
    words = notice.title if is_vital else group_of(notice.kind).label
    link = settings.PUBLIC_ADDRESS.rstrip("/") + reverse("notices:open", args=[notice.id])
    return _("Tryggmøte: %(words)s. Åpne: %(link)s") % {"words": words, "link": link}


def _send(delivery: Delivery, numbers: dict[int, str]) -> Outcome:
    person = delivery.person
    if person.id not in numbers:
        return Outcome(delivery, Trouble.GONE, is_final=True)
    try:
        with translation.override(person.language):
            text = said_of(delivery.of_notice)
    except KeyError:
        return Outcome(delivery, Trouble.NO_WORDS, is_final=True)
    is_taken = send_text(settings.NOTICES_TEXT, numbers[person.id], text)
    return Outcome(delivery, "" if is_taken else Trouble.NOT_TAKEN)
