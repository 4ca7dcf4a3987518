"""Whether what we send arrives, on the administrator's first page: figures, never who is told what."""

from django.urls import reverse
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.duties.panels import Line, Panel, PanelKind
from tryggmote.notices.queries import ChannelState, outbox_state
from tryggmote.organisation.roles import Role


def _sending(person: SignedInPerson) -> Panel:
    return Panel(
        title=_("Virker det vi sender?"),
        lines=[_line(state) for state in outbox_state()],
        nothing=_("Ingen kanaler er satt opp."),
        more=_("Se utsendingen"),
        url=reverse("notices:outbox"),
    )


def _line(state: ChannelState) -> Line:
    sent = _("%(n)s sendt siste sju dager") % {"n": state.sent}
    if not state.is_set_up:
        words, variant = _("Ikke satt opp"), "neutral"
    elif state.is_stuck:
        words, variant = _("Står stille"), "error"
    else:
        words, variant = _("Virker"), "success"
    return Line(str(state.channel.label), reverse("notices:outbox"), sent, words, variant)


SENDING = PanelKind("notices.sending", frozenset({Role.ADMINISTRATOR}), 10, _sending)
