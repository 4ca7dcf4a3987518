"""Hearing of new notices at once, and missing none when the database was away.

A notification is only a hint that the table has something new: after each, and every five seconds
without one, everything from the last position on is read.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection, Error

from tryggmote.assistance import store
from tryggmote.assistance.store import Told

log = logging.getLogger(__name__)

POLL_EVERY_S = 5
RECONNECT_AFTER_S = 0.2


class NoticeListener:
    """Calls `on_told(told, position)` once for each notice, in the order they were written."""

    def __init__(self, parameters: dict[str, Any], on_told: Callable[[Told, int], None]) -> None:
        self._parameters = parameters
        self._on_told = on_told
        self._position: int | None = None
        self._passed_on: set[UUID] = set()
        self.is_listening = False

    async def run(self) -> None:
        """Listen for ever, through restarts of the database."""
        while True:
            try:
                async with await AsyncConnection.connect(**self._parameters, autocommit=True) as db:
                    await self._listen(db)
            except (Error, OSError) as error:
                log.warning("The notice listener lost the database (%s) and connects again.", error)
            finally:
                self.is_listening = False
            await asyncio.sleep(RECONNECT_AFTER_S)

    async def _listen(self, db: AsyncConnection[Any]) -> None:
        # First LISTEN, then read: what is written in between is either read or notified.
        await db.execute("listen notice")
        self.is_listening = True
        while True:
            await self._read(db)
            async for _hint in db.notifies(timeout=POLL_EVERY_S, stop_after=1):
                pass

    async def _read(self, db: AsyncConnection[Any]) -> None:
        # The position is taken before the rows are read, so it is never ahead of them.
        position = await store.position(db)
        if self._position is not None:
            told = await store.told_since(db, self._position)
            for notice in told:
                if notice.id not in self._passed_on:
                    self._on_told(notice, position)
            self._passed_on = {notice.id for notice in told if notice.told_in >= position}
        self._position = position
