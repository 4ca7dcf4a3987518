"""What is done about the co-ordination agreement between the employers in an office (AML § 2-2)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.once import made_once
from tryggmote.controls.agreement_queries import employers_in, may_sign_for
from tryggmote.controls.models import Agreement, AgreementReview, AgreementSigning
from tryggmote.controls.queries import belongs_to
from tryggmote.notices.services import tell
from tryggmote.organisation.roles import OVERSEES
from tryggmote.organisation.standing import holders_of, leaders_of, standing_in


@dataclass(frozen=True)
class AgreementDraft:
    """What a leader proposes. `id` is made with the form, so that sending it again is harmless."""

    id: UUID
    unit_id: int
    employer_ids: tuple[int, ...]
    co_ordinator_id: int
    text: str
    from_on: date
    to_on: date | None = None


@transaction.atomic
def propose_agreement(*, by: SignedInPerson, draft: AgreementDraft) -> Agreement:
    """Propose an agreement and ask the nearest leader of each employer to sign it.

    Sending the same `draft.id` again returns the first. Raises: NotAllowed for others than leaders of the
    unit, NotPossible when a party has nobody there, the co-ordinator does not belong, or the id is another's.
    """
    if not standing_in(draft.unit_id).leads:
        raise NotAllowed(_("Bare en leder for enheten kan lage en avtale."))
    at_work = {employer.id for employer in employers_in(draft.unit_id)}
    if len(draft.employer_ids) < 2 or not set(draft.employer_ids) <= at_work:
        raise NotPossible(_("En avtale er mellom to arbeidsgivere eller flere, som har ansatte i enheten."))
    if not belongs_to(draft.co_ordinator_id, draft.unit_id):
        raise NotPossible(_("Den som samordner, må høre til enheten. Velg en annen."))
    fields = vars(draft) | {"employer_ids": sorted(draft.employer_ids)}
    fields.pop("id")
    agreement, is_new = made_once(Agreement, id=draft.id, owner={"created_by_id": by.id}, fields=fields)
    if is_new:
        _ask_to_sign(by, agreement)
    return agreement


@transaction.atomic
def sign(*, by: SignedInPerson, agreement: Agreement, employer_id: int) -> AgreementSigning:
    """Sign for one of the employers. Signing again changes nothing.

    Raises: NotAllowed for those who do not lead that employer's people there.
    """
    if signed := AgreementSigning.objects.filter(agreement=agreement, employer_id=employer_id).first():
        return signed
    if employer_id not in may_sign_for(agreement):
        raise NotAllowed(_("Bare en leder for denne arbeidsgiverens ansatte kan signere."))
    signing = AgreementSigning(agreement=agreement, employer_id=employer_id, by_id=by.id)
    # Two leaders of the same employer at the same moment: the first one counts.
    AgreementSigning.objects.bulk_create([signing], ignore_conflicts=True)
    agreement.refresh_from_db()
    return AgreementSigning.objects.get(agreement=agreement, employer_id=employer_id)


@transaction.atomic
def review_agreement(*, by: SignedInPerson, agreement: Agreement, review_id: UUID) -> AgreementReview:
    """Go through the agreement and say that it is still right. The same `review_id` again changes nothing.

    Raises: NotAllowed for others than leaders of the unit, NotPossible before all have signed.
    """
    if not standing_in(agreement.unit_id).leads:
        raise NotAllowed(_("Bare en leder for enheten kan gå gjennom avtalen."))
    if agreement.signed_at is None:
        raise NotPossible(_("Avtalen er ikke signert av alle ennå."))
    own: dict[str, int | UUID] = {"by_id": by.id, "agreement_id": agreement.id}
    review = made_once(AgreementReview, id=review_id, owner=own, fields={})[0]
    agreement.refresh_from_db()
    return review


def _ask_to_sign(by: SignedInPerson, agreement: Agreement) -> None:
    signers = [_signers(agreement.unit_id, employer) for employer in agreement.employer_ids]
    tell(
        person_ids=set().union(*signers) - {by.id},
        kind="agreement_to_sign",
        subject_id=agreement.id,
        url=agreement.get_absolute_url(),
        context={"unit": agreement.unit.name},
    )


def _signers(unit_id: int, employer_id: int) -> set[int]:
    """Who can sign for an employer: the unit's own leaders on that line, else the director on it."""
    own = {p.person_id for p in leaders_of(unit_id) if p.employer_id in (None, employer_id)}
    return own or {p.person_id for p in holders_of(unit_id, OVERSEES) if p.employer_id == employer_id}
