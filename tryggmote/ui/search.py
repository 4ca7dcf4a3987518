"""The search in the header: each capability registers a provider; the results page groups what they find."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.functional import Promise

if TYPE_CHECKING:
    from tryggmote.access.context import SignedInPerson

SHORTEST_QUERY = 2  # characters; one letter finds everything and helps nobody


@dataclass(frozen=True)
class Hit:
    """One thing found. `group` is the heading it is listed under."""

    title: str
    text: str
    url: str
    group: str | Promise


Provider = Callable[["SignedInPerson", str], Iterable[Hit]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add a provider; it answers with what `person` may see, at most about ten hits, in one query."""
    if provider not in _providers:
        _providers.append(provider)


def find(person: "SignedInPerson", query: str) -> list[tuple[str, list[Hit]]]:
    """Everything found for `query`, grouped under headings in the order the providers were registered."""
    words = query.strip()
    if len(words) < SHORTEST_QUERY:
        return []
    hits = [hit for provider in _providers for hit in provider(person, words)]
    order = {str(hit.group): number for number, hit in reversed(list(enumerate(hits)))}
    hits.sort(key=lambda hit: order[str(hit.group)])
    return [(name, list(group)) for name, group in groupby(hits, key=lambda hit: str(hit.group))]
