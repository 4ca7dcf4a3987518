"""What capabilities keep for each unit, and what goes on there, on the unit's page.

They register in `AppConfig.ready()`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True)
class UnitPlace:
    """A page of every unit that meets clients. `url_name`: an address with the unit's id."""

    label: Text
    url_name: str
    icon: str
    text: Text


@dataclass(frozen=True)
class Place:
    """A place of one unit, ready to draw."""

    label: Text
    url: str
    icon: str
    text: Text


_places: dict[str, UnitPlace] = {}
_news: dict[str, Callable[[int], dict[str, Any] | None]] = {}


def register(place: UnitPlace) -> None:
    """Put a place on the page of every unit; registering the same address again replaces it."""
    _places[place.url_name] = place


def places_of(unit_id: int) -> list[Place]:
    """The places of a unit, in the order they were registered."""
    return [
        Place(place.label, reverse(place.url_name, args=[unit_id]), place.icon, place.text)
        for place in _places.values()
    ]


def register_news(template: str, shown: Callable[[int], dict[str, Any] | None]) -> None:
    """Put what goes on in a unit at the top of its page; registering the same template again replaces it.

    `shown`: what the template shows of a unit by its id, None when there is nothing. At most one query.
    """
    _news[template] = shown


def news_of(unit_id: int) -> list[dict[str, Any]]:
    """What goes on in a unit: each with its `template` and what is `shown`."""
    found = ((template, shown(unit_id)) for template, shown in _news.items())
    return [{"template": template, "shown": shown} for template, shown in found if shown is not None]
