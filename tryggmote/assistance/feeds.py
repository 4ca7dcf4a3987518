"""The two things that grow: notices, and the steps of calls for help."""

from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection, Notify

from tryggmote.assistance import store
from tryggmote.assistance.store import CallNews, Told


class NoticeFeed:
    """Calls `on_told(told)` once for each notice, in the order they were written."""

    channels: Collection[str] = ("notice",)

    def __init__(self, on_told: Callable[[Told], None]) -> None:
        self._on_told = on_told
        self._passed_on: set[UUID] = set()
        self.position: int | None = None

    async def read(self, db: AsyncConnection[Any], hint: Notify | None) -> None:
        """Everything from the last position on; the hint says nothing more."""
        # The position is taken before the rows are read, so it is never ahead of them.
        position = await store.position(db)
        before, self.position = self.position, position
        if before is None:
            return
        told = await store.told_since(db, before)
        for notice in told:
            if notice.id not in self._passed_on:
                self._on_told(notice)
        self._passed_on = {notice.id for notice in told if notice.told_in >= position}


class CallFeed:
    """Calls `on_step(news)` once for each step, in the order of the commits, and `on_reached(call)`."""

    channels: Collection[str] = ("call", "call_reached")

    def __init__(self, on_step: Callable[[CallNews], None], on_reached: Callable[[UUID], None]) -> None:
        self._on_step = on_step
        self._on_reached = on_reached
        self.number: int | None = None

    async def read(self, db: AsyncConnection[Any], hint: Notify | None) -> None:
        """Steps after the last one read. Numbers follow commits (`app.number_event`), so none comes late."""
        if hint is not None and hint.channel == "call_reached":
            self._on_reached(UUID(hint.payload))
            return
        if self.number is None:
            self.number = await store.last_step(db)
            return
        for news in await store.steps_since(db, self.number):
            self._on_step(news)
            self.number = news.number
