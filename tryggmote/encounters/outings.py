"""Going out alone and coming back (AML § 4-1): each function is one act in one transaction."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.once import made_once
from tryggmote.encounters import notice_kinds, outing_queries, outing_rules
from tryggmote.encounters.models import Check, Outing
from tryggmote.encounters.outing_rules import Step
from tryggmote.encounters.outing_timing import timing
from tryggmote.encounters.services import placement_or_refuse
from tryggmote.notices.services import mark_seen_about_any, tell


@dataclass(frozen=True)
class Plan:
    """What somebody says on the way out. `id` is made with the form, so sending twice is harmless.

    `pressed_at`: when it was sent by the phone's clock, which may be long before it arrives.
    """

    id: UUID
    form: str
    place: str
    contact_id: int
    expected_at: datetime
    check_id: UUID | None = None
    pressed_at: datetime | None = None


@dataclass(frozen=True)
class Answer:
    """What a page says later: `id` is made with its form, `pressed_at` as in `Plan`."""

    id: UUID
    pressed_at: datetime | None = None


@transaction.atomic
def check_out(*, by: SignedInPerson, plan: Plan) -> Outing:
    """Go out: the contact is told that they are the one. Sending the same `plan.id` again gives the first.

    Where the agreed time has passed before the plan arrives, the person is reminded first.
    Raises: NotAllowed for somebody placed nowhere, NotPossible for somebody who is out already.
    """
    now = timezone.now()
    place_of_work = placement_or_refuse(by)
    out = outing_queries.my_outing(by)
    if out and out.id != plan.id:
        raise NotPossible(_("Du er allerede ute. Si at du er tilbake før du drar ut igjen."))
    left_at = outing_rules.left_at(plan.pressed_at, now=now)
    expected_at = max(plan.expected_at, now)
    outing, is_new = made_once(
        Outing,
        id=plan.id,
        owner={"employee_id": by.id},
        fields={
            "contact_id": plan.contact_id,
            "workforce_id": place_of_work.workforce_id,
            "form": plan.form,
            "place": plan.place,
            "check_id": _own_check(by, plan.check_id),
            "started_at": left_at,
            "expected_at": expected_at,
            "last_heard_at": left_at,
            "next_step_at": _next_step_at(Step.NONE, expected_at, plan.form),
        },
    )
    if is_new:
        _tell(outing, [plan.contact_id], notice_kinds.OUTING_CHOSEN)
    return outing


@transaction.atomic
def say_all_is_well(*, by: SignedInPerson, outing: Outing, answer: Answer, minutes: int) -> None:
    """All is well, more time is needed. Those who were told that the person is not back are told.

    By the one who is out, or by the contact or a leader who has spoken with them. The same answer sent
    again changes nothing, nor does one that arrives after the person has come back.
    Raises: NotAllowed for anybody else.
    """
    is_own = outing.employee_id == by.id
    if not is_own and not outing_rules.may_speak_for(by, outing):
        raise NotAllowed(_("Bare den som er ute, kontakten og lederne kan si at alt er bra."))
    now = timezone.now()
    if not _still_out(outing) or outing.last_answer_id == answer.id:
        return
    told, was_overdue, last = outing_queries.told_of(outing), outing.overdue_id, outing.last_heard_at
    heard = outing_rules.heard_at(answer.pressed_at, now=now, last=last)
    outing.last_answer_id = answer.id
    outing.last_heard_at = heard
    outing.heard_from_id = None if is_own else by.id
    outing.expected_at = outing_rules.extended(outing.expected_at, minutes, heard=heard, last=last, now=now)
    outing.told_step = Step.NONE
    outing.next_step_at = _next_step_at(Step.NONE, outing.expected_at, outing.form)
    outing.save(
        update_fields=[
            "last_answer_id", "last_heard_at", "heard_from", "expected_at", "told_step", "next_step_at"
        ]
    )  # fmt: skip
    mark_seen_about_any(subject_ids=[was_overdue])
    _tell(outing, [i for i in told if i != by.id], notice_kinds.OUTING_WELL)


@transaction.atomic
def come_back(*, by: SignedInPerson, outing: Outing, answer: Answer) -> None:
    """The one who was out is back: the contact is told, and whoever was told that they were not.

    Saying it again changes nothing. Raises: NotAllowed for anybody else.
    """
    if outing.employee_id != by.id:
        raise NotAllowed(_("Bare den som er ute, kan si at de er tilbake."))
    if not _still_out(outing):
        return
    heard = outing_rules.heard_at(answer.pressed_at, now=timezone.now(), last=outing.last_heard_at)
    outing.returned_at = outing.last_heard_at = heard
    outing.heard_from_id = outing.next_step_at = None
    outing.save(update_fields=["returned_at", "last_heard_at", "heard_from", "next_step_at"])
    mark_seen_about_any(subject_ids=[outing.overdue_id])
    contact = [outing.contact_id] if outing.contact_id else []
    _tell(outing, [*contact, *outing_queries.told_of(outing)], notice_kinds.OUTING_BACK)


def mark_called(outing: Outing) -> None:
    """Help has been called for one who is not back; call it in the transaction of the call."""
    outing.told_step = Step.CALL
    outing.next_step_at = None
    outing.save(update_fields=["told_step", "next_step_at"])


def hold_for_call(outing_id: UUID, now: datetime) -> Outing | None:
    """The outing for which help is to be called, held; None when another has it, or nobody needs it now."""
    due = Outing.objects.select_for_update(skip_locked=True)
    return due.filter(id=outing_id, next_step_at__lte=now, told_step=Step.LEADER).first()


def _still_out(outing: Outing) -> bool:
    """Reads it as it is now, and holds it: an answer and a step taken at the same moment know of each other.

    False for one who is back: the policies let nobody say anything more of that.
    """
    try:
        outing.refresh_from_db(from_queryset=outing_queries.outings().select_for_update(of=("self",)))
    except Outing.DoesNotExist:
        return False
    return outing.is_out


def _next_step_at(told: Step, expected_at: datetime, form: str) -> datetime | None:
    return outing_rules.next_step_at(told, expected_at, timing().forms[form].by_step())


def _own_check(by: SignedInPerson, check_id: UUID | None) -> UUID | None:
    return check_id if check_id and Check.objects.filter(id=check_id, employee_id=by.id).exists() else None


def _tell(outing: Outing, person_ids: list[int], kind: str) -> None:
    tell(
        person_ids=person_ids,
        kind=kind,
        subject_id=outing.id,
        url=outing.get_absolute_url(),
        context={"name": outing.employee.name},
    )
