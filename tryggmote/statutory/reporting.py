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
from tryggmote.incidents.models import Incident
from tryggmote.notices.services import tell
from tryggmote.statutory.legal_data import legal_data
from tryggmote.statutory.models import Injury, ReportDecision, ReportSending
from tryggmote.statutory.notifying import must_handle
from tryggmote.statutory.queries import latest_decision
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
    must_handle(by, _incident_of(injury))
    if not is_due and (grounds or not reason):
        raise NotPossible(_("Skal skaden ikke meldes, må det stå hvorfor, og ingen av punktene kan gjelde."))
    return made_once(
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
    )[0]


@transaction.atomic
def record_sending(
    *, by: SignedInPerson, injury: Injury, sending: Sending, at: datetime | None = None
) -> ReportSending:
    """Write down that the report was sent, with date and receipt; the injured hears that it went to NAV.

    The same `sending.id` again changes nothing. Raises NotAllowed for others than uninvolved leaders,
    NotPossible before it is decided that it is due: none is sent when there is no injury.
    """
    must_handle(by, _incident_of(injury))
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
        tell(
            person_ids=[injury.injured_id],
            kind="injury_reported",
            subject_id=sent.id,
            url=injury.get_absolute_url(),
            context={"name": by.name},
        )
    return sent


def _incident_of(injury: Injury) -> Incident:
    incident = Incident.objects.filter(id=injury.incident_id).first()
    if incident is None:  # a reader of the register who does not see the incident
        raise NotPossible(_("Bare lederen som følger opp hendelsen, kan melde skaden."))
    return incident
