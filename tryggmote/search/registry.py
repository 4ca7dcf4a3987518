"""What can be found, told at start by the capabilities: rows, or what they have in memory (ADR 0049)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from tryggmote.search.asked import Asked

if TYPE_CHECKING:
    from tryggmote.access.context import SignedInPerson

Text = str | Promise


@dataclass(frozen=True)
class Hit:
    """One thing found. `text`: what and where it is. Of `passage` the part where the words stand is shown."""

    title: Text
    text: Text
    url: str
    passage: str = ""


@dataclass(frozen=True)
class Findable:
    """Rows that `app.make_findable` was told of under `kind` (at most 20 letters: it stands in the address).

    `rows` is asked as the one who looks, so that the policies of the table decide what is shown; it fetches
    what `hit` needs, so that no row is asked for more.
    """

    kind: str
    name: Text
    icon: str
    order: int
    rows: Callable[[], QuerySet[Any]]
    hit: Callable[[Any], Hit]


@dataclass(frozen=True)
class Shelf:
    """What a capability finds by itself: data in memory, or the few rows one sees. At most one query."""

    kind: str
    name: Text
    icon: str
    order: int
    find: Callable[["SignedInPerson", Asked], Iterable[Hit]]


_places: dict[str, Findable | Shelf] = {}


def register(place: Findable | Shelf) -> None:
    """Let this be found; the same kind again replaces it."""
    _places[place.kind] = place


def places() -> list[Findable | Shelf]:
    """All there is to look in, in the order in which it is shown."""
    return sorted(_places.values(), key=lambda place: place.order)
