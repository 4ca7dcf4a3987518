"""The read log: opening a sensitive row is written down, and the person concerned can see who read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max, Min

from tryggmote.access.context import SignedInPerson
from tryggmote.access.models import ReadEntry
from tryggmote.organisation.models import Person


@dataclass(frozen=True)
class Reading:
    """Somebody opened the row: first and last time."""

    person_id: int
    name: str
    first_at: datetime
    last_at: datetime


def log_read(by: SignedInPerson, kind: str, object_id: UUID) -> None:
    """Write down that `by` opened this row, in the transaction that shows it."""
    log_reads(by, kind, [object_id])


def log_reads(by: SignedInPerson, kind: str, object_ids: Iterable[UUID]) -> None:
    """Write down that `by` was shown all these rows at once, as in a file; one query."""
    ReadEntry.objects.bulk_create(
        ReadEntry(person_id=by.id, kind=kind, object_id=object_id) for object_id in object_ids
    )


def reads_of(kind: str, object_id: UUID) -> list[Reading]:
    """Who has opened the row, latest first; two queries. Visible to those who may see the row's log."""
    rows = (
        ReadEntry.objects.filter(kind=kind, object_id=object_id)
        .values("person_id")
        .annotate(first=Min("read_at"), last=Max("read_at"))
        .order_by("-last")
    )
    found = list(rows)
    names = dict(Person.objects.filter(id__in=[row["person_id"] for row in found]).values_list("id", "name"))
    return [
        Reading(row["person_id"], names.get(row["person_id"], ""), row["first"], row["last"]) for row in found
    ]
