"""What capabilities keep for each unit, on the unit's page: they register in `AppConfig.ready()`."""

from dataclasses import dataclass

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


def register(place: UnitPlace) -> None:
    """Put a place on the page of every unit; registering the same address again replaces it."""
    _places[place.url_name] = place


def places_of(unit_id: int) -> list[Place]:
    """The places of a unit, in the order they were registered."""
    return [
        Place(place.label, reverse(place.url_name, args=[unit_id]), place.icon, place.text)
        for place in _places.values()
    ]
