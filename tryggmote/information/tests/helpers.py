"""Short ways to say what tests of information need."""

from datetime import datetime
from typing import Any
from uuid import UUID

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.information import registry
from tryggmote.information.models import Item
from tryggmote.information.services import mark_read, mark_read_about, publish
from tryggmote.organisation.models import Person, Unit

KIND = "information.test"

if KIND not in {kind.code for kind in registry.kinds()}:
    registry.register(
        registry.ItemKind(KIND, title="Nytt: %(title)s", body="Noe er endret.", icon="NewspaperIcon")
    )


def published_by(
    person: Person, unit: Unit, *, title: str = "Ny låsrutine", at: datetime | None = None, **given: Any
) -> Item:
    """Something this person has put in the unit's feed, now or at `at`."""
    subject = given.pop("subject_id", None) or new_id()
    with acting_as(person.id):
        item = publish(
            unit_id=unit.id, kind=KIND, subject_id=subject, url=f"/dokument/{subject}/",
            context={"title": title}, by_id=person.id, **given,
        )  # fmt: skip
    if at is not None:
        Item.objects.filter(id=item.id).update(at=at)
        item.refresh_from_db()
    return item


def read_by(person: Person, item: Item) -> None:
    """This person reads the item."""
    with acting_as(person.id) as by:
        mark_read(by=by, item=Item.objects.get(id=item.id))


def opened_by(person: Person, subject_id: UUID) -> None:
    """This person opens the document that some item may be about."""
    with acting_as(person.id) as by:
        mark_read_about(by=by, subject_id=subject_id)
