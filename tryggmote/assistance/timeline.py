"""A call's steps as a person reads them."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tryggmote.assistance.models import Call, CallEvent
from tryggmote.assistance.vocabulary import EventKind, Outcome
from tryggmote.organisation.workdays import OSLO


@dataclass(frozen=True)
class Step:
    """One line of the timeline."""

    at: datetime
    text: str
    kind: EventKind


def steps_of(call: Call) -> list[Step]:
    """All steps in order; one query."""
    events = CallEvent.objects.filter(call=call).select_related("person").order_by("number")
    return [Step(event.at, _said(event, call), EventKind(event.kind)) for event in events]


def in_words(call: Call) -> str:
    """The steps as lines of text, for the report of the incident; not who could not come."""
    told = (step for step in steps_of(call) if step.kind is not EventKind.CANNOT)
    return "\n".join(f"{_clock(step.at)} {step.text}" for step in told)


def _clock(at: datetime) -> str:
    return at.astimezone(OSLO).strftime("%H.%M.%S")


def _said(event: CallEvent, call: Call) -> str:
    name = event.person.name if event.person else ""
    match event.kind:
        case EventKind.RAISED if call.device:
            return _("Alarmknapp: %(device)s") % {"device": call.device}
        case EventKind.RAISED:
            return _("%(name)s tilkalte hjelp") % {"name": name}
        case EventKind.RUNG:
            count = event.count or 0
            return ngettext(
                "Ingen hadde svart: %(count)d til ble varslet",
                "Ingen hadde svart: %(count)d flere ble varslet",
                count,
            ) % {"count": count}
        case EventKind.UNANSWERED:
            return _("Ingen hadde svart: alle ble minnet på det")
        case EventKind.COMING:
            return _("%(name)s kommer") % {"name": name}
        case EventKind.CANNOT:
            return _("%(name)s kan ikke komme") % {"name": name}
        case EventKind.DESCRIBED:
            return _("%(name)s fortalte mer") % {"name": name}
        case _:
            return _("%(name)s avsluttet: %(outcome)s") % {
                "name": name,
                "outcome": Outcome(call.outcome).label if call.outcome else "",
            }
