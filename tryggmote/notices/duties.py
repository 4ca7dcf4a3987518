"""What "Now" shows for notices: a channel that stands still, to those who keep the system running."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tryggmote.access.context import SignedInPerson
from tryggmote.duties.registry import Duty, Urgency
from tryggmote.notices.queries import LOOKS_BACK, ChannelState, addresses_given_up, outbox_state
from tryggmote.notices.vocabulary import Channel
from tryggmote.organisation.roles import Role


def outbox_duties(person: SignedInPerson) -> Iterator[Duty]:
    """An administrator mends a channel that stands still, and hears of e-mail that comes back."""
    if person.has_role(Role.ADMINISTRATOR):
        yield from (_mend(state) for state in outbox_state() if state.is_stuck)
        if given_up := addresses_given_up(since=timezone.now() - LOOKS_BACK):
            yield _look_into(given_up)


def _mend(state: ChannelState) -> Duty:
    waiting = ngettext(
        "Ett varsel venter på å bli sendt. Det vises på skjermen så lenge.",
        "%(count)d varsler venter på å bli sendt. De vises på skjermen så lenge.",
        state.waiting,
    )
    return Duty(
        title=_title(state),
        why=waiting % {"count": state.waiting},
        url=reverse("notices:outbox"),
        action=_("Se utsendingen"),
        due=None,
        urgency=Urgency.TODAY if state.is_set_up else Urgency.LATER,
        requirement="",
        kind="notices.outbox",
    )


def _look_into(given_up: int) -> Duty:
    why = ngettext(
        "Én person får ikke e-post, fordi den har kommet i retur tre ganger.",
        "%(number)s personer får ikke e-post, fordi den har kommet i retur tre ganger.",
        given_up,
    )
    return Duty(
        title=_("E-post kommer i retur"),
        why=why % {"number": given_up},
        url=reverse("notices:outbox"),
        action=_("Se utsendingen"),
        due=None,
        urgency=Urgency.LATER,
        requirement="",
        kind="notices.bounces",
    )


def _title(state: ChannelState) -> str:
    if state.channel == Channel.EMAIL:
        return _("Få e-posten ut igjen") if state.is_set_up else _("Sett opp e-post")
    if state.channel == Channel.TEXT:
        return _("Få tekstmeldingene ut igjen") if state.is_set_up else _("Sett opp tekstmeldinger")
    return _("Få varslene ut igjen")
