"""What cannot be done, and what is done instead (3.0, 3.6)."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.handbook.registry import Badge, Book, Chapter, Entry
from tryggmote.residual.models import Record, Version
from tryggmote.residual.queries import approved_in


def entries(book: Book) -> list[Entry]:
    """The residual risks that hold in the unit, the one to be gone through first on top; one query."""
    return [_entry(record, version) for record, version in approved_in(book.unit_ids)]


def _entry(record: Record, version: Version) -> Entry:
    return Entry(
        record.id,
        record.name,
        version.instead,
        url=record.get_absolute_url(),
        facts=((_("Hvorfor det ikke kan gjøres"), version.why), *_until(record)),
        badge=Badge(_("Skulle vært gått gjennom"), "warning") if record.is_past else None,
        since=record.created_at,
        changed_at=version.approved_at,
    )


def _until(record: Record) -> tuple[tuple[str, str], ...]:
    return ((_("Gjelder til"), date_format(record.review_on)),) if record.review_on else ()


def withdrawn(book: Book, since: datetime) -> list[Entry]:
    """Those that no longer hold; one query."""
    found = Record.objects.filter(
        unit_id__in=book.unit_ids, withdrawn_at__gte=since, in_force_number__isnull=False
    )
    return [
        Entry(record.id, record.name, url=record.get_absolute_url(), changed_at=record.withdrawn_at)
        for record in found
    ]


CHAPTER = Chapter(
    "restrisiko",
    gettext_lazy("Restrisiko"),
    order=60,
    entries=entries,
    intro=gettext_lazy("Det som ikke kan gjøres hos dere, hvorfor, og hva dere gjør i stedet."),
    empty=gettext_lazy("Ingen restrisiko er godkjent her."),
    withdrawn=withdrawn,
)
