"""The chapters of a unit's handbook (3.6): whoever owns what a chapter is made from says how it is read.

A capability above `handbook` registers its own chapter in `AppConfig.ready()`; for those below, `handbook`
does (`apps.py`, `chapters/`). Nobody writes the book: a chapter is what the records say today.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe

from tryggmote.controls.markdown import Shown, to_html

Words = str | Promise
Key = UUID | int | str


@dataclass(frozen=True)
class Book:
    """Whose book it is. `unit_ids`: the unit and those above it up to the office, whose records it holds.

    `above_ids`: all units above, for what holds everywhere below, such as a county's procedures.
    """

    unit_id: int
    unit_name: str
    unit_ids: tuple[int, ...]
    above_ids: tuple[int, ...] = ()

    @property
    def all_ids(self) -> tuple[int, ...]:
        """The unit and all units above it."""
        return (*self.unit_ids, *self.above_ids)


@dataclass(frozen=True)
class Badge:
    """A status beside a title: a word, and the tag's variant (`ui`)."""

    word: Words
    variant: str = "neutral"


@dataclass(frozen=True)
class Entry:
    """One thing the book says.

    `key`: of the record, unique in the chapter. `text`: what it says in a line or two; worked out when it is
    shown, for a long chapter shows titles only. `facts`: label and
    words, one a line. `sections`: the headings it stands under; none in a chapter without headings.
    `url`: the record's own page. `phone`: a number that is called with one tap. `has_more`: the chapter's
    `texts` say more than `text` does. `since`: when it came into the book; `changed_at`: its latest change.
    """

    key: Key
    title: str
    text: Words = ""
    url: str = ""
    facts: tuple[tuple[Words, Words], ...] = ()
    sections: tuple[Words, ...] = ()
    phone: str = ""
    badge: Badge | None = None
    has_more: bool = False
    since: datetime | None = None
    changed_at: datetime | None = None

    @property
    def calls(self) -> str:
        """The number as a telephone wants it."""
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")


@dataclass(frozen=True)
class FullText:
    """What an entry says in full: read on a page of its own, kept on the phone, and printed.

    `source`: Markdown, or plain text as somebody typed it. `facts`: label and words, above the text.
    `pictures`: those a Markdown text may show.
    """

    key: Key
    title: str
    source: str
    url: str = ""
    is_markdown: bool = False
    facts: tuple[tuple[Words, Words], ...] = ()
    pictures: Mapping[UUID, Shown] = field(default_factory=dict)

    @property
    def html(self) -> SafeString:
        """Safe to show: Markdown is cleaned, plain text escaped."""
        if self.is_markdown:
            return to_html(self.source, self.pictures)
        return mark_safe(linebreaks(self.source, autoescape=True))  # noqa: S308 - escaped as it is broken


Reader = Callable[[Book], list[Entry]]
TextReader = Callable[[Book, UUID | None], list[FullText]]
Withdrawn = Callable[[Book, datetime], list[Entry]]


def no_texts(book: Book, only: UUID | None) -> list[FullText]:
    """For a chapter whose entries say all there is."""
    return []


def nothing_withdrawn(book: Book, since: datetime) -> list[Entry]:
    """For a chapter whose records are never taken out of use."""
    return []


@dataclass(frozen=True)
class Chapter:
    """A chapter: where it stands and how it is read, each in a constant number of queries.

    `entries`: all of it. `texts`: what entries say in full, or one entry's by its key. `withdrawn`: what has
    left the book since a moment. `headings`: sections in their order, before those not named. `intro`: a
    sentence under the title; `empty`: what stands there while there is nothing. `template` draws the entries.
    """

    code: str
    title: Words
    order: int
    entries: Reader
    intro: Words = ""
    empty: Words = ""
    headings: tuple[Words, ...] = ()
    texts: TextReader = no_texts
    withdrawn: Withdrawn = nothing_withdrawn
    template: str = "handbook/entries.html"


_chapters: dict[str, Chapter] = {}


def register(chapter: Chapter) -> None:
    """Put a chapter in every unit's book; registering the same code again replaces it."""
    _chapters[chapter.code] = chapter


def chapters() -> list[Chapter]:
    """All chapters in order."""
    return sorted(_chapters.values(), key=lambda chapter: chapter.order)
