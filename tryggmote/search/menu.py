"""The pages of the menu, found by what they are called."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tryggmote.search.asked import Asked
from tryggmote.search.registry import Hit
from tryggmote.ui.navigation import places_for, quick_actions

if TYPE_CHECKING:
    from tryggmote.access.context import SignedInPerson


def pages(person: "SignedInPerson", asked: Asked) -> Iterator[Hit]:
    """Places on this person's menu and the quick actions, whose names or descriptions have the words."""
    on_the_menu = [(place.label, place.text, place.url) for place in places_for(person, "")]
    at_once = [(action.label, action.text, action.address) for action in quick_actions()]
    for label, text, url in (*on_the_menu, *at_once):
        if asked.is_in(str(label), str(text)):
            yield Hit(label, text, url)
