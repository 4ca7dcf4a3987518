"""What is on the menu: capabilities register their places at start; a page asks what a person sees."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

if TYPE_CHECKING:
    from tryggmote.access.context import SignedInPerson

Text = str | Promise
PHONE_TABS = 3  # besides "Trygghet" and "Mer": five targets of 64 px fit a screen of 320 px
WIDE_PLACES = 6  # besides "Mer": one line on a screen of 1024 px, in the longest of the three languages


def everybody(person: "SignedInPerson") -> bool:
    """Shown to all who are signed in."""
    return True


@dataclass(frozen=True)
class NavItem:
    """One place in the menu. `short_label` is for the phone's tab bar; `text` says on "Mer" what is there."""

    label: Text
    url_name: str
    icon: str
    order: int
    shown_to: Callable[["SignedInPerson"], bool] = everybody
    short_label: Text = ""
    text: Text = ""

    @property
    def address(self) -> str:
        """Where the item leads; empty while there is no such page."""
        return _address(self.url_name)


@dataclass(frozen=True)
class QuickAction:
    """What must be reachable from every page at once: stop a meeting, report a risk, report an incident."""

    label: Text
    text: Text
    url_name: str
    icon: str
    order: int
    is_urgent: bool = False

    @property
    def address(self) -> str:
        """Where the action begins; empty while there is no such page."""
        return _address(self.url_name)


@dataclass(frozen=True)
class Place:
    """A menu item ready to draw on one page."""

    label: Text
    short_label: Text
    text: Text
    icon: str
    url: str
    is_current: bool


_items: dict[str, NavItem] = {}
_quick_actions: dict[str, QuickAction] = {}
_bell: list[tuple[str, Callable[["SignedInPerson"], int]]] = []


def register(item: NavItem) -> None:
    """Put a place on the menu; registering the same address again replaces it."""
    _items[item.url_name] = item


def register_quick_action(action: QuickAction) -> None:
    """Put an action on the safety sheet that every page carries."""
    _quick_actions[action.url_name] = action


def register_bell(url_name: str, unseen: Callable[["SignedInPerson"], int]) -> None:
    """Tell where the bell leads and how many notices a person has not seen (one cheap query)."""
    _bell[:] = [(url_name, unseen)]


def places_for(person: "SignedInPerson | None", path: str) -> list[Place]:
    """The menu of this person in order; the item whose address begins `path` most closely is current."""
    if person is None:
        return []
    shown = [(item, item.address) for item in _items.values() if item.shown_to(person)]
    shown = sorted(((item, url) for item, url in shown if url), key=lambda pair: pair[0].order)
    inside = [url for _, url in shown if path == url or (url != "/" and path.startswith(url))]
    current = max(inside, key=len, default="")
    return [
        Place(item.label, item.short_label or item.label, item.text, item.icon, url, url == current)
        for item, url in shown
    ]


def places_named(person: "SignedInPerson", url_names: Iterable[str]) -> list[Place]:
    """Those of the menu's places with these names that the person has, in the order given."""
    items = (_items[name] for name in url_names if name in _items)
    return [
        Place(item.label, item.short_label or item.label, item.text, item.icon, item.address, False)
        for item in items
        if item.shown_to(person) and item.address
    ]


def quick_actions() -> list[QuickAction]:
    """The actions of the safety sheet, the most urgent first; those without a page are left out."""
    return sorted((a for a in _quick_actions.values() if a.address), key=lambda action: action.order)


@cache
def _address(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def bell_address() -> str:
    """Where the notices are; empty when nobody has registered a bell."""
    return _address(_bell[0][0]) if _bell else ""


def unseen_by(person: "SignedInPerson") -> int:
    """How many notices the person has not seen."""
    return _bell[0][1](person) if _bell else 0
