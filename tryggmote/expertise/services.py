"""What is done with a request for expert help: one function an act, each in one transaction (1.2)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.once import made_once
from tryggmote.expertise import told
from tryggmote.expertise.models import ExpertAnswer, ExpertRequest, UsedIn
from tryggmote.expertise.queries import is_put_to_me
from tryggmote.expertise.rules import may_ask, may_record
from tryggmote.expertise.vocabulary import Kind
from tryggmote.notices.services import tell
from tryggmote.organisation.models import Unit
from tryggmote.organisation.standing import holders_of, leaders_of, standing_in


@dataclass(frozen=True)
class Question:
    """What is asked of whom, by when, and what it is about. `whom` is needed for Kind.OTHER only."""

    kind: Kind
    text: str
    wanted_by: date
    whom: str = ""
    assessment_id: UUID | None = None
    hazard_id: UUID | None = None


def refuse_who_may_not_ask(unit_id: int) -> None:
    """Raises: NotAllowed for others than those who lead or represent the unit."""
    if not may_ask(standing_in(unit_id)):
        raise NotAllowed(
            _("Bare ledere og verneombud for enheten ber fagfolk om hjelp."),
            who_can_help=_("Lederen din eller verneombudet."),
        )


@transaction.atomic
def ask(*, by: SignedInPerson, request_id: UUID, unit: Unit, question: Question) -> ExpertRequest:
    """Ask for expert help (1.2). The same `request_id` again changes nothing.

    Experts who are registered for the unit are told, and its leaders when a representative asks.
    Raises: NotAllowed; NotPossible when the assessment or the hazard is not one of the unit's.
    """
    refuse_who_may_not_ask(unit.id)
    made, is_new = made_once(
        ExpertRequest,
        id=request_id,
        owner={"asked_by_id": by.id, "unit_id": unit.id},
        fields={
            "kind": question.kind,
            "whom": question.whom if question.kind is Kind.OTHER else "",
            "question": question.text,
            "wanted_by": question.wanted_by,
            "assessment_id": question.assessment_id,
            "hazard_id": question.hazard_id,
        },
    )
    if is_new:
        _tell_who_is_asked(by, made, unit)
    return made


def _tell_who_is_asked(by: SignedInPerson, made: ExpertRequest, unit: Unit) -> None:
    role = Kind(made.kind).role
    experts = {person.person_id for person in holders_of(unit.id, [role])} if role else set()
    leaders = {person.person_id for person in leaders_of(unit.id)} - experts
    asked_by_leader = standing_in(unit.id).leads
    _tell(experts - {by.id}, told.ASKED, made, unit)
    if not asked_by_leader:
        _tell(leaders - {by.id}, told.REPRESENTATIVE_ASKED, made, unit)


def may_answer(request: ExpertRequest) -> bool:
    """Whether one is the expert who is asked, or a leader who records what they said."""
    return is_put_to_me(request) or may_record(standing_in(request.unit_id))


def refuse_who_may_not_answer(request: ExpertRequest) -> None:
    """Raises: NotAllowed for others than the expert and leaders of the unit."""
    if not may_answer(request):
        raise NotAllowed(
            _("Bare den som er spurt, svarer. Lederen for enheten fører svar som kommer på andre måter."),
            who_can_help=_("Lederen for enheten."),
        )


@transaction.atomic
def answer(
    *, by: SignedInPerson, request: ExpertRequest, answer_id: UUID, text: str, answered_on: date | None = None
) -> ExpertAnswer:
    """The expert answers, or a leader records what was answered on `answered_on` outside the system (1.2).

    The same `answer_id` again changes nothing. Raises: NotAllowed for others; NotPossible when the request is
    answered or withdrawn already.
    """
    refuse_who_may_not_answer(request)
    is_own = is_put_to_me(request)
    sent = ExpertAnswer.objects.filter(id=answer_id, by_id=by.id, request=request).first()
    if sent:
        return sent
    _refuse_closed(request)
    made, is_new = made_once(
        ExpertAnswer,
        id=answer_id,
        owner={"by_id": by.id, "request_id": request.id},
        fields={
            "text": text,
            "answered_on": timezone.localdate() if is_own else answered_on or timezone.localdate(),
            "is_own": is_own,
        },
    )
    if is_new:
        leaders = {person.person_id for person in leaders_of(request.unit_id)}
        _tell({request.asked_by_id, *leaders} - {by.id}, told.ANSWERED, request, request.unit)
    return made


@transaction.atomic
def withdraw(*, by: SignedInPerson, request: ExpertRequest, why: str) -> None:
    """Whoever asked needs no answer any more, and says why.

    Raises: NotAllowed for others; NotPossible when it is answered or withdrawn already.
    """
    if request.asked_by_id != by.id:
        raise NotAllowed(
            _("Bare den som spurte, trekker spørsmålet tilbake."), who_can_help=request.asked_by.name
        )
    _refuse_closed(request)
    request.withdrawn_at, request.withdrawn_why = timezone.now(), why
    request.save(update_fields=["withdrawn_at", "withdrawn_why"])


@transaction.atomic
def use(*, by: SignedInPerson, request: ExpertRequest, assessment_id: UUID) -> UsedIn:
    """A leader says in which assessment the answer was used. Saying it again changes nothing.

    Raises: NotAllowed for others than leaders; NotPossible before there is an answer.
    """
    if not may_record(standing_in(request.unit_id)):
        raise NotAllowed(
            _("Bare lederen for enheten fører hvor svaret er brukt."),
            who_can_help=_("Lederen for enheten."),
        )
    if request.answered_at is None:
        raise NotPossible(_("Spørsmålet er ikke besvart ennå."))
    found, _is_new = UsedIn.objects.get_or_create(
        request=request, assessment_id=assessment_id, defaults={"by_id": by.id}
    )
    return found


def _refuse_closed(request: ExpertRequest) -> None:
    if not request.is_open:
        raise NotPossible(_("Spørsmålet er besvart eller trukket tilbake. Åpne siden på nytt."))


def _tell(person_ids: set[int], kind: str, request: ExpertRequest, unit: Unit) -> None:
    tell(
        person_ids=person_ids,
        kind=kind,
        subject_id=request.id,
        url=request.get_absolute_url(),
        context={"unit": unit.name},
    )
