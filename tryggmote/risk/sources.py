"""Where hazards come from: whoever owns a check, a report or an incident says here where its page is.

They register in `AppConfig.ready()`; a hazard then leads back to what it comes from.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from tryggmote.risk.vocabulary import Source

Text = str | Promise


@dataclass(frozen=True)
class SourcePage:
    """One kind of source: what the link to it says, and its address by id, "" for one who may not see it."""

    source: Source
    label: Text
    url: Callable[[UUID], str]


_pages: dict[str, SourcePage] = {}


def register(page: SourcePage) -> None:
    """Make the pages of a source known; registering the source again replaces it."""
    _pages[page.source] = page


def page_of(source: str) -> SourcePage | None:
    """The registered pages of this source; None for one that has no page to lead back to."""
    return _pages.get(source)
