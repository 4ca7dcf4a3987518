"""What concerns, demands and stops ask on "Now", and what is stopped where one works (AML §§ 6-2, 6-3).

One query each: concerns for those who may be sent them, demands for leaders and representatives, and stops
for all.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.concerns import formal_queries, queries
from tryggmote.concerns.models import Concern, Demand, Stop
from tryggmote.concerns.vocabulary import StopState
from tryggmote.duties.registry import Duty, Ongoing, Urgency
from tryggmote.organisation.roles import LEADS, Role

AT_MOST = 20
SOON = timedelta(days=3)
PANEL = "concerns/stop_panel.html"
REPRESENTS = (Role.SAFETY_REPRESENTATIVE, Role.CHIEF_SAFETY_REPRESENTATIVE)


def concern_duties(person: SignedInPerson) -> Iterator[Duty]:
    """The concerns one is to answer."""
    if person.team or person.has_role(*LEADS, *REPRESENTS):
        yield from map(_answering, queries.waiting_for_my_answer(person.id)[:AT_MOST])


def formal_duties(person: SignedInPerson) -> Iterator[Duty | Ongoing]:
    """What is stopped, and the demands one is to answer or take further."""
    if person.units or person.has_role(*LEADS, *REPRESENTS):
        for stop in formal_queries.stops_that_concern_me(person)[:AT_MOST]:
            yield from _about_stop(person, stop)
    if person.has_role(*LEADS, *REPRESENTS):
        yield from map(_about_demand, formal_queries.demands_waiting_for_me(person)[:AT_MOST])


def _urgency(due: datetime) -> Urgency:
    return Urgency.TODAY if timezone.now() >= due - SOON else Urgency.SOON


def _answering(concern: Concern) -> Duty:
    return Duty(
        title=_("Svar %(name)s, som er bekymret") % {"name": concern.writer.name},
        why=_("%(unit)s: Den som skrev, venter på svar. Uten svar går det videre til neste leder.")
        % {"unit": concern.workforce.unit.name},
        url=concern.get_absolute_url(),
        action=_("Les og svar"),
        due=concern.due_at,
        urgency=_urgency(concern.due_at),
        requirement="",
        kind="concern_to_answer",
    )


def _about_demand(demand: Demand) -> Duty:
    if demand.is_to_answer:  # type: ignore[attr-defined]
        title, action = _("Svar på kravet fra verneombudet"), _("Les og svar")
        why = _("%(unit)s: Arbeidsgiveren skal svare verneombudet på en melding om fare.")
    else:
        title, action = _("Kravet ditt er ikke besvart"), _("Åpne kravet")
        why = _("%(unit)s: Når fristen er ute, melder du det videre til AMU eller Arbeidstilsynet.")
    return Duty(
        title=title,
        why=why % {"unit": demand.unit.name},
        url=demand.get_absolute_url(),
        action=action,
        due=demand.due_at,
        urgency=_urgency(demand.due_at),
        requirement="aml-6-2",
        kind="demand",
    )


def _about_stop(person: SignedInPerson, stop: Stop) -> Iterator[Duty | Ongoing]:
    if any(unit.id == stop.unit_id for unit in person.units):
        yield Ongoing(PANEL, {"stop": stop})
    if stop.is_to_answer:  # type: ignore[attr-defined]
        yield _deciding(
            stop,
            _("Gjør det trygt der arbeidet er stanset"),
            _("%(unit)s: Si hva dere har gjort, når faren er over."),
        )
    elif stop.by_id == person.id and stop.state is StopState.TO_JUDGE:
        yield _deciding(
            stop,
            _("Kan arbeidet begynne igjen?"),
            _("%(unit)s: Arbeidsgiveren har sagt hva som er gjort. Si om du er enig."),
        )


def _deciding(stop: Stop, title: str, why: str) -> Duty:
    return Duty(
        title=title,
        why=why % {"unit": stop.unit.name},
        url=stop.get_absolute_url(),
        action=_("Åpne stansen"),
        due=None,
        urgency=Urgency.NOW,
        requirement="aml-6-3",
        kind="stop",
    )
