"""What other capabilities show on the page of a building or a room: they say so in `AppConfig.ready()`."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from tryggmote.premises.models import Building, Room

Place = TypeVar("Place", Building, Room)


class Panels(Generic[Place]):
    """The cards of one sort of page, in the order they were registered."""

    def __init__(self) -> None:
        self._shown: dict[str, Callable[[Place], dict[str, Any] | None]] = {}

    def register(self, template: str, shown: Callable[[Place], dict[str, Any] | None]) -> None:
        """Put a card on every page of the sort; registering the same template again replaces it.

        `shown`: what the template shows of a place, None when there is nothing to show. At most two queries.
        """
        self._shown[template] = shown

    def of(self, place: Place) -> list[dict[str, Any]]:
        """The cards to show: `template` and `shown`."""
        found = ((template, shown(place)) for template, shown in self._shown.items())
        return [{"template": template, "shown": shown} for template, shown in found if shown is not None]


on_building = Panels[Building]()
on_room = Panels[Room]()
