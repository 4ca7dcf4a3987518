"""Changes of premises (3.1): registered, reviewed before they are taken into use, and only then closed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.once import made_once
from tryggmote.notices.services import tell
from tryggmote.organisation.standing import deciders_of, representatives_of, standing_in
from tryggmote.premises.models import Building, Room
from tryggmote.reviews import told
from tryggmote.reviews.models import Change, ChangeEnding, Review
from tryggmote.reviews.rules import forms_touched, may_review
from tryggmote.reviews.vocabulary import Ending
from tryggmote.risk.reopening import reopen_for_change


@dataclass(frozen=True)
class ChangeDraft:
    """What is to change. `room_ids`: the rooms it is about; none for the whole building."""

    id: UUID
    kind: str
    what: str
    in_use_on: date
    room_ids: tuple[UUID, ...] = ()


@transaction.atomic
def register_change(*, by: SignedInPerson, building: Building, draft: ChangeDraft) -> Change:
    """Say that something is to change. The unit's leaders and representatives are told, and the risk
    assessments it touches are opened again, so that it is assessed before it is taken into use (2.1).

    The day may have been: what is in use already must be reviewed all the more. The same `draft.id` again
    changes nothing. Raises: NotAllowed for others than leaders and safety representatives of the unit;
    NotPossible for a room in another building.
    """
    if not may_review(standing_in(building.unit_id)):
        raise NotAllowed(
            _("Endringer av lokalene registreres av leder eller verneombud."), _("Si fra til en av dem.")
        )
    rooms = set(draft.room_ids)
    if Room.objects.filter(id__in=rooms, zone__building=building).count() != len(rooms):
        raise NotPossible(_("Et av rommene er ikke i dette bygget. Velg på nytt."))
    owner: dict[str, int | UUID] = {"by_id": by.id, "building_id": building.id}
    fields = vars(draft) | {"room_ids": sorted(rooms)}
    fields.pop("id")
    change, is_new = made_once(Change, id=draft.id, owner=owner, fields=fields)
    if is_new:
        _tell(change, by)
        reopen_for_change(unit_id=building.unit_id, forms=forms_touched(change.kind), change_id=change.id)
    return change


@transaction.atomic
def put_off(*, by: SignedInPerson, change: Change, in_use_on: date) -> None:
    """It is taken into use another day.

    Raises: NotAllowed for others than leaders; NotPossible when it has ended, when it is in use already, or
    for a day that has been.
    """
    _refuse_unless_leads(change)
    today = timezone.localdate()
    if change.in_use_on <= today:
        raise NotPossible(_("Endringen er tatt i bruk. Da må den ha vernerunde nå."))
    if in_use_on < today:
        raise NotPossible(_("Dagen har vært. Velg en dag fra og med i dag."))
    change.in_use_on = in_use_on
    change.save(update_fields=["in_use_on"])


@transaction.atomic
def close_change(*, by: SignedInPerson, change: Change, ending_id: UUID) -> ChangeEnding:
    """The change is done with. The same `ending_id` again changes nothing.

    Raises: NotAllowed for others than leaders; NotPossible before a review of it is signed by both.
    """
    if sent := _sent(by, change, ending_id):
        return sent
    _refuse_unless_leads(change)
    if not Review.objects.filter(change=change, signed_at__isnull=False).exists():
        raise NotPossible(
            _("Endringen kan ikke lukkes før leder og verneombud har gått og signert vernerunden.")
        )
    return _end(by, change, ending_id, Ending.CLOSED, "")


@transaction.atomic
def call_off(*, by: SignedInPerson, change: Change, ending_id: UUID, reason: str) -> ChangeEnding:
    """Nothing came of the change. The same `ending_id` again changes nothing.

    Raises: NotAllowed for others than leaders; NotPossible when it has ended.
    """
    if sent := _sent(by, change, ending_id):
        return sent
    _refuse_unless_leads(change)
    return _end(by, change, ending_id, Ending.CALLED_OFF, reason)


def _sent(by: SignedInPerson, change: Change, ending_id: UUID) -> ChangeEnding | None:
    return ChangeEnding.objects.filter(id=ending_id, by_id=by.id, change=change).first()


def _end(by: SignedInPerson, change: Change, ending_id: UUID, ending: Ending, words: str) -> ChangeEnding:
    own: dict[str, int | UUID] = {"by_id": by.id, "change_id": change.id}
    made = made_once(ChangeEnding, id=ending_id, owner=own, fields={"ending": ending, "words": words})[0]
    change.refresh_from_db()
    return made


def _refuse_unless_leads(change: Change) -> None:
    if not standing_in(change.building.unit_id).leads:
        raise NotAllowed(_("Bare en leder for enheten avslutter endringer."))
    if change.ended_at:
        raise NotPossible(_("Endringen er avsluttet allerede."))


def _tell(change: Change, by: SignedInPerson) -> None:
    unit = change.building.unit
    people = {p.person_id for p in [*deciders_of(unit.id), *representatives_of(unit.id)]} - {by.id}
    tell(
        person_ids=people,
        kind=told.CHANGE,
        subject_id=change.id,
        url=change.get_absolute_url(),
        context={"building": change.building.name, "unit": unit.name, "day": f"{change.in_use_on:%d.%m.%Y}"},
    )
