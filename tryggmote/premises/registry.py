"""What other capabilities know against a room right now, such as an alarm that failed its test (3.5)."""

from collections.abc import Callable, Collection, Iterable, Mapping
from uuid import UUID

from tryggmote.premises.rules import Limit

Trouble = Callable[[Collection[UUID]], Mapping[UUID, Iterable[Limit]]]
"""From ids of rooms to what limits each of them; rooms without trouble are left out. One query for all."""

_troubles: list[Trouble] = []


def register_trouble(provider: Trouble) -> None:
    """Ask `provider` too whenever somebody asks what rooms are suitable for."""
    _troubles.append(provider)


def troubles_of(rooms: Collection[UUID]) -> dict[UUID, list[Limit]]:
    """All that limits each of these rooms beside what is noted about it."""
    found: dict[UUID, list[Limit]] = {}
    for provider in _troubles if rooms else []:
        for room, limits in provider(rooms).items():
            found.setdefault(room, []).extend(limits)
    return found
