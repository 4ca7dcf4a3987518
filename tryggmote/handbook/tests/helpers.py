"""Short ways to say what tests of the handbook need."""

from datetime import datetime

from tryggmote.access.context import acting_as
from tryggmote.controls.models import Measure
from tryggmote.controls.tests.helpers import established_by, planned_by
from tryggmote.handbook import queries
from tryggmote.handbook.models import Opening
from tryggmote.handbook.registry import Book, Entry
from tryggmote.handbook.rules import Opened
from tryggmote.handbook.services import open_book
from tryggmote.organisation.models import Person, Unit


def established(leader: Person, unit: Unit, title: str = "To utganger", **answers: object) -> Measure:
    """A measure that is in use."""
    return established_by(leader, planned_by(leader, unit, leader, title=title, **answers))


def chapter_of(person: Person, unit: Unit, code: str) -> list[Entry]:
    """What this person reads in a chapter of the unit's book."""
    with acting_as(person.id):
        book = queries.book_of(unit.id)
        return next(read.entries for read in queries.read(book) if read.chapter.code == code)


def titles(person: Person, unit: Unit, code: str) -> list[str]:
    return [entry.title for entry in chapter_of(person, unit, code)]


def opened_by(person: Person, unit: Unit) -> Opened:
    """This person opens the book now."""
    with acting_as(person.id) as by:
        return open_book(by=by, book=book_of(unit))


def book_of(unit: Unit) -> Book:
    return queries.book_of(unit.id)


def opened_then(person: Person, unit: Unit, at: datetime) -> None:
    """This person last opened the book at that moment."""
    Opening.objects.update_or_create(person=person, unit=unit, defaults={"opened_at": at, "before_at": None})


def news_for(person: Person, unit: Unit, since: datetime) -> list[tuple[str, str]]:
    """What is new, and in which way, the latest first."""
    with acting_as(person.id):
        book = queries.book_of(unit.id)
        changes = queries.changes_since(book, queries.read(book), since)
        return [(str(change.what.word), change.entry.title) for change in changes.shown]
