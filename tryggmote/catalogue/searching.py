"""Requirements in the search (ADR 0049)."""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tryggmote.catalogue.matching import words_of
from tryggmote.catalogue.queries import books
from tryggmote.search.asked import Asked
from tryggmote.search.registry import Hit, Shelf

if TYPE_CHECKING:
    from tryggmote.access.context import SignedInPerson

MOST = 40


def _requirements(person: "SignedInPerson", asked: Asked) -> Iterator[Hit]:
    """The requirements that hold all words, also numbers as "2.4"; they are the same for everybody."""
    return islice(_hits(words_of(asked.text)), MOST)


def _hits(words: tuple[str, ...]) -> Iterator[Hit]:
    for book in books(words):
        for chapter in book.chapters:
            for row in chapter.rows:
                requirement = row.requirement
                title = f"{requirement.name} {requirement.title}"
                yield Hit(title, str(requirement.summary), row.url)


REQUIREMENTS = Shelf("krav", _("Standarden"), "BookIcon", 75, _requirements)
