"""Lessons in the search of the header."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from tryggmote.access.context import SignedInPerson
from tryggmote.learning.queries import shared_lessons
from tryggmote.ui.search import Hit

MOST_HITS = 8


def lessons(person: SignedInPerson, query: str) -> Iterator[Hit]:
    """Lessons one may read with the words of `query` in them, the best first."""
    for version in shared_lessons(q=query)[:MOST_HITS]:
        lesson = version.lesson
        yield Hit(version.title, lesson.unit.name, lesson.get_absolute_url(), _("Lærdommer"))
