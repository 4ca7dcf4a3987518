"""What "Now" shows for notices: e-mail that does not leave, to those who keep the system running."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tryggmote.access.context import SignedInPerson
from tryggmote.duties.registry import Duty, Urgency
from tryggmote.notices.queries import outbox_state
from tryggmote.organisation.roles import Role


def mail_duties(person: SignedInPerson) -> Iterator[Duty]:
    """An administrator mends e-mail that waits without being sent."""
    if not person.has_role(Role.ADMINISTRATOR):
        return
    outbox = outbox_state()
    is_switched_off = not settings.EMAIL_HOST and outbox.waiting > 0
    if not (is_switched_off or outbox.tried_in_vain):
        return
    waiting = ngettext(
        "Ett varsel venter på å bli sendt. Det vises på skjermen så lenge.",
        "%(count)d varsler venter på å bli sendt. De vises på skjermen så lenge.",
        outbox.waiting,
    )
    yield Duty(
        title=_("Sett opp e-post") if is_switched_off else _("Få e-posten ut igjen"),
        why=waiting % {"count": outbox.waiting},
        url=reverse("notices:outbox"),
        action=_("Se utsendingen"),
        due=None,
        urgency=Urgency.LATER if is_switched_off else Urgency.TODAY,
        requirement="",
        kind="notices.mail",
    )
