"""What a phone keeps so that it can be opened without network: each capability says its places at start.

Kept are the signed-in person's own copies, in their browser, until they sign out or half a day has passed
(ADR 0019). `sw.js` shows a copy only when the page itself cannot be fetched.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

if TYPE_CHECKING:
    from tryggmote.access.context import SignedInPerson

Text = str | Promise

KEPT_FOR = timedelta(hours=12)
"""As long as a session lasts: the phone cannot hear that it has ended."""
RENEWED_AFTER = timedelta(hours=4)

FETCHED_TO_KEEP = "X-Tryggmote-Keep"
"""Sent with a page that nobody looks at yet: it uses up no messages, and nothing is marked as read."""


def nothing_more(person: "SignedInPerson") -> Iterable[str]:
    """For a place that is one page."""
    return ()


@dataclass(frozen=True)
class Place:
    """A page to open without network, with the pages it leads on to (`also`, as addresses)."""

    label: Text
    url_name: str
    icon: str
    order: int
    also: Callable[["SignedInPerson"], Iterable[str]] = nothing_more

    @property
    def address(self) -> str:
        """Where it is; empty while there is no such page."""
        try:
            return reverse(self.url_name)
        except NoReverseMatch:
            return ""


@dataclass(frozen=True)
class Part:
    """What the page for no network shows to everybody, signed in or not: nothing about anybody.

    `edition` changes when the contents do: then phones fetch the page anew.
    """

    template: str
    context: Callable[[], dict[str, Any]]
    edition: str


_places: dict[str, Place] = {}
_parts: dict[str, Part] = {}


def register(place: Place) -> None:
    """Let phones keep a place; registering the same address again replaces it.

    A form there must be one that `send.js` sends (`data-resend`), with its id in a hidden field `id`.
    """
    _places[place.url_name] = place


def places() -> list[Place]:
    """The places in order; those without a page are left out."""
    return sorted((place for place in _places.values() if place.address), key=lambda place: place.order)


def register_part(part: Part) -> None:
    """Put a part on the page for no network, below those that are there."""
    _parts[part.template] = part


def parts() -> list[Part]:
    """All parts in order."""
    return list(_parts.values())


def addresses_for(person: "SignedInPerson") -> list[str]:
    """All pages this person's phone keeps, the most urgent first."""
    return [address for place in places() for address in (place.address, *place.also(person))]


def is_fetched_to_keep(request: HttpRequest) -> bool:
    """Whether the page is fetched by the phone, to be looked at later or never."""
    return FETCHED_TO_KEEP in request.headers
