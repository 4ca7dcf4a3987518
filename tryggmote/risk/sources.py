"""Where hazards and reopenings come from: whoever owns an incident or a change says here where its page is.

They register in `AppConfig.ready()`; a hazard, and an assessment that was opened again, then lead back to it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from tryggmote.risk.vocabulary import Cause, Source

Text = str | Promise


@dataclass(frozen=True)
class SourcePage:
    """One kind of source: what the link to it says, and its address by id, "" for one who may not see it."""

    source: Source
    label: Text
    url: Callable[[UUID], str]


_pages: dict[str, SourcePage] = {}
_causes: dict[str, Callable[[UUID], str]] = {}


def register(page: SourcePage) -> None:
    """Make the pages of a source known; registering the source again replaces it."""
    _pages[page.source] = page


def page_of(source: str) -> SourcePage | None:
    """The registered pages of this source; None for one that has no page to lead back to."""
    return _pages.get(source)


def register_cause(cause: Cause, url: Callable[[UUID], str]) -> None:
    """Make the pages of a cause known; `url` gives an address by id, "" for one who may not see it."""
    _causes[cause] = url


def address_of_cause(cause: str, cause_id: UUID | None) -> str:
    """The page of what asked for an assessment to be opened again, "" when there is none to lead to."""
    return _causes[cause](cause_id) if cause_id and cause in _causes else ""
