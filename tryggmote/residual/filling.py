"""Choosing what sees to an element in a meeting form, and taking it away again (3.2, 3.3, 3.4)."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotAllowed
from tryggmote.access.ids import new_id
from tryggmote.organisation.standing import standing_in
from tryggmote.residual.cells import Cell
from tryggmote.residual.models import Filling
from tryggmote.residual.rules import may_write
from tryggmote.residual.things import Thing


@transaction.atomic
def fill(*, by: SignedInPerson, cells: Collection[Cell], things: Collection[Thing]) -> None:
    """A leader says that these things see to these cells of one unit, each where it holds.

    Choosing what is chosen already changes nothing, so that sending it twice is harmless.
    Raises: NotAllowed for others than leaders of the unit.
    """
    for unit_id in {cell.unit_id for cell in cells}:
        refuse_unless_leader(unit_id)
    Filling.objects.bulk_create(
        [
            Filling(
                id=new_id(),
                unit_id=cell.unit_id,
                element=cell.element.code,
                form=cell.form.value,
                by_id=by.id,
                **pointing_to(thing),
            )
            for cell in cells
            for thing in things
            if thing.holds_in(cell.form.value)
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def take_away(*, by: SignedInPerson, filling: Filling) -> None:
    """A leader says that this sees to the cell no longer. Taking it away again changes nothing.

    Raises: NotAllowed for others than leaders of the unit.
    """
    refuse_unless_leader(filling.unit_id)
    Filling.objects.filter(id=filling.id, ended_at=None).update(ended_at=timezone.now(), ended_by_id=by.id)


def refuse_unless_leader(unit_id: int) -> None:
    """Raises: NotAllowed for others than leaders of the unit."""
    if not may_write(standing_in(unit_id)):
        raise NotAllowed(
            _("Bare en leder for enheten kan bestemme hva som skal være på plass."),
            _("Si fra til lederen eller verneombudet om det du savner."),
        )


def pointing_to(thing: Thing) -> dict[str, UUID | str]:
    """The columns of a filling that point to the thing."""
    kind, _colon, key = thing.key.partition(":")
    return {"card": key} if kind == "card" else {f"{kind}_id": UUID(key)}
