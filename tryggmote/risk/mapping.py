"""The mapping of the work: activities by meeting forms, adjusted from a starter set (1.1, 2.1)."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tryggmote.access.context import SignedInPerson
from tryggmote.access.ids import new_id
from tryggmote.access.once import made_once
from tryggmote.risk import libraries
from tryggmote.risk.models import Activity
from tryggmote.risk.versions import refuse_unless_leader


@dataclass(frozen=True)
class ActivityDraft:
    """What the unit does. `id` is made with the form."""

    id: UUID
    name: str
    forms: tuple[str, ...]
    places: str = ""


@transaction.atomic
def take_starter_set(*, by: SignedInPerson, unit_id: int, forms: Collection[str]) -> int:
    """Put the starter activities into the mapping of a unit that has none of them; says how many came.

    Only those in a meeting form that the unit uses (`forms`).
    Raises: NotAllowed for one who does not lead it.
    """
    refuse_unless_leader(unit_id)
    there = set(Activity.objects.filter(unit_id=unit_id).values_list("starter", flat=True))
    coming = [
        Activity(
            id=new_id(),
            unit_id=unit_id,
            starter=starter.code,
            forms=[form for form in starter.forms if form in forms],
            places=str(starter.places or ""),
            added_by_id=by.id,
        )
        for starter in libraries.activities()
        if starter.code not in there and not set(starter.forms).isdisjoint(forms)
    ]
    return len(Activity.objects.bulk_create(coming))


@transaction.atomic
def add_activity(*, by: SignedInPerson, unit_id: int, draft: ActivityDraft) -> Activity:
    """Add what the unit does. Sending the same `draft.id` again returns the first.

    Raises: NotAllowed for one who does not lead the unit.
    """
    refuse_unless_leader(unit_id)
    fields = {"unit_id": unit_id, "name": draft.name, "forms": list(draft.forms), "places": draft.places}
    activity, _is_new = made_once(Activity, id=draft.id, owner={"added_by_id": by.id}, fields=fields)
    return activity


@transaction.atomic
def change_activity(*, activity: Activity, draft: ActivityDraft) -> None:
    """Change a row of the mapping. Raises: NotAllowed for one who does not lead the unit."""
    refuse_unless_leader(activity.unit_id)
    Activity.objects.filter(id=activity.id).update(
        name=draft.name, forms=list(draft.forms), places=draft.places
    )


@transaction.atomic
def end_activity(*, activity: Activity) -> None:
    """The unit does not do this any more; assessments of it stay. Raises: NotAllowed."""
    refuse_unless_leader(activity.unit_id)
    Activity.objects.filter(id=activity.id, ended_at=None).update(ended_at=timezone.now())
