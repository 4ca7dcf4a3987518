"""The register of injuries (AML § 5-1): entering, and the injured's own consent to what is medical."""

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
from tryggmote.incidents.rules import involved
from tryggmote.incidents.vocabulary import Outcome
from tryggmote.notices.services import tell
from tryggmote.organisation.queries import placement_of, safety_area_of
from tryggmote.statutory.models import Consent, Injury, MedicalDetail, NoInjury
from tryggmote.statutory.notifying import must_handle
from tryggmote.statutory.vocabulary import Absence
from tryggmote.ui.dates import OSLO

READ_LOG_KIND = "injury"
REPORT_STEP = "injury_report"
"""The step of the incident that asks for the report to NAV (`incidents.consequence_rules`)."""


@dataclass(frozen=True)
class InjuryEntry:
    """What a leader enters. `injured_id`: the exposed or the reporter of the incident."""

    id: UUID
    injured_id: int
    kinds: Sequence[str]
    absence: str = Absence.UNKNOWN


@transaction.atomic
def enter_injury(
    *, by: SignedInPerson, incident: Incident, entry: InjuryEntry, at: datetime | None = None
) -> Injury:
    """Enter an injury in the register, made of what the incident says, and tell the injured.

    Entering the same person again says more of the same line: kind and absence become clear with time.
    Raises NotAllowed for others than uninvolved leaders, NotPossible for somebody the incident is not about.
    """
    must_handle(by, incident)
    if entry.injured_id not in involved(incident):
        raise NotPossible(_("Bare den utsatte eller den som meldte, kan føres som skadet i denne hendelsen."))
    said = {"kinds": sorted(set(entry.kinds)), "absence": entry.absence}
    if Injury.objects.filter(incident=incident, injured_id=entry.injured_id).update(**said):
        return Injury.objects.get(incident=incident, injured_id=entry.injured_id)
    injury, is_new = made_once(
        Injury,
        id=entry.id,
        owner={"by_id": by.id, "incident_id": incident.id},
        fields={
            **said,
            **_place(incident, entry.injured_id),
            "injured_id": entry.injured_id,
            "natures": incident.natures,
            "form": incident.form,
            "happened_on": incident.happened_at.astimezone(OSLO).date(),
            "at": at or timezone.now(),
        },
    )
    if is_new:
        # There was none to report; now there is.
        ask_again(by=by, incident=incident, code=REPORT_STEP, at=injury.at)
        tell(
            person_ids=[injury.injured_id],
            kind="injury_entered",
            subject_id=injury.id,
            url=injury.get_absolute_url(),
            context={"name": by.name},
        )
    return injury


def _place(incident: Incident, injured_id: int) -> dict[str, int | None]:
    """Where the injured works: their own employer keeps the register."""
    placement = placement_of(injured_id) if injured_id != incident.concerned_id else None
    if placement is None:
        return {"workforce_id": incident.workforce_id, "safety_area_id": incident.safety_area_id}
    return {"workforce_id": placement.workforce_id, "safety_area_id": safety_area_of(placement)}


@transaction.atomic
def declare_no_injury(
    *, by: SignedInPerson, incident: Incident, declaration_id: UUID, reason: str, at: datetime | None = None
) -> NoInjury:
    """Say that nobody was injured, and why one knows. The same `declaration_id` again changes nothing.

    Raises NotAllowed for others than uninvolved leaders, NotPossible when an injury has been entered.
    """
    must_handle(by, incident)
    if Injury.objects.filter(incident=incident).exists():
        raise NotPossible(_("En skade fra denne hendelsen er alt ført i registeret."))
    declared, is_new = made_once(
        NoInjury,
        id=declaration_id,
        owner={"by_id": by.id, "incident_id": incident.id},
        fields={"reason": reason, "at": at or timezone.now()},
    )
    if is_new:
        take_step(
            by=by,
            incident=incident,
            code=REPORT_STEP,
            outcome=Outcome.DECLINED,
            note=reason,
            at=declared.at,
        )
    return declared


@transaction.atomic
def give_consent(
    *, by: SignedInPerson, injury: Injury, consent_id: UUID, text: str, at: datetime | None = None
) -> Consent:
    """The injured puts medical information in the register, in their own words (AML § 5-1).

    What they wrote before is replaced. The same `consent_id` again changes nothing. Raises NotAllowed for
    everybody else.
    """
    _must_be_injured(by, injury)
    consent, is_new = _decide(by, injury, consent_id, True, at)
    if is_new:
        MedicalDetail.objects.filter(injury=injury).delete()
        MedicalDetail.objects.create(injury=injury, text=text, at=consent.at)
    return consent


@transaction.atomic
def withdraw_consent(
    *, by: SignedInPerson, injury: Injury, consent_id: UUID, at: datetime | None = None
) -> Consent:
    """The injured takes consent back, and the medical text is deleted. Raises NotAllowed for others."""
    _must_be_injured(by, injury)
    # Before the consent goes: without it the text cannot be found.
    MedicalDetail.objects.filter(injury=injury).delete()
    return _decide(by, injury, consent_id, False, at)[0]


def _decide(
    by: SignedInPerson, injury: Injury, consent_id: UUID, is_given: bool, at: datetime | None
) -> tuple[Consent, bool]:
    return made_once(
        Consent,
        id=consent_id,
        owner={"by_id": by.id, "injury_id": injury.id},
        fields={"is_given": is_given, "at": at or timezone.now()},
    )


def _must_be_injured(by: SignedInPerson, injury: Injury) -> None:
    if injury.injured_id != by.id:
        raise NotAllowed(_("Bare den som er skadet, bestemmer over medisinske opplysninger om seg selv."))
