"""Opening the book (requirement 3.6)."""

from django.db import transaction
from django.utils import timezone

from tryggmote.access.context import SignedInPerson
from tryggmote.handbook.models import Opening
from tryggmote.handbook.queries import remembered
from tryggmote.handbook.registry import Book
from tryggmote.handbook.rules import Opened, opened_now
from tryggmote.ui.dates import oslo_midnight, oslo_today


@transaction.atomic
def open_book(*, by: SignedInPerson, book: Book) -> Opened:
    """Write down that `by` has opened the book, at most once a day; one or two queries.

    Two screens that open it at the same moment are one opening.
    """
    now, own = timezone.now(), Opening.objects.filter(person_id=by.id, unit_id=book.unit_id)
    earlier = remembered(by=by, book=book)
    opened = opened_now(earlier, now, day_began_at=oslo_midnight(oslo_today()))
    if earlier is None:
        Opening.objects.bulk_create(
            [Opening(person_id=by.id, unit_id=book.unit_id, opened_at=now)], ignore_conflicts=True
        )
    elif opened != earlier:
        own.filter(opened_at=earlier.opened_at).update(opened_at=opened.opened_at, before_at=opened.before_at)
    return opened
