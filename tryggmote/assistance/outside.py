"""Ways out of the house, for those with no screen open: web push at once, text message or e-mail after it."""

import logging
from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tryggmote.access.context import acting_as_job
from tryggmote.assistance import pushing
from tryggmote.assistance.models import Call, PushSubscription, Recipient
from tryggmote.assistance.requests import line
from tryggmote.assistance.timing import timing
from tryggmote.assistance.vocabulary import Purpose
from tryggmote.notices.texting import send_text
from tryggmote.organisation.models import Person

log = logging.getLogger(__name__)

# What could not be sent is tried again while somebody may still be needed.
TRIED_FOR = timedelta(minutes=10)
AT_ONCE = 200


def headline(call: Call) -> str:
    """The one line that leaves the house, in the language in force. A drill and a test say so first."""
    place = line(call.place) or _("sted ikke oppgitt")
    if call.device:
        said = _("Alarmknapp %(device)s: %(place)s") % {"device": call.device, "place": place}
    else:
        said = _("%(name)s trenger hjelp: %(place)s") % {"name": call.caller.name, "place": place}
    return said if call.purpose == Purpose.REAL else f"{Purpose(call.purpose).label.upper()}: {said}"


def push(call_id: str, *, again: bool = False) -> None:
    """Push a call to every browser of those who were told of it and have not been pushed to.

    `again`: also of those who have been, and have not answered.
    """
    with acting_as_job():
        call = Call.objects.select_related("caller").filter(id=call_id, ended_at=None).first()
        if call is None:
            return
        unanswered = Recipient.objects.filter(call=call, answer="")
        waiting = unanswered if again else unanswered.filter(pushed_at=None)
        found = list(
            PushSubscription.objects.filter(person_id__in=waiting.values("person_id")).select_related(
                "person"
            )
        )
    letters = [_letter(call, subscription) for subscription in found]
    _record(
        {subscription.id: subscription.person_id for subscription in found}, call.id, pushing.send(letters)
    )


def _letter(call: Call, to: PushSubscription) -> pushing.Letter:
    with translation.override(to.person.language):
        said = {"title": headline(call), "url": call.get_absolute_url(), "tag": str(call.id)}
    return pushing.Letter(to.id, to.endpoint, to.p256dh, to.auth, said)


def _record(owners: dict[int, int], call_id: UUID, outcome: Sequence[pushing.Pushed]) -> None:
    taken = {owners[one.subscription_id] for one in outcome if one.taken}
    with acting_as_job(), connection.cursor() as cursor:
        forget_gone(outcome)
        if taken:
            Recipient.objects.filter(call_id=call_id, person_id__in=taken).update(pushed_at=timezone.now())
            cursor.execute("select pg_notify('call_reached', %s)", [str(call_id)])


def forget_gone(outcome: Iterable[pushing.Pushed]) -> None:
    """Browsers whose push service says that they are no more; as the job role."""
    PushSubscription.objects.filter(id__in=[one.subscription_id for one in outcome if one.gone]).delete()


def tell_those_not_reached() -> None:
    """Text or e-mail to those whom neither screen nor push has reached, a few seconds after they were told.

    Each is claimed before anything is sent, so two workers never send twice; what failed is let go again.
    """
    if not (settings.ASSISTANCE_TEXT or settings.EMAIL_HOST):
        return
    for recipient in _claim():
        if not _tell(recipient):
            with acting_as_job():
                Recipient.objects.filter(id=recipient.id).update(outside_at=None)


def _claim() -> list[Recipient]:
    now = timezone.now()
    with acting_as_job():
        ids = list(
            Recipient.objects.filter(
                call__ended_at=None, call__purpose=Purpose.REAL,
                told_at__lt=now - timedelta(seconds=timing().outside_after_s), told_at__gt=now - TRIED_FOR,
                reached_at=None, pushed_at=None, outside_at=None,
            )
            .select_for_update(skip_locked=True, of=("self",))
            .values_list("id", flat=True)[:AT_ONCE]
        )  # fmt: skip
        Recipient.objects.filter(id__in=ids).update(outside_at=now)
        return list(Recipient.objects.filter(id__in=ids).select_related("person", "call__caller"))


def _tell(recipient: Recipient) -> bool:
    person, call = recipient.person, recipient.call
    with translation.override(person.language):
        link = settings.PUBLIC_ADDRESS.rstrip("/") + call.get_absolute_url()
        text = f"{headline(call)}. {_('Åpne:')} {link}"
        return _text(person, text) or _mail(person, headline(call), text)


def _text(person: Person, text: str) -> bool:
    if not (settings.ASSISTANCE_TEXT and person.phone):
        return False
    is_taken = send_text(settings.ASSISTANCE_TEXT, person.phone, text)
    if not is_taken:
        log.warning("A call was not told by text message.")
    return is_taken


def _mail(person: Person, subject: str, text: str) -> bool:
    if not (settings.EMAIL_HOST and person.email):
        return True  # there is no way to this person, and trying again makes none
    try:
        EmailMessage(subject=subject, body=text, to=[person.email], headers={"Importance": "high"}).send()
    except OSError as error:
        log.warning("A call was not told by e-mail: %s", type(error).__name__)
        return False
    return True
