"""The book as it is today, what is new in it, and how many have opened it.

What the book holds of others' records, their own policies decide; nothing here asks who is looking.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy

from tryggmote.access.context import SignedInPerson
from tryggmote.handbook.models import Opening
from tryggmote.handbook.registry import Badge, Book, Chapter, Entry, FullText, Words, chapters
from tryggmote.handbook.rules import Opened
from tryggmote.organisation.models import UnitClosure, UnitKind

MANY = 60
"""Entries in a chapter from which its sections are closed and only titles shown: it must open at once."""
CHANGES_SHOWN = 12
TEXT_KEPT = 400_000
"""Characters on the page of all texts: what a phone keeps. Some two hundred pages of a printed book."""
_ABOVE_OFFICES = (UnitKind.DIRECTORATE, UnitKind.COUNTY, UnitKind.MUNICIPALITY)

NEW = Badge(gettext_lazy("Nytt"), "success")
CHANGED = Badge(gettext_lazy("Endret"), "info")
WITHDRAWN = Badge(gettext_lazy("Tatt ut"), "neutral")


def book_of(unit_id: int) -> Book:
    """The book of a unit; one query. Raises: UnitClosure.DoesNotExist when there is no such unit."""
    found = UnitClosure.objects.filter(descendant_id=unit_id).order_by("depth", "ancestor_id")
    units = list(found.values_list("ancestor_id", "ancestor__kind", "ancestor__name", "depth"))
    if not units:
        raise UnitClosure.DoesNotExist
    near = tuple(id for id, kind, _, depth in units if depth == 0 or kind not in _ABOVE_OFFICES)
    above = tuple(id for id, *_ in units if id not in near)
    return Book(unit_id, units[0][2], near, above)


def remembered(*, by: SignedInPerson, book: Book) -> Opened | None:
    """When `by` opened the book, as far as it is remembered; one query."""
    row = Opening.objects.filter(person_id=by.id, unit_id=book.unit_id).first()
    return Opened(row.opened_at, row.before_at) if row else None


@dataclass(frozen=True)
class Line:
    """An entry where it stands under one heading. `is_first`: the first place, to which links lead."""

    entry: Entry
    is_first: bool


@dataclass(frozen=True)
class Section:
    """A heading in a chapter, "" for none, and what stands under it."""

    title: str
    lines: list[Line]


@dataclass(frozen=True)
class ReadChapter:
    """A chapter as it is today. `number`: as in the contents."""

    number: int
    chapter: Chapter
    entries: list[Entry]

    @property
    def is_long(self) -> bool:
        """So long that it is opened section by section."""
        return len(self.entries) > MANY

    @property
    def sections(self) -> list[Section]:
        """Entries under each heading: those the chapter orders first, then in the order they are met."""
        found: dict[str, list[Line]] = {str(title): [] for title in self.chapter.headings}
        for entry in self.entries:
            for place, title in enumerate(entry.sections or ("",)):
                found.setdefault(str(title), []).append(Line(entry, is_first=place == 0))
        return [Section(title, lines) for title, lines in found.items() if lines]


def read(book: Book) -> list[ReadChapter]:
    """Every chapter of the book, in a constant number of queries."""
    return [
        ReadChapter(number, chapter, chapter.entries(book))
        for number, chapter in enumerate(chapters(), start=1)
    ]


def changed_at(read_chapters: Iterable[ReadChapter]) -> datetime | None:
    """When anything in the book was last changed."""
    return max((at for _, entry in _entries(read_chapters) if (at := _latest(entry))), default=None)


def _latest(entry: Entry) -> datetime | None:
    return max((at for at in (entry.since, entry.changed_at) if at), default=None)


def _entries(read_chapters: Iterable[ReadChapter]) -> Iterator[tuple[Chapter, Entry]]:
    for found in read_chapters:
        for entry in found.entries:
            yield found.chapter, entry


@dataclass(frozen=True)
class Change:
    """Something new, changed or withdrawn. `at`: when."""

    chapter: Chapter
    entry: Entry
    what: Badge
    at: datetime

    @property
    def is_gone(self) -> bool:
        """It no longer stands in the book."""
        return self.what is WITHDRAWN


@dataclass(frozen=True)
class Changes:
    """What has changed since somebody read the book, the latest first; and how many more than are shown."""

    shown: list[Change]
    more: int

    @property
    def number(self) -> int:
        return len(self.shown) + self.more


def changes_since(book: Book, read_chapters: list[ReadChapter], since: datetime) -> Changes:
    """From the records' own times; one query a chapter of records that can be withdrawn."""
    found = [
        *(change for chapter, entry in _entries(read_chapters) if (change := _change(chapter, entry, since))),
        *_gone(book, read_chapters, since),
    ]
    found.sort(key=lambda change: change.at, reverse=True)
    return Changes(found[:CHANGES_SHOWN], max(0, len(found) - CHANGES_SHOWN))


def _change(chapter: Chapter, entry: Entry, since: datetime) -> Change | None:
    latest = _latest(entry)
    if latest is None or latest <= since:
        return None
    is_new = entry.since is not None and entry.since > since
    return Change(chapter, entry, NEW if is_new else CHANGED, latest)


def _gone(book: Book, read_chapters: list[ReadChapter], since: datetime) -> Iterator[Change]:
    for found in read_chapters:
        here = {entry.key for entry in found.entries}
        for entry in found.chapter.withdrawn(book, since):
            if entry.key not in here and entry.changed_at:
                yield Change(found.chapter, entry, WITHDRAWN, entry.changed_at)


@dataclass(frozen=True)
class ChapterTexts:
    """The texts of a chapter, in full. `left_out`: how many there was no room for."""

    title: Words
    texts: list[FullText]
    left_out: int = 0


def texts_of(book: Book, only: UUID | None = None, *, room: int | None = None) -> list[ChapterTexts]:
    """What entries say in full, chapter by chapter, or one of them; at most `room` characters of it."""
    found = []
    for chapter in chapters():
        texts = chapter.texts(book, only)
        shown = texts if room is None else _within(texts, room)
        if room is not None:
            room -= sum(len(text.source) for text in shown)
        if texts:
            found.append(ChapterTexts(chapter.title, shown, len(texts) - len(shown)))
    return found


def _within(texts: list[FullText], room: int) -> list[FullText]:
    shown = []
    for text in texts:
        room -= len(text.source)
        if room < 0:
            break
        shown.append(text)
    return shown


@dataclass(frozen=True)
class Openers:
    """Of those who have worked in a unit long enough, how many have opened the book lately."""

    audience: int
    openers: int


def openers_of(unit_id: int) -> Openers | None:
    """As the status of 3.6 counts them, never who; None for a unit that is not measured. One query."""
    with connection.cursor() as cursor:
        cursor.execute("select audience, openers from evidence_openers where unit_id = %s", [unit_id])
        row = cursor.fetchone()
    return Openers(*row) if row else None
