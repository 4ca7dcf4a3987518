"""Whom something can be handed to: those who may do what all of it asks."""

from collections.abc import Sequence

from django.db.models import QuerySet

from tryggmote.duties.kinds import Receiver, kinds
from tryggmote.duties.owed import Owed
from tryggmote.organisation.models import Person
from tryggmote.organisation.queries import colleagues
from tryggmote.organisation.standing import deciders_of, leaders_of
from tryggmote.ui.dates import oslo_today


def can_be_handed(owed: Owed) -> bool:
    """Whether there is anybody at all to hand it to. What one has been handed goes back, not further."""
    return (
        owed.unit_id is not None and not owed.handed_by and kinds()[owed.kind].goes_to is not Receiver.NOBODY
    )


def receivers_of(owed: Sequence[Owed], *, giver_id: int) -> QuerySet[Person]:
    """Those who may do all of it, in Norwegian order; two questions for each unit and sort of receiver."""
    if not owed or not all(map(can_be_handed, owed)):
        return Person.objects.none()
    asked = {(kinds()[each.kind].goes_to, each.unit_id) for each in owed}
    found = Person.objects.exclude(id=giver_id).filter(ended_on=None)
    for receiver, unit_id in sorted(asked, key=str):
        assert unit_id is not None, "can_be_handed says so"
        found = found.filter(id__in=_who(receiver, unit_id))
    return found.order_by("sort_key")


def _who(receiver: Receiver, unit_id: int) -> list[int]:
    if receiver is Receiver.LEADER:
        return [held.person_id for held in (*leaders_of(unit_id), *deciders_of(unit_id))]
    return list(colleagues(unit_id, oslo_today()).values_list("id", flat=True))
