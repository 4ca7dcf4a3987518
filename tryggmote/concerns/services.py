"""What is done with a concern: one function an act, each in one transaction (AML §§ 2-3 and 6-2)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tryggmote.access.context import PlacementInfo, SignedInPerson
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.access.once import made_once
from tryggmote.access.reading import log_read, reads_of
from tryggmote.concerns import told
from tryggmote.concerns.models import Answer, Concern, Recipient, Verdict
from tryggmote.concerns.passing_on import pass_on
from tryggmote.concerns.queries import recipients_of
from tryggmote.concerns.receivers import first_receivers, other_receivers
from tryggmote.concerns.rules import answers_as, missing_capacity, outcomes_of
from tryggmote.concerns.vocabulary import Capacity, Outcome, Reason
from tryggmote.notices.services import mark_seen_about_any, tell
from tryggmote.organisation.queries import safety_area_of
from tryggmote.risk.inbox import HazardDraft, raise_hazard


@dataclass(frozen=True)
class Draft:
    """A concern somebody writes. `id` is made with the form; `to`: at least one."""

    id: UUID
    text: str
    to: Collection[Capacity]
    may_be_shared: bool


@transaction.atomic
def write(*, by: SignedInPerson, place: PlacementInfo, draft: Draft) -> Concern:
    """Write a concern about where one works, and send it to those one chooses. The same `draft.id` again
    changes nothing. Raises: NotPossible when nobody of those chosen is registered.
    """
    receivers = first_receivers(by.id, place)
    if not any(receivers[capacity] for capacity in draft.to):
        raise NotPossible(_("Ingen av dem du valgte, er registrert der du jobber. Velg den andre."))
    concern, is_new = made_once(
        Concern,
        id=draft.id,
        owner={"writer_id": by.id},
        fields={
            "workforce_id": place.workforce_id,
            "safety_area_id": safety_area_of(place),
            "text": draft.text,
            "may_be_shared": draft.may_be_shared or len(set(draft.to)) > 1,
        },
    )
    if is_new:
        chosen = {capacity: receivers[capacity] for capacity in draft.to}
        _send(concern, chosen, Reason.SENT)
        _tell(
            concern,
            {person for people in chosen.values() for person in people},
            told.WRITTEN,
            place.unit_name,
        )
    return concern


def _send(concern: Concern, chosen: dict[Capacity, list[int]], reason: Reason) -> None:
    """The same person is sent it once, first as a leader."""
    capacities = {person: capacity for capacity in reversed(Capacity) for person in chosen.get(capacity, ())}
    Recipient.objects.bulk_create(
        Recipient(concern=concern, person_id=person, capacity=capacity, reason=reason)
        for person, capacity in sorted(capacities.items())
    )


@transaction.atomic
def note_read(*, by: SignedInPerson, concern: Concern, answers: Collection[Answer]) -> None:
    """Somebody has opened it. Of others it is written down, and the writer hears of it the first time."""
    mark_seen_about_any(subject_ids=[concern.id, *(answer.id for answer in answers)])
    if by.id == concern.writer_id:
        return
    is_first = not reads_of("concern", concern.id)
    log_read(by, "concern", concern.id)
    if not is_first:
        return
    tell(
        person_ids=[concern.writer_id],
        kind=told.READ,
        subject_id=concern.id,
        url=concern.get_absolute_url(),
        context={"name": by.name},
    )


@transaction.atomic
def share(*, by: SignedInPerson, concern: Concern) -> None:
    """Let the leader read what went to the representative, or the other way round. Again changes nothing.

    Raises: NotAllowed when the writer does not want it, NotPossible when nobody is registered.
    """
    if not concern.may_be_shared or by.id == concern.writer_id:
        raise NotAllowed(
            _("Den som skrev, vil ikke at bekymringen skal deles."), who_can_help=concern.writer.name
        )
    capacity = missing_capacity(recipients_of(concern))
    if capacity is None:
        return
    people = other_receivers(concern, capacity)
    if not people:
        raise NotPossible(_("Ingen er registrert som den du vil dele med."))
    _send(concern, {capacity: people}, Reason.SHARED)
    _tell(concern, people, told.SHARED, concern.workforce.unit.name)


@dataclass(frozen=True)
class Reply:
    """What is answered. `hazard`: the danger in the leader's own words, for Outcome.HAZARD only."""

    id: UUID
    outcome: Outcome
    text: str
    hazard: str = ""


def refuse_who_does_not_answer(*, by: SignedInPerson, concern: Concern) -> Capacity:
    """As what one answers. Raises: NotAllowed for those it was not sent to."""
    capacity = answers_as(by.id, recipients_of(concern))
    if capacity is None:
        raise NotAllowed(_("Bare den bekymringen er sendt til, svarer på den."))
    return capacity


@transaction.atomic
def answer(*, by: SignedInPerson, concern: Concern, reply: Reply) -> Answer:
    """Answer a concern. What belongs in the risk assessment is raised in the hazard inbox (2.1), in the
    leader's name and words: many read it there. The same `reply.id` again changes nothing.

    Raises: NotAllowed for those it was not sent to, NotPossible when it is answered already.
    """
    capacity = refuse_who_does_not_answer(by=by, concern=concern)
    if reply.outcome not in outcomes_of(capacity):
        raise NotAllowed(_("Et verneombud svarer ikke for arbeidsgiveren."))
    if sent := Answer.objects.filter(id=reply.id, by_id=by.id, concern=concern).first():
        return sent
    if concern.answered_at is not None:
        raise NotPossible(_("Noen har svart allerede. Åpne siden på nytt, så ser du svaret."))
    made, is_new = made_once(
        Answer,
        id=reply.id,
        owner={"by_id": by.id, "concern_id": concern.id},
        fields={
            "outcome": reply.outcome,
            "text": reply.text,
            "hazard_id": _raise_hazard(by, concern, reply.hazard)
            if reply.outcome is Outcome.HAZARD
            else None,
        },
    )
    if is_new:
        tell(
            person_ids=[concern.writer_id],
            kind=told.ANSWERED,
            subject_id=made.id,
            url=concern.get_absolute_url(),
            context={"name": by.name},
        )
    return made


def _raise_hazard(by: SignedInPerson, concern: Concern, what: str) -> UUID:
    draft = HazardDraft(id=new_id(), unit_id=concern.workforce.unit_id, what=what)
    return raise_hazard(by=by, draft=draft).id


@transaction.atomic
def judge(*, by: SignedInPerson, concern: Concern, verdict_id: UUID, settles: bool, text: str = "") -> bool:
    """The writer says, once, whether the answer settles it; if not it goes to the next in line at once.

    Returns whether it is settled, or there was somebody to pass it on to. The same `verdict_id` again changes
    nothing. Raises: NotAllowed for others; NotPossible before there is an answer, or when it has been said.
    """
    if by.id != concern.writer_id:
        raise NotAllowed(_("Bare den som skrev, sier om svaret holder."), who_can_help=concern.writer.name)
    said = Verdict.objects.filter(concern=concern).first()
    if said and said.id == verdict_id:
        return True
    if said or concern.answered_at is None:
        raise NotPossible(_("Du har sagt det allerede, eller det er ikke noe svar ennå. Åpne siden på nytt."))
    made_once(
        Verdict, id=verdict_id, owner={"concern_id": concern.id}, fields={"settles": settles, "text": text}
    )
    if not settles:
        return pass_on(concern, Reason.UNSETTLED)
    answered_by = Answer.objects.filter(concern=concern).values_list("by_id", flat=True)
    _tell(concern, answered_by, told.SETTLED, concern.workforce.unit.name)
    return True


def _tell(concern: Concern, person_ids: Iterable[int], kind: str, unit: str) -> None:
    tell(
        person_ids=person_ids,
        kind=kind,
        subject_id=concern.id,
        url=concern.get_absolute_url(),
        context={"unit": unit},
    )
