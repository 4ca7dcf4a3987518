"""Pictures and plans of premises (3.1), seen by those who belong to the unit only."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotPossible
from tryggmote.access.once import made_once
from tryggmote.controls.pictures import CleanPicture
from tryggmote.premises.models import Building, Picture, Room
from tryggmote.premises.services import refuse_unless_leads

MOST = 24
"""Of one building or one room: enough to find one's way by, few enough for one page."""


def pictures_of(building: Building, room: Room | None = None) -> list[Picture]:
    """The pictures of a building as a whole or of one room, oldest first, without what they hold."""
    found = Picture.objects.filter(building=building, room=room).defer("content")
    return list(found.order_by("at", "id")[:MOST])


@transaction.atomic
def add_picture(
    *,
    by: SignedInPerson,
    picture_id: UUID,
    building: Building,
    room: Room | None,
    picture: CleanPicture,
    shows: str,
) -> Picture:
    """Put in a picture of a building, or of a room in it. The same `picture_id` again changes nothing.

    Raises: NotAllowed for others than leaders of the unit; NotPossible when there is no room for more.
    """
    refuse_unless_leads(building.unit_id)
    there = Picture.objects.filter(building=building, room=room).exclude(id=picture_id)
    if there.count() >= MOST:
        raise NotPossible(_("Det er plass til %(n)s bilder. Ta bort ett, og prøv igjen.") % {"n": MOST})
    owner: dict[str, int | UUID] = {"by_id": by.id, "building_id": building.id}
    fields = {"room": room, "shows": shows, **vars(picture)}
    return made_once(Picture, id=picture_id, owner=owner, fields=fields)[0]


@transaction.atomic
def remove_picture(*, by: SignedInPerson, picture: Picture) -> None:
    """Take a picture out; nothing of it is kept but that it was there. Raises: NotAllowed."""
    refuse_unless_leads(picture.building.unit_id)
    picture.delete()
