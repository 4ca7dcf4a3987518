"""The action cards with what holds in the unit (3.2, 3.3, 3.4, 3.6)."""

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.controls.action_card_queries import Card, cards_in
from tryggmote.handbook.registry import Book, Chapter, Entry, FullText


def entries(book: Book) -> list[Entry]:
    """Each card: when it is for, and what the unit has added."""
    return [
        Entry(
            card.code,
            card.title,
            card.when,
            url=card.url,
            facts=_local(card),
            changed_at=card.addition.approved_at if card.addition else None,
        )
        for card in cards_in(book.unit_id)
    ]


def texts(book: Book, only: UUID | None) -> list[FullText]:
    """The steps of every card, for paper; on the screen a card has a page of its own."""
    if only is not None:
        return []
    return [
        FullText(card.code, card.title, _steps(card), url=card.url, is_markdown=True, facts=_local(card))
        for card in cards_in(book.unit_id)
    ]


def _local(card: Card) -> tuple[tuple[str, str], ...]:
    return tuple((line.label, line.text) for line in card.local)


def _steps(card: Card) -> str:
    """The national text as Markdown; nothing in it is written by users."""
    steps = "\n".join(f"{number}. {step}" for number, step in enumerate(card.steps, start=1))
    never = _bullets(_("Ikke gjør dette"), card.never)
    note = _bullets(_("Skriv ned med en gang"), card.note)
    return "\n\n".join(part for part in (steps, never, note) if part)


def _bullets(title: str, lines: tuple[str, ...]) -> str:
    return f"**{title}**\n\n" + "\n".join(f"- {line}" for line in lines) if lines else ""


CHAPTER = Chapter(
    "tiltakskort",
    gettext_lazy("Tiltakskort"),
    order=20,
    entries=entries,
    intro=gettext_lazy("Hva du gjør når det skjer, steg for steg, til politiet kommer."),
    texts=texts,
)
