"""What the pages read from the loaded sets: the book, narrowed by words and by whom it concerns."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tryggmote.catalogue.loader import load_standards
from tryggmote.catalogue.matching import contains_all, contains_any, excerpt, marked
from tryggmote.catalogue.parties import name_of, roles_of
from tryggmote.catalogue.references import Reference
from tryggmote.catalogue.schema import Area, Requirement, Standard


@dataclass(frozen=True)
class Row:
    """A requirement in the book. `excerpts`: heading and text that hold what title and summary do not."""

    requirement: Requirement
    url: str
    title: SafeString
    summary: SafeString
    excerpts: tuple[tuple[str, SafeString], ...]


@dataclass(frozen=True)
class Chapter:
    """An area with the rows that are left of it."""

    area: Area
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Book:
    """A set with the chapters that are left of it."""

    standard: Standard
    chapters: tuple[Chapter, ...]

    @property
    def count(self) -> int:
        """How many requirements are shown."""
        return sum(len(chapter.rows) for chapter in self.chapters)


def address(standard: Standard, requirement: Requirement) -> str:
    """The page of a requirement."""
    return reverse("catalogue:requirement", args=[standard.code, requirement.number])


def books(words: tuple[str, ...] = (), parties: frozenset[str] = frozenset()) -> list[Book]:
    """The sets, with the requirements that hold all `words` and concern one of `parties`; none given: all."""
    found = []
    for standard in load_standards():
        chapters = tuple(_chapters(standard, words, parties))
        if chapters:
            found.append(Book(standard, chapters))
    return found


def concerns(requirement: Requirement, parties: frozenset[str]) -> bool:
    """Whether one of `parties` answers for the requirement or has a part in it."""
    return not roles_of((*requirement.responsible, *requirement.involved)).isdisjoint(parties)


def parties_in_use() -> frozenset[str]:
    """Everybody that some requirement concerns."""
    named = (r.responsible + r.involved for standard in load_standards() for r in standard.requirements)
    return roles_of(party for parties in named for party in parties)


def neighbours(
    standard: Standard, requirement: Requirement
) -> tuple[tuple[Standard, Requirement] | None, tuple[Standard, Requirement] | None]:
    """The requirements before and after this one, across the sets as they stand in the book."""
    ordered = [(s, r) for s in load_standards() for r in s.requirements]
    at = ordered.index((standard, requirement))
    return ordered[at - 1] if at else None, ordered[at + 1] if at + 1 < len(ordered) else None


def _chapters(standard: Standard, words: tuple[str, ...], parties: frozenset[str]) -> Iterator[Chapter]:
    for area in standard.areas:
        rows = tuple(
            _row(standard, requirement, words)
            for requirement in area.requirements
            if (not parties or concerns(requirement, parties)) and _holds(standard, requirement, words)
        )
        if rows:
            yield Chapter(area, rows)


def _holds(standard: Standard, requirement: Requirement, words: tuple[str, ...]) -> bool:
    return not words or contains_all((text for _, text in _texts(standard, requirement)), words)


def _row(standard: Standard, requirement: Requirement, words: tuple[str, ...]) -> Row:
    return Row(
        requirement=requirement,
        url=address(standard, requirement),
        title=marked(str(requirement.title), words),
        summary=marked(str(requirement.summary), words),
        excerpts=tuple(_excerpts(standard, requirement, words)),
    )


def _excerpts(
    standard: Standard, requirement: Requirement, words: tuple[str, ...]
) -> Iterator[tuple[str, SafeString]]:
    """Where words stand that the row itself does not show; a text that holds several comes once."""
    shown = f"{requirement.name} {requirement.title} {requirement.summary}"
    missing = {word for word in words if not contains_any(shown, [word])}
    for heading, text in _texts(standard, requirement) if missing else ():
        found = {word for word in missing if contains_any(text, [word])}
        if found:
            yield heading, marked(excerpt(text, found), words)
            missing -= found


def _texts(standard: Standard, requirement: Requirement) -> Iterator[tuple[str, str]]:
    """All text of a requirement that can be searched, each with the heading it stands under on its page."""
    yield "", f"{requirement.name} {requirement.title} {requirement.summary}"
    yield _("Slik gjør dere det her"), str(requirement.here)
    yield _("Når er det oppfylt?"), str(requirement.evidence.says)
    yield _("Hvor ofte"), str(requirement.interval.says)
    yield _("Ansvarlig"), _names(requirement.responsible)
    yield _("Med i arbeidet"), _names(requirement.involved)
    for provision in standard.provisions_of(requirement):
        act = standard.acts[provision.act]
        for place in provision.places:
            reference = Reference(act, provision, place)
            yield (
                _("Lov og forskrift"),
                f"{reference}: {provision.about} ({act.name}). {provision.note or ''}",
            )


def _names(parties: Iterable[str]) -> str:
    return ", ".join(name_of(party) for party in parties)
