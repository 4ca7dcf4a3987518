"""Hearing of what is new at once, and missing nothing when the database was away.

A notification is only a hint that a table has something new: after each, and every five seconds without
one, everything from the last position on is read.
"""

import asyncio
import logging
from collections.abc import Collection
from typing import Any, Protocol

from psycopg import AsyncConnection, Error, Notify, sql

log = logging.getLogger(__name__)

POLL_EVERY_S = 5
RECONNECT_AFTER_S = 0.2


class Feed(Protocol):
    """Something that grows in the database."""

    channels: Collection[str]
    """What the database notifies on when there is something new."""

    async def read(self, db: AsyncConnection[Any], hint: Notify | None) -> None:
        """Read what is new and pass it on. `hint` is None at the start and when nothing was notified."""


class DatabaseListener:
    """Follows one feed on a connection of its own, for ever."""

    def __init__(self, parameters: dict[str, Any], feed: Feed) -> None:
        self._parameters = parameters
        self._feed = feed
        self.is_listening = False

    async def run(self) -> None:
        """Listen through restarts of the database."""
        while True:
            try:
                async with await AsyncConnection.connect(**self._parameters, autocommit=True) as db:
                    await self._listen(db)
            except (Error, OSError) as error:
                log.warning("A listener lost the database (%s) and connects again.", error)
            except Exception:
                log.exception("A listener failed, and begins again.")
            finally:
                self.is_listening = False
            await asyncio.sleep(RECONNECT_AFTER_S)

    async def _listen(self, db: AsyncConnection[Any]) -> None:
        # First LISTEN, then read: what is written in between is either read or notified.
        for channel in self._feed.channels:
            await db.execute(sql.SQL("listen {}").format(sql.Identifier(channel)))
        await self._feed.read(db, None)
        self.is_listening = True
        while True:
            # Read when the generator has ended: while it runs, the connection is its own.
            hints = [hint async for hint in db.notifies(timeout=POLL_EVERY_S, stop_after=1)]
            for hint in hints or (None,):
                await self._feed.read(db, hint)
