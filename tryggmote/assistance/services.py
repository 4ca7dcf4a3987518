"""The acts of a call for help, for the pages: each a function of the database (`policies_acts.sql`)."""

import json

from django.db import transaction
from django.db.utils import ProgrammingError
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson, acting_as_job
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.assistance import acts, rules
from tryggmote.assistance.asking import State, ask
from tryggmote.assistance.models import Call, PushSubscription, Responder, UsualPlace
from tryggmote.assistance.pushing import is_push_service
from tryggmote.assistance.requests import CallRequest, line
from tryggmote.assistance.timeline import in_words
from tryggmote.assistance.vocabulary import Answer, Kind, Outcome
from tryggmote.equipment.testing import CallTried, count_call
from tryggmote.incidents.models import Incident
from tryggmote.incidents.services import IncidentReport, report_incident
from tryggmote.incidents.vocabulary import About, Nature

BROWSERS_OF_ONE = 10
_TRIED = (Outcome.WORKED, Outcome.FAILED, Outcome.DONE)
"""How tests and drills end: all others were something else."""


def raise_call(request: CallRequest) -> State:
    """Call for help in the name of whoever is signed in. The same id again gives the same call (3.2-3.4).

    Raises: NotAllowed for one who belongs to no unit, or whose id is another's call.
    """
    try:
        with transaction.atomic():
            return ask(acts.RAISE, call=request.id, given=json.dumps(request.given()))
    except ProgrammingError as error:
        raise NotAllowed(
            _("Anropet ble ikke sendt. Ring 112 eller rop på hjelp."),
            _("Du er ikke registrert i en enhet her, så ingen vet hvem som skal varsles."),
        ) from error


def answer_call(*, call: Call, answer: Answer) -> State:
    """Say whether one comes. Once somebody does, the call spreads no further."""
    return ask(acts.ANSWER, call=call.id, answer=answer.value)


def describe_call(*, by: SignedInPerson, call: Call, kind: Kind | None, place: str | None) -> State:
    """Tell afterwards what it is about or where. Raises: NotAllowed for anybody but the caller."""
    if call.caller_id != by.id:
        raise NotAllowed(_("Bare den som tilkalte hjelp, kan fortelle mer."))
    return ask(acts.DESCRIBE, call=call.id, kind=kind.value if kind else None, place=place)


@transaction.atomic
def end_call(*, by: SignedInPerson, call: Call, outcome: Outcome) -> None:
    """End it with what it was. The same again changes nothing. A drill or test counts for 3.5 by itself.

    Raises: NotAllowed for others than the caller and their leaders.
    """
    _refuse_unless_ends(by, call, outcome)
    ask(acts.END, call=call.id, outcome=outcome.value)
    call.refresh_from_db()
    if call.ended_by_id == by.id and call.outcome in _TRIED:
        count_call(by=by, call=_as_tried(call))


def _as_tried(call: Call) -> CallTried:
    """The call as a test of what it was raised with. It came through when it worked and somebody answered."""
    return CallTried(
        id=call.id,
        unit_id=call.unit_id,
        place=call.place,
        device=call.device,
        at=call.raised_at,
        came_through=call.outcome != Outcome.FAILED and call.acknowledged_at is not None,
    )


def _refuse_unless_ends(by: SignedInPerson, call: Call, outcome: Outcome) -> None:
    if not rules.may_end(by, call):
        raise NotAllowed(
            _("Bare den som tilkalte hjelp, eller en leder, kan avslutte."),
            _("Si fra til den som tilkalte, eller til nærmeste leder."),
        )
    if outcome not in rules.outcomes_of(call):
        raise NotPossible(_("Det passer ikke for denne typen anrop. Velg et av svarene på siden."))


@transaction.atomic
def end_as_incident(
    *, by: SignedInPerson, call: Call, natures: tuple[Nature, ...], severity: int
) -> Incident:
    """End a real call and report what happened, with time, place, people and timeline (2.4).

    The report is in the name of whoever ends it; the caller is the one it happened to.
    """
    _refuse_unless_ends(by, call, Outcome.REAL)
    about, exposed_id = _whom_it_happened_to(by, call)
    incident = report_incident(
        by=by,
        report=IncidentReport(
            id=call.incident_id or new_id(),
            natures=tuple(nature.value for nature in natures),
            form=call.form or "planned",
            severity=severity,
            about=about,
            exposed_id=exposed_id,
            happened_at=call.raised_at,
            place="" if call.form in rules.OUTSIDE else call.place,
            what_happened=in_words(call),
        ),
    )
    # Last: steps of other calls wait from here to the end of the transaction (`app.number_event`).
    end_call(by=by, call=call, outcome=Outcome.REAL)
    if call.ended_by_id != by.id or call.outcome != Outcome.REAL:
        raise NotPossible(_("Noen andre avsluttet nettopp. Last siden på nytt."))
    ask(acts.LINK_INCIDENT, call=call.id, incident=incident.id)
    return incident


def _whom_it_happened_to(by: SignedInPerson, call: Call) -> tuple[About, int | None]:
    """The caller; for a device nobody knows, since it calls in the name of the one responsible for it."""
    if call.device:
        return About.WITNESS, None
    return (About.SELF, None) if call.caller_id == by.id else (About.OTHER, call.caller_id)


@transaction.atomic
def choose_responders(*, unit_id: int, chosen: dict[int, list[int]]) -> None:
    """Who is told first in a unit: weekdays (1-7) by person id. Empty means that everybody is told."""
    Responder.objects.filter(unit_id=unit_id).delete()
    Responder.objects.bulk_create(
        Responder(unit_id=unit_id, person_id=person_id, weekdays=weekdays, chosen_at=timezone.now())
        for person_id, weekdays in sorted(chosen.items())
    )


@transaction.atomic
def sit_usually(*, by: SignedInPerson, place: str) -> None:
    """Where one usually sits; an empty place forgets it."""
    place = line(place)
    if place:
        UsualPlace.objects.update_or_create(person_id=by.id, defaults={"place": place})
    else:
        UsualPlace.objects.filter(person_id=by.id).delete()


@transaction.atomic
def wake_here(*, by: SignedInPerson, endpoint: str, p256dh: str, auth: str) -> None:
    """This browser wakes for this person's calls, and for nobody who had it before.

    Only the latest ten browsers of one person do: each is waited for when somebody calls.
    Raises: NotPossible for an address that is no push service's.
    """
    if not is_push_service(endpoint) or len(endpoint) > 1_000 or len(p256dh) > 200 or len(auth) > 100:
        raise NotPossible(_("Denne nettleseren kan ikke vekkes med et varsel."))
    with acting_as_job():
        PushSubscription.objects.filter(endpoint=endpoint).delete()
    PushSubscription.objects.create(person_id=by.id, endpoint=endpoint, p256dh=p256dh, auth=auth)
    mine = PushSubscription.objects.filter(person_id=by.id).order_by("-made_at", "-id")
    PushSubscription.objects.filter(id__in=list(mine.values_list("id", flat=True)[BROWSERS_OF_ONE:])).delete()
