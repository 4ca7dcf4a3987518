"""What changes a unit's addition to an action card: one function an act, each in one transaction (3.2)."""

from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.once import made_once
from tryggmote.controls.action_card_queries import address_of_addition, draft_of_card
from tryggmote.controls.action_card_rules import may_write_addition
from tryggmote.controls.action_card_texts import CardText
from tryggmote.controls.models import CardAddition, CardAdditionApproval
from tryggmote.information.services import publish
from tryggmote.notices.services import tell
from tryggmote.organisation.models import Unit
from tryggmote.organisation.standing import leaders_of, standing_in


class AdditionChangedMeanwhile(Exception):
    """Somebody else has saved the draft since the page was opened. `now`: the draft as it is."""

    def __init__(self, now: CardAddition) -> None:
        super().__init__(now.id)
        self.now = now


@dataclass(frozen=True)
class LocalFacts:
    """What holds here and not everywhere. `meets_police`: a role, not a name."""

    exits: str = ""
    assembly_point: str = ""
    police_minutes: int | None = None
    meets_police: str = ""
    more: str = ""


@transaction.atomic
def save_addition(
    *, by: SignedInPerson, unit_id: int, card: CardText, form_id: UUID, revision: int, facts: LocalFacts
) -> CardAddition:
    """Save what was written on the draft, or begin one. Sending the same `form_id` again changes nothing.

    Raises: NotAllowed for others than leaders and safety representatives of the unit;
    AdditionChangedMeanwhile when somebody else saved since `revision`.
    """
    _must_write(unit_id)
    own = CardAddition.objects.filter(unit_id=unit_id, card=card.code)
    if sent := own.filter(saved_with=form_id).first():
        return sent
    draft = draft_of_card(unit_id, card.code)
    if draft is None:
        return _begun(by, unit_id, card, form_id, facts)
    saved = CardAddition.objects.filter(id=draft.id, revision=revision, approved_at=None).update(
        **asdict(facts), revision=F("revision") + 1, saved_with=form_id
    )
    if not saved:
        raise AdditionChangedMeanwhile(draft)
    draft.refresh_from_db()
    return draft


@transaction.atomic
def ask_for_approval(*, by: SignedInPerson, draft: CardAddition) -> None:
    """The draft is done: the unit's leaders are told that it waits.

    Raises: NotAllowed for others than leaders and safety representatives of the unit.
    """
    _must_write(draft.unit_id)
    CardAddition.objects.filter(id=draft.id, approved_at=None).update(ready_at=timezone.now())
    tell(
        person_ids={leader.person_id for leader in leaders_of(draft.unit_id)} - {by.id},
        kind="card_addition_waiting",
        subject_id=draft.id,
        url=address_of_addition(draft.card, draft.unit_id),
        context={"unit": draft.unit.name},
    )


@transaction.atomic
def approve_addition(
    *, by: SignedInPerson, draft: CardAddition, card: CardText, approval_id: UUID, revision: int
) -> CardAdditionApproval:
    """Put the draft in force as it was read (`revision`); the unit is told.

    The same `approval_id` again changes nothing. Raises: NotAllowed for others than leaders of the unit;
    NotPossible when it was changed or approved meanwhile.
    """
    if not standing_in(draft.unit_id).leads:
        raise NotAllowed(
            _("Bare en leder for enheten kan godkjenne det som gjelder her."),
            _("Lederen for enheten kan godkjenne."),
        )
    own: dict[str, int | UUID] = {"by_id": by.id, "addition_id": draft.id}
    try:
        approval, is_new = made_once(
            CardAdditionApproval, id=approval_id, owner=own, fields={"revision": revision}
        )
    except NotPossible as error:
        raise NotPossible(
            _(
                "Utkastet er endret eller godkjent siden du åpnet det. "
                "Åpne det på nytt, og les det før du godkjenner."
            )
        ) from error
    if is_new:
        publish(
            unit_id=draft.unit_id,
            kind="controls.card_approved",
            subject_id=draft.id,
            url=f"/tiltakskort/{card.code}/",
            context={"title": str(card.title)},
            by_id=by.id,
            is_important=False,
        )
    return approval


def _must_write(unit_id: int) -> None:
    standing = standing_in(unit_id)
    if not may_write_addition(leads=standing.leads, represents=standing.represents):
        raise NotAllowed(
            _("Bare ledere og verneombud i enheten kan skrive det som gjelder her."),
            _("Si fra til lederen eller verneombudet hvis noe på kortet ikke stemmer."),
        )


def _begun(
    by: SignedInPerson, unit_id: int, card: CardText, form_id: UUID, facts: LocalFacts
) -> CardAddition:
    unit = Unit.objects.get(id=unit_id)
    known = CardAddition.objects.filter(unit=unit, card=card.code).aggregate(latest=Max("number"))["latest"]
    try:
        with transaction.atomic():
            return CardAddition.objects.create(
                unit=unit,
                card=card.code,
                number=(known or 0) + 1,
                by_id=by.id,
                saved_with=form_id,
                **asdict(facts),
            )
    except IntegrityError as error:
        raise NotPossible(
            _("Noen andre har nettopp begynt på et utkast. Åpne siden på nytt, så ser du det.")
        ) from error
