"""Established measures, by the meeting forms they are for (2.3, 3.6)."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Left, Length
from django.utils.functional import lazy
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy

from tryggmote.controls.models import Measure
from tryggmote.handbook.registry import Book, Chapter, Entry, FullText, Words
from tryggmote.organisation.meeting_forms import MeetingForm

SHOWN = 160
ALL_FORMS = gettext_lazy("I alle møter")


def established(book: Book) -> QuerySet[Measure]:
    """Those in use in the unit and in those above it up to the office."""
    return Measure.objects.filter(
        unit_id__in=book.unit_ids, established_at__isnull=False, cancelled_at=None
    ).order_by("title", "id")


def entries(book: Book) -> list[Entry]:
    """Each measure under every meeting form it is for, the best protection first; one query."""
    found = established(book).annotate(begins=Left("what", SHOWN + 1), length=Length("what"))
    shown = found.only("id", "title", "forms", "hierarchy", "established_at")
    return [_entry(measure) for measure in sorted(shown, key=lambda each: each.rung.height)]


def _entry(measure: Measure) -> Entry:
    return Entry(
        measure.id,
        measure.title,
        _shortened(measure.begins),  # type: ignore[attr-defined] # annotated
        url=measure.get_absolute_url(),
        sections=_sections(measure),
        has_more=measure.length > SHOWN,  # type: ignore[attr-defined] # annotated
        since=measure.established_at,
    )


def _beginning(text: str) -> str:
    return Truncator(" ".join(text.split())).chars(SHOWN)


_shortened = lazy(_beginning, str)


def _sections(measure: Measure) -> tuple[Words, ...]:
    words = tuple(form.label for form in MeetingForm if form.value in measure.forms)
    return words or (ALL_FORMS,)


def texts(book: Book, only: UUID | None) -> list[FullText]:
    """What each measure is, for those that say more than the book shows; one query."""
    wanted = established(book).annotate(length=Length("what")).filter(length__gt=SHOWN)
    return [
        FullText(
            measure.id,
            measure.title,
            measure.what,
            url=measure.get_absolute_url(),
            facts=((gettext_lazy("Gjelder for"), ", ".join(map(str, _sections(measure)))),),
        )
        for measure in (wanted.filter(id=only) if only else wanted)
    ]


def withdrawn(book: Book, since: datetime) -> list[Entry]:
    """Those taken out of use; one query."""
    found = Measure.objects.filter(
        unit_id__in=book.unit_ids, established_at__isnull=False, cancelled_at__gt=since
    ).order_by("-cancelled_at")
    return [
        Entry(measure.id, measure.title, url=measure.get_absolute_url(), changed_at=measure.cancelled_at)
        for measure in found
    ]


CHAPTER = Chapter(
    "tiltak",
    gettext_lazy("Tiltak"),
    order=40,
    entries=entries,
    intro=gettext_lazy("Det vi har gjort for at møtene skal være trygge, etter hva slags møte det er."),
    empty=gettext_lazy("Ingen tiltak er innført ennå. Når et tiltak er på plass, står det her."),
    headings=(ALL_FORMS, *(form.label for form in MeetingForm)),
    texts=texts,
    withdrawn=withdrawn,
)
