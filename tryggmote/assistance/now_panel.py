"""The calls a guard was told of, on their first page."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.assistance.models import Call
from tryggmote.assistance.vocabulary import Outcome, Purpose
from tryggmote.duties.panels import MOST_LINES, Line, Panel, PanelKind
from tryggmote.organisation.roles import Role
from tryggmote.ui.dates import when

DAYS = 30


def _told(person: SignedInPerson) -> Panel:
    since = timezone.now() - timedelta(days=DAYS)
    found = Call.objects.filter(raised_at__gte=since).select_related("unit").order_by("-raised_at")
    return Panel(
        title=_("Anrop du har fått"),
        lines=[_line(call) for call in found[:MOST_LINES]],
        nothing=_("Ingen de siste 30 dagene. Når noen tilkaller hjelp, ser og hører du det med en gang."),
        more=_("Prøv lyd og varsel"),
        url=reverse("assistance:unit"),
    )


def _line(call: Call) -> Line:
    below = f"{when(call.raised_at)}, {Purpose(call.purpose).label}"
    if call.ended_at is None:
        return Line(call.unit.name, reverse("assistance:call", args=[call.id]), below, _("Pågår"), "error")
    ended = str(Outcome(call.outcome).label)
    return Line(call.unit.name, reverse("assistance:call", args=[call.id]), below, ended)


TOLD = PanelKind("assistance.told", frozenset({Role.GUARD}), 10, _told)
