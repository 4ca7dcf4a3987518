"""Giving notice of death or serious injury (AML § 5-2): one function an act, each in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.once import made_once
from tryggmote.incidents.consequences import ask_again, take_step
from tryggmote.incidents.models import Incident
from tryggmote.incidents.rules import involved, may_handle
from tryggmote.incidents.vocabulary import Outcome
from tryggmote.notices.services import tell
from tryggmote.organisation.queries import safety_representatives_of
from tryggmote.statutory.legal_data import legal_data
from tryggmote.statutory.models import Judgement, NoticeAct
from tryggmote.statutory.queries import latest_judgement, notice_url, steps_done
from tryggmote.statutory.rules import is_notice_complete
from tryggmote.statutory.vocabulary import CALLS, NoticeStep

STEP = "notice_5_2"
"""The step of the incident that asks for this (`incidents.consequence_rules`)."""


@dataclass(frozen=True)
class Call:
    """A call to an authority: "inspectorate" or "police". `done_by_id`: who called, None for the recorder."""

    id: UUID
    authority: str
    done_at: datetime | None = None
    done_by_id: int | None = None
    reference: str = ""


def must_handle(by: SignedInPerson, incident: Incident) -> None:
    """Raises NotAllowed for others than leaders in whose own case it is not."""
    if not may_handle(by, incident):
        raise NotAllowed(
            _("Bare en leder som ikke selv er en del av hendelsen, kan gjøre dette."),
            who_can_help=_("Nærmeste leder for den det gjelder, eller neste leder."),
        )


@transaction.atomic
def judge_notice(
    *,
    by: SignedInPerson,
    incident: Incident,
    judgement_id: UUID,
    must_notify: bool,
    criteria: Sequence[str] = (),
    reason: str = "",
    at: datetime | None = None,
) -> Judgement:
    """Judge whether notice is due (AML § 5-2). Judging again adds a judgement; the latest counts.

    The same `judgement_id` again changes nothing. Raises NotAllowed for others than uninvolved leaders,
    NotPossible when notice is not due though a criterion holds, or without a reason.
    """
    must_handle(by, incident)
    if not must_notify and (criteria or not reason):
        raise NotPossible(_("Skal det ikke varsles, må det stå hvorfor, og ingen av punktene kan gjelde."))
    judged, is_new = made_once(
        Judgement,
        id=judgement_id,
        owner={"by_id": by.id, "incident_id": incident.id},
        fields={
            "rule_version": legal_data().version,
            "criteria": list(criteria),
            "must_notify": must_notify,
            "reason": reason,
            "at": at or timezone.now(),
        },
    )
    if is_new and must_notify:
        ask_again(by=by, incident=incident, code=STEP, at=judged.at)
    elif is_new:
        take_step(by=by, incident=incident, code=STEP, outcome=Outcome.DECLINED, note=reason, at=judged.at)
    return judged


@transaction.atomic
def record_call(
    *, by: SignedInPerson, incident: Incident, call: Call, at: datetime | None = None
) -> NoticeAct:
    """Write down that an authority was called, now or at `call.done_at`. Correcting it is calling again.

    The same `call.id` again changes nothing. Raises NotAllowed for others than uninvolved leaders,
    NotPossible before it is judged that notice is due.
    """
    _must_be_due(by, incident)
    now = at or timezone.now()
    return _done(
        by,
        incident,
        call.id,
        step=CALLS[call.authority],
        done_at=call.done_at or now,
        done_by_id=call.done_by_id or by.id,
        reference=call.reference,
        at=now,
    )[0]


@transaction.atomic
def confirm_in_writing(
    *,
    by: SignedInPerson,
    incident: Incident,
    act_id: UUID,
    text: str,
    sent_at: datetime | None = None,
    at: datetime | None = None,
) -> NoticeAct:
    """Write down that the confirmation was sent, with its text; safety representatives get a copy at once.

    Where there is no safety representative the copy is still owed (`record_copy`). The same `act_id` again
    changes nothing. Raises as `record_call`.
    """
    _must_be_due(by, incident)
    now = at or timezone.now()
    confirmation, is_new = _done(
        by,
        incident,
        act_id,
        step=NoticeStep.CONFIRMED,
        done_at=sent_at or now,
        done_by_id=by.id,
        text=text,
        at=now,
    )
    representatives = safety_representatives_of(
        incident.safety_area_id, passed=sorted(involved(incident) | {by.id})
    )
    if is_new and representatives:
        NoticeAct.objects.create(
            incident=incident, step=NoticeStep.COPIED, done_at=now, done_by_id=by.id, by_id=by.id, at=now
        )
        tell(
            person_ids=representatives,
            kind="notice_copy",
            subject_id=confirmation.id,
            url=notice_url(incident.id),
            context={"unit": incident.workforce.unit.name},
        )
        _finish(by, incident)
    return confirmation


@transaction.atomic
def record_copy(
    *,
    by: SignedInPerson,
    incident: Incident,
    act_id: UUID,
    done_at: datetime | None = None,
    at: datetime | None = None,
) -> NoticeAct:
    """Write down that the representative was given a copy outside Tryggmøte. Raises as `record_call`."""
    _must_be_due(by, incident)
    now = at or timezone.now()
    return _done(
        by, incident, act_id, step=NoticeStep.COPIED, done_at=done_at or now, done_by_id=by.id, at=now
    )[0]


def _must_be_due(by: SignedInPerson, incident: Incident) -> None:
    must_handle(by, incident)
    judged = latest_judgement(incident.id)
    if judged is None or not judged.must_notify:
        raise NotPossible(_("Vurder først om det må varsles."))


def _done(by: SignedInPerson, incident: Incident, act_id: UUID, **fields: object) -> tuple[NoticeAct, bool]:
    done = made_once(NoticeAct, id=act_id, owner={"by_id": by.id, "incident_id": incident.id}, fields=fields)
    _finish(by, incident)
    return done


def _finish(by: SignedInPerson, incident: Incident) -> None:
    """The incident's step is taken when everything the notice asks for is done."""
    if is_notice_complete(steps_done(incident.id)):
        take_step(by=by, incident=incident, code=STEP)
