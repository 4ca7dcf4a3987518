"""Requirements in the search of the header."""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tryggmote.catalogue.matching import words_of
from tryggmote.catalogue.queries import books
from tryggmote.ui.search import Hit

if TYPE_CHECKING:
    from tryggmote.access.context import SignedInPerson

MOST_HITS = 10


def find_requirements(person: "SignedInPerson", query: str) -> list[Hit]:
    """The requirements that hold all words of the query; they are the same for everybody."""
    words = words_of(query)
    return list(islice(_hits(words), MOST_HITS)) if words else []


def _hits(words: tuple[str, ...]) -> Iterator[Hit]:
    for book in books(words):
        for chapter in book.chapters:
            for row in chapter.rows:
                requirement = row.requirement
                title = f"{requirement.name} {requirement.title}"
                yield Hit(title, str(requirement.summary), row.url, _("Standarden"))
