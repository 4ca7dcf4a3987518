"""Taking a list into the register: keep it, show what it would do, do exactly that, forget it (3.5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotPossible
from tryggmote.access.once import made_once
from tryggmote.equipment import queries
from tryggmote.equipment.importing.reading import Places, Row, rows_of
from tryggmote.equipment.models import PLACE_LIMIT, ImportDraft
from tryggmote.equipment.services import must_lead, register_many
from tryggmote.organisation.importing.columns import plain
from tryggmote.organisation.importing.workbooks import workbook_sheets
from tryggmote.ui.dates import oslo_today

KEEP_FILES = timedelta(hours=24)


@dataclass(frozen=True)
class Plan:
    """What a file would do: what is new, and what is in the register already and stays as it is."""

    new: Sequence[Row]
    known: Sequence[Row]


@transaction.atomic
def keep_file(*, by: SignedInPerson, unit_id: int, file_id: UUID, name: str, content: bytes) -> ImportDraft:
    """Keep a workbook until its sender has seen what it would do. Nothing else is changed.

    The same `file_id` again returns the first; earlier files of the same person are forgotten.
    Raises: NotAllowed for others than leaders of the unit; BadFile for what is no workbook.
    """
    must_lead(unit_id)
    list(workbook_sheets(content, name))
    kept, is_new = made_once(
        ImportDraft,
        id=file_id,
        owner={"by_id": by.id},
        fields={"unit_id": unit_id, "name": name[:PLACE_LIMIT], "content": content},
    )
    if is_new:
        ImportDraft.objects.filter(by_id=by.id).exclude(id=file_id).delete()
    return kept


def plan_of(file: ImportDraft) -> Plan:
    """What the file would do now; three queries. Raises BadFile with everything that is wrong in it."""
    zones, rooms = queries.places_of([file.unit_id])
    rows = rows_of(bytes(file.content), file.name, Places(zones, rooms), oslo_today())
    there = {_mark(*known) for known in _register(file.unit_id)}
    is_known = [
        _mark(d.serial, d.name, d.room_id, d.zone_id, d.place) in there for d in (row.details for row in rows)
    ]
    return Plan(
        [row for row, known in zip(rows, is_known, strict=True) if not known],
        [row for row, known in zip(rows, is_known, strict=True) if known],
    )


def _register(unit_id: int) -> Sequence[tuple[str, str, UUID | None, UUID | None, str]]:
    found = queries.items(unit_id=unit_id).order_by()
    return list(found.values_list("serial", "name", "room_id", "zone_id", "place"))


def _mark(serial: str, name: str, room_id: UUID | None, zone_id: UUID | None, place: str) -> tuple[str, ...]:
    """What makes two lines the same thing: the serial number, else name and place."""
    if plain(serial):
        return (plain(serial),)
    return (plain(name), str(room_id or zone_id or ""), plain(place))


@transaction.atomic
def take_in(*, by: SignedInPerson, file: ImportDraft) -> int:
    """Register what is new in the file, all of it or nothing, and forget the file. Returns how many.

    Raises: BadFile when premises have changed so that a line no longer fits; NotPossible when the file has
    been taken in already; NotAllowed.
    """
    plan = plan_of(file)
    gone, _rows = ImportDraft.objects.filter(id=file.id).delete()
    if not gone:
        raise NotPossible(_("Denne filen er tatt inn allerede. Se i listen over utstyr."))
    made = [(uuid5(file.id, str(row.line)), row.details) for row in plan.new]
    return register_many(by=by, unit_id=file.unit_id, items=made)


def forget_old_files() -> None:
    """Remove files that nobody decided on within a day."""
    ImportDraft.objects.filter(created_at__lt=timezone.now() - KEEP_FILES).delete()
