"""When an unanswered call spreads further. Pure: what is waiting goes in, what is due comes out."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Waiting:
    """A call nobody has answered: how far it has spread, and in how many seconds it spreads further."""

    call: UUID
    ring: int
    left_s: float


class Watcher:
    """Holds the clock of the database against one that cannot be set back.

    The database's clock says when a call is due. Were it set back an hour, nobody would come for an hour: so
    a call is due as well when it has been waited for, by a clock that only goes forward, as long as was left
    when it was first seen; never longer than `longest_s`, the longest there is between two rings.
    """

    def __init__(self, longest_s: float) -> None:
        self._longest_s = longest_s
        self._due_at: dict[tuple[UUID, int], float] = {}

    def due(self, waiting: Iterable[Waiting], now_s: float) -> list[Waiting]:
        """Those that spread now. `now_s`: seconds on a clock that only goes forward (`time.monotonic`)."""
        known, self._due_at = self._due_at, {}
        due = []
        for one in waiting:
            key = (one.call, one.ring)
            at = min(known.get(key, now_s + self._longest_s), now_s + one.left_s)
            self._due_at[key] = at
            if at <= now_s:
                due.append(one)
        return due
