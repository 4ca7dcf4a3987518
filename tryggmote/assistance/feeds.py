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
        self._passed_on: dict[UUID, int] = {}  # and the transaction it was told in
        self.position: int | None = None

    async def read(self, db: AsyncConnection[Any], hint: Notify | None) -> None:
        """Everything from the last position on; the hint says nothing more."""
        # Taken before the rows are read, so it is never ahead of them; kept when all have been passed on: the
        # database may go away in between, and whoever reads on must begin where this reading began.
        position = await store.position(db)
        if self.position is not None:
            async for told in store.told_since(db, self.position):
                self._pass_on(told)
        self.position = position
        self._passed_on = {
            notice: told_in for notice, told_in in self._passed_on.items() if told_in >= position
        }

    def _pass_on(self, told: list[Told]) -> None:
        for notice in told:
            if notice.id not in self._passed_on:
                self._passed_on[notice.id] = notice.told_in
                self._on_told(notice)


class CallFeed:
    """Calls `on_step(news)` once for each step, in the order of the commits, and `on_reached(call)`.

    A step that this program has taken itself is passed on at once, ahead of its turn.
    """

    channels: Collection[str] = ("call", "call_reached")

    def __init__(self, on_step: Callable[[CallNews], None], on_reached: Callable[[UUID], None]) -> None:
        self._on_step = on_step
        self._on_reached = on_reached
        self._ahead: set[int] = set()
        self.number: int | None = None

    def took(self, news: CallNews) -> None:
        """Pass on a step that has just been committed here: its screens wait for nothing more."""
        if self.number is not None and news.number > self.number and news.number not in self._ahead:
            self._ahead.add(news.number)
            self._on_step(news)

    async def read(self, db: AsyncConnection[Any], hint: Notify | None) -> None:
        """Steps after the last one read. Numbers follow commits (`app.number_event`), so none comes late."""
        if hint is not None and hint.channel == "call_reached":
            self._on_reached(UUID(hint.payload))
            return
        if self.number is None:
            self.number = await store.last_step(db)
            return
        if hint is not None and int(hint.payload) == self.number + 1 and self.number + 1 in self._ahead:
            self._ahead.discard(self.number + 1)
            self.number += 1
            return
        for news in await store.steps_since(db, self.number):
            self.number = news.number
            if news.number not in self._ahead:
                self._on_step(news)
            self._ahead.discard(news.number)
