"""A building goes to another unit: offices are merged, one is split, a department moves out (3.1)."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.once import made_once
from tryggmote.organisation.handing_over import units_answered_for
from tryggmote.organisation.models import Unit
from tryggmote.organisation.standing import standing_in
from tryggmote.premises.models import Building, BuildingMove
from tryggmote.premises.rules import may_move


def units_to_move_to(building: Building) -> QuerySet[Unit]:
    """The other units at work that the one who asks answers for, in Norwegian order."""
    return units_answered_for().exclude(id=building.unit_id)


@transaction.atomic
def move_building(*, by: SignedInPerson, move_id: UUID, building: Building, to_unit_id: int) -> BuildingMove:
    """The building belongs to another unit from now on, with its zones, rooms, and all noted about them.

    The same `move_id` again changes nothing. Raises: NotAllowed for one who does not answer for both units;
    NotPossible when it is there already, or when somebody has just moved it.
    """
    own: dict[str, int | UUID] = {"by_id": by.id, "building_id": building.id}
    if sent := BuildingMove.objects.filter(id=move_id, **own).first():
        return sent
    # The page may be older than somebody else's move.
    building.refresh_from_db(fields=["unit"])
    if not (may_move(standing_in(building.unit_id)) and may_move(standing_in(to_unit_id))):
        raise NotAllowed(
            _("Et bygg flyttes av en som leder begge enhetene, eller av en direktør over dem."),
            _("Spør direktøren i fylket eller kommunen."),
        )
    if building.unit_id == to_unit_id:
        raise NotPossible(_("Bygget hører til denne enheten allerede. Velg en annen."))
    where: dict[str, int] = {"from_unit_id": building.unit_id, "to_unit_id": to_unit_id}
    try:
        with transaction.atomic():
            move = made_once(BuildingMove, id=move_id, owner=own, fields=where)[0]
    except IntegrityError as error:
        raise NotPossible(_("Noen andre har nettopp flyttet bygget. Åpne siden på nytt.")) from error
    building.refresh_from_db()
    return move
