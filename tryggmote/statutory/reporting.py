"""The injury report (folketrygdloven § 13-14): decided, prepared, sent elsewhere, logged here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotPossible
from tryggmote.access.once import made_once
from tryggmote.incidents.consequences import ask_again, take_step
from tryggmote.incidents.models import Incident
from tryggmote.incidents.vocabulary import Outcome
from tryggmote.notices.services import tell
from tryggmote.statutory.legal_data import legal_data
from tryggmote.statutory.models import Injury, ReportDecision, ReportSending
from tryggmote.statutory.notifying import must_handle
from tryggmote.statutory.queries import injuries_of, is_any_unsent, latest_decision
from tryggmote.statutory.registering import REPORT_STEP
from tryggmote.statutory.vocabulary import Addressee


@dataclass(frozen=True)
class Sending:
    """The report was sent to `to` on a day, by hand and elsewhere."""

    id: UUID
    to: str
    sent_on: date
    receipt: str = ""


@transaction.atomic
def decide_report(
    *,
    by: SignedInPerson,
    injury: Injury,
    decision_id: UUID,
    is_due: bool,
    grounds: Sequence[str] = (),
    reason: str = "",
    at: datetime | None = None,
) -> ReportDecision:
    """Decide whether the injury is reported. Deciding again adds a decision; the latest counts.

    The same `decision_id` again changes nothing. Raises NotAllowed for others than uninvolved leaders,
    NotPossible when it is not reported though a ground holds, or without a reason.
    """
    incident = _incident_of(injury)
    must_handle(by, incident)
    if not is_due and (grounds or not reason):
        raise NotPossible(_("Skal skaden ikke meldes, må det stå hvorfor, og ingen av punktene kan gjelde."))
    decided, is_new = made_once(
        ReportDecision,
        id=decision_id,
        owner={"by_id": by.id, "injury_id": injury.id},
        fields={
            "rule_version": legal_data().version,
            "is_due": is_due,
            "grounds": list(grounds),
            "reason": reason,
            "at": at or timezone.now(),
        },
    )
    if is_new and is_due:
        ask_again(by=by, incident=incident, code=REPORT_STEP, at=decided.at)
    elif is_new:
        _settle(by, incident)
    return decided


@transaction.atomic
def record_sending(
    *, by: SignedInPerson, injury: Injury, sending: Sending, at: datetime | None = None
) -> ReportSending:
    """Write down that the report was sent, with date and receipt; the injured hears that it went to NAV.

    The same `sending.id` again changes nothing. Raises NotAllowed for others than uninvolved leaders,
    NotPossible before it is decided that it is due: none is sent when there is no injury.
    """
    incident = _incident_of(injury)
    must_handle(by, incident)
    decided = latest_decision(injury.id)
    if decided is None or not decided.is_due:
        raise NotPossible(_("Bestem først at skaden skal meldes."))
    sent, is_new = made_once(
        ReportSending,
        id=sending.id,
        owner={"by_id": by.id, "injury_id": injury.id},
        fields={
            "to": sending.to,
            "sent_on": sending.sent_on,
            "receipt": sending.receipt,
            "at": at or timezone.now(),
        },
    )
    if is_new and sending.to == Addressee.NAV:
        _settle(by, incident)
        tell(
            person_ids=[injury.injured_id],
            kind="injury_reported",
            subject_id=sent.id,
            url=injury.get_absolute_url(),
            context={"name": by.name},
        )
    return sent


def _settle(by: SignedInPerson, incident: Incident) -> None:
    """Take the incident's step when every injury is reported, or decided against with a reason."""
    decided = [latest_decision(injury.id) for injury in injuries_of(incident.id)]  # at most two
    if any(one is None for one in decided) or is_any_unsent(incident.id):
        return
    against = [one.reason for one in decided if one and not one.is_due]
    if len(against) == len(decided):
        note = " ".join(against)
        take_step(by=by, incident=incident, code=REPORT_STEP, outcome=Outcome.DECLINED, note=note)
    else:
        take_step(by=by, incident=incident, code=REPORT_STEP)


def _incident_of(injury: Injury) -> Incident:
    incident = Incident.objects.filter(id=injury.incident_id).first()
    if incident is None:  # a reader of the register who does not see the incident
        raise NotPossible(_("Bare lederen som følger opp hendelsen, kan melde skaden."))
    return incident
