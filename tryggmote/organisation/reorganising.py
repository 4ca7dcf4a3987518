"""Who is told when units come, move or close: they register in `AppConfig.ready()`."""

from collections.abc import Callable, Collection

Listener = Callable[[Collection[int]], None]
_listeners: list[Listener] = []


def on_reorganised(listener: Listener) -> None:
    """Call `listener` with the units that have got or lost a unit below them, in the import's transaction."""
    _listeners.append(listener)


def tell_reorganised(unit_ids: Collection[int]) -> None:
    """Tell all who listen."""
    for listener in _listeners:
        listener(unit_ids)
