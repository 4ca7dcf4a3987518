"""What a safety representative demands and stops, and what the employer does: one function an act.

Each is in one transaction, with the server's time (AML §§ 6-2 and 6-3).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.once import made_once
from tryggmote.concerns import told
from tryggmote.concerns.models import Demand, DemandAnswer, Stop, StopAct, StopReason, TakenFurther
from tryggmote.concerns.rules import deeds_open_to, may_see_formal, may_take_further
from tryggmote.concerns.vocabulary import Body, Deed
from tryggmote.notices.services import tell
from tryggmote.organisation.models import Unit
from tryggmote.organisation.standing import deciders_of, leaders_of, representatives_of, standing_in


def refuse_who_does_not_represent(unit_id: int) -> None:
    """Raises: NotAllowed for others than safety representatives of the unit."""
    if not standing_in(unit_id).represents:
        raise NotAllowed(
            _("Bare verneombudet for enheten gjør dette."), who_can_help=_("Verneombudet for enheten.")
        )


@transaction.atomic
def demand(*, by: SignedInPerson, demand_id: UUID, unit: Unit, danger: str, wanted: str) -> Demand:
    """A safety representative reports a danger and demands that the employer does something (AML § 6-2 (3)).

    Leaders on both lines are told. The same `demand_id` again changes nothing. Raises: NotAllowed.
    """
    refuse_who_does_not_represent(unit.id)
    made, is_new = made_once(
        Demand,
        id=demand_id,
        owner={"by_id": by.id, "unit_id": unit.id},
        fields={"danger": danger, "wanted": wanted},
    )
    if is_new:
        _tell(_leaders(unit.id) - {by.id}, told.DEMANDED, made, unit)
    return made


def may_answer_demand(by: SignedInPerson, found: Demand) -> bool:
    """A leader of the unit, and never one who demanded it oneself."""
    return found.by_id != by.id and standing_in(found.unit_id).leads


@transaction.atomic
def answer_demand(*, by: SignedInPerson, demand: Demand, answer_id: UUID, text: str) -> DemandAnswer:
    """The employer answers. The same `answer_id` again changes nothing.

    Raises: NotAllowed for others than leaders of the unit; NotPossible when it is answered already.
    """
    if not may_answer_demand(by, demand):
        raise NotAllowed(_("Bare en leder for enheten svarer."), who_can_help=_("Lederen for enheten."))
    sent = DemandAnswer.objects.filter(demand=demand).first()
    if sent and sent.id == answer_id:
        return sent
    if sent:
        raise NotPossible(_("Noen har svart allerede. Åpne siden på nytt, så ser du svaret."))
    made, is_new = made_once(
        DemandAnswer,
        id=answer_id,
        owner={"by_id": by.id, "demand_id": demand.id},
        fields={"text": text},
    )
    if is_new:
        _tell({demand.by_id}, told.DEMAND_ANSWERED, demand, demand.unit)
    return made


@transaction.atomic
def take_further(*, by: SignedInPerson, demand: Demand, body: Body) -> TakenFurther:
    """The representative has told the committee or the Labour Inspectorate (AML § 6-2 (3)), and says so here.

    Saying it again changes nothing. Raises: NotAllowed for others than representatives; NotPossible while the
    employer has time left.
    """
    refuse_who_does_not_represent(demand.unit_id)
    if not may_take_further(demand.state):
        raise NotPossible(_("Arbeidsgiveren har fortsatt tid til å svare. Vent til fristen er ute."))
    found, is_new = TakenFurther.objects.get_or_create(demand=demand, body=body, defaults={"by_id": by.id})
    if is_new:
        _tell(_leaders(demand.unit_id) - {by.id}, told.TAKEN_FURTHER, demand, demand.unit)
    return found


@dataclass(frozen=True)
class Stopping:
    """What is stopped, where, why the danger is immediate and why it cannot be averted otherwise."""

    work: str
    place: str
    danger: str
    not_averted: str


@transaction.atomic
def stop(*, by: SignedInPerson, stop_id: UUID, unit: Unit, stopping: Stopping) -> Stop:
    """A safety representative stops dangerous work, from now (AML § 6-3).

    Leaders on both lines and the other representatives are told at once. The same `stop_id` again changes
    nothing. Raises: NotAllowed for others than safety representatives of the unit.
    """
    refuse_who_does_not_represent(unit.id)
    made, is_new = made_once(
        Stop,
        id=stop_id,
        owner={"by_id": by.id, "unit_id": unit.id},
        fields={"work": stopping.work, "place": stopping.place},
    )
    if is_new:
        StopReason.objects.create(stop=made, danger=stopping.danger, not_averted=stopping.not_averted)
        others = {person.person_id for person in representatives_of(unit.id)}
        _tell((_leaders(unit.id) | others) - {by.id}, told.STOPPED, made, unit)
    return made


def refuse_who_has_no_say(stop: Stop) -> None:
    """Raises: NotAllowed for others than those who lead or represent the unit."""
    if not may_see_formal(standing_in(stop.unit_id)):
        raise NotAllowed(_("Bare ledere og verneombud for enheten gjør dette."))


@transaction.atomic
def act_on_stop(*, by: SignedInPerson, stop: Stop, act_id: UUID, deed: Deed, text: str) -> StopAct:
    """The employer, the representative or the Labour Inspectorate has taken a stand (AML § 6-3 (1)).

    The same `act_id` again changes nothing. Raises: NotAllowed for those it is not for, NotPossible when
    something else was done meanwhile.
    """
    if sent := StopAct.objects.filter(id=act_id, by_id=by.id, stop=stop).first():
        return sent
    refuse_who_has_no_say(stop)
    if deed not in deeds_open_to(standing_in(stop.unit_id), stop.state):
        raise NotPossible(_("Det er gjort noe annet i mellomtiden. Åpne siden på nytt."))
    made, is_new = made_once(
        StopAct,
        id=act_id,
        owner={"by_id": by.id, "stop_id": stop.id},
        fields={"deed": deed, "text": text},
    )
    if is_new:
        _tell_of_deed(by, stop, deed, made.id)
    return made


def _tell_of_deed(by: SignedInPerson, stop: Stop, deed: Deed, act_id: UUID) -> None:
    everybody = _leaders(stop.unit_id) | {stop.by_id}
    whom, kind = {
        Deed.DONE: ({stop.by_id}, told.TO_JUDGE),
        Deed.AGREED: (everybody, told.MAY_BEGIN),
        Deed.MAY_BEGIN: (everybody, told.MAY_BEGIN),
        Deed.DISAGREED: (everybody, told.STILL_STOPPED),
        Deed.STAYS: (everybody, told.STILL_STOPPED),
    }[deed]
    _tell(whom - {by.id}, kind, stop, stop.unit, subject_id=act_id)


def _leaders(unit_id: int) -> set[int]:
    """Those who answer for the unit on both lines, and those who lead it from day to day."""
    return {person.person_id for person in (*leaders_of(unit_id), *deciders_of(unit_id))}


def _tell(
    person_ids: Iterable[int], kind: str, about: Any, unit: Unit, *, subject_id: UUID | None = None
) -> None:
    tell(
        person_ids=person_ids,
        kind=kind,
        subject_id=subject_id or about.id,
        url=about.get_absolute_url(),
        context={"unit": unit.name},
    )
