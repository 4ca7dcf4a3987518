"""What stands on "Min side" besides language and theme: capabilities register their part when they start."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tryggmote.access.context import SignedInPerson


@dataclass(frozen=True)
class Section:
    """A template and what it needs to know about the person whose page it is."""

    template: str
    context: Callable[["SignedInPerson"], dict[str, Any]]


_sections: list[Section] = []


def register(section: Section) -> None:
    """Put a part on the page, below those that are there."""
    if section not in _sections:
        _sections.append(section)


def sections() -> list[Section]:
    """All parts in order."""
    return list(_sections)
