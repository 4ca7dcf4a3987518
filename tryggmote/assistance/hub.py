"""Everybody who listens, and getting a frame to them in the next few milliseconds.

A listener costs one coroutine that waits for the browser to hang up. To write, the hub takes the first
step of the server's `send` itself: uvicorn writes at once unless the connection is congested, so no task
and no queue is needed. Only a congested connection gets a task, and five seconds.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Coroutine, Generator, Iterable
from types import coroutine
from typing import Any

log = logging.getLogger(__name__)

Send = Callable[[dict[str, Any]], Coroutine[Any, Any, None]]
SLOW_AFTER_S = 5
HEARTBEAT_EVERY_S = 10
# A browser holds one; somebody with twenty has a page that opens them without end, and the oldest is let go.
STREAMS_OF_ONE = 20
# Heartbeats are spread over this many turns: beating to all at once would hold up what is urgent.
TURNS = 20


class Listener:
    """One open stream. `ticket` is what it was let in on; `stay` ends it when it is rescheduled to now."""

    __slots__ = ("_unwritten", "_writing", "has_left", "is_slow", "key", "send", "stay", "ticket", "turn")

    def __init__(self, key: int, ticket: str, send: Send, stay: asyncio.Timeout, turn: int) -> None:
        self.key = key
        self.ticket = ticket
        self.send = send
        self.stay = stay
        self.turn = turn
        self.is_slow = False
        self.has_left = False
        self._unwritten: list[bytes] = []
        self._writing: asyncio.Task[None] | None = None

    def write(self, frame: bytes) -> None:
        """Write now if the connection takes it; otherwise soon, in order, or hang up."""
        if self._writing is not None:
            self._unwritten.append(frame)
            return
        write = self.send(_body(frame))
        try:
            waits_for = write.send(None)
        except StopIteration:
            return
        self._writing = asyncio.get_running_loop().create_task(self._write_rest(_rest_of(write, waits_for)))

    def hang_up(self) -> None:
        """End this stream; the browser may open another."""
        if not self.has_left and not self.stay.expired():
            self.stay.reschedule(asyncio.get_running_loop().time())

    async def _write_rest(self, begun: Awaitable[None]) -> None:
        try:
            async with asyncio.timeout(SLOW_AFTER_S):
                await begun
                while self._unwritten:
                    frames, self._unwritten = b"".join(self._unwritten), []
                    await self.send(_body(frames))
        except TimeoutError:
            log.info("A stream that took more than %d s to write to was dropped.", SLOW_AFTER_S)
            self.is_slow = True
            self.hang_up()
        else:
            self._writing = None


class Hub:
    """Listeners by key. What a key means is the caller's: a person, a unit."""

    def __init__(self) -> None:
        self._by_key: defaultdict[int, dict[Listener, None]] = defaultdict(dict)  # the oldest first
        self._by_turn: list[set[Listener]] = [set() for _ in range(TURNS)]
        self._next_turn = 0

    def __len__(self) -> int:
        return sum(len(listeners) for listeners in self._by_turn)

    def join(self, key: int, ticket: str, send: Send, stay: asyncio.Timeout) -> Listener:
        """Begin to listen for what is published to `key`; the oldest of too many there are hung up on."""
        turn = min(range(TURNS), key=lambda number: len(self._by_turn[number]))
        listener = Listener(key, ticket, send, stay, turn)
        others = self._by_key[key]
        if len(others) >= STREAMS_OF_ONE:
            oldest = next(iter(others))
            oldest.hang_up()
            self.leave(oldest)
        self._by_key[key][listener] = None
        self._by_turn[turn].add(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        """Stop listening. Once more changes nothing."""
        listener.has_left = True
        self._by_turn[listener.turn].discard(listener)
        listeners = self._by_key[listener.key]
        listeners.pop(listener, None)
        if not listeners:
            del self._by_key[listener.key]

    def publish(self, key: int, frame: bytes) -> int:
        """Write `frame` to all who listen for `key`; says how many they are."""
        listeners = self._by_key.get(key, ())
        for listener in tuple(listeners):
            listener.write(frame)
        return len(listeners)

    def listens(self, key: int) -> bool:
        """True when somebody listens for `key`."""
        return key in self._by_key

    async def beat(self, frame: bytes, *, while_true: Callable[[], bool] = lambda: True) -> None:
        """Write `frame` to each listener every ten seconds, for ever; not while `while_true` says no."""
        while True:
            for listener in tuple(self._by_turn[self._next_turn]) if while_true() else ():
                listener.write(frame)
            self._next_turn = (self._next_turn + 1) % TURNS
            await asyncio.sleep(HEARTBEAT_EVERY_S / TURNS)

    def tickets(self) -> dict[str, int]:
        """What everybody has been let in on, and the key they listen for."""
        return {listener.ticket: listener.key for listeners in self._by_turn for listener in listeners}

    def hang_up(self, tickets: Iterable[str] | None = None) -> None:
        """End the streams let in on `tickets`, or all."""
        chosen = None if tickets is None else set(tickets)
        for listeners in self._by_turn:
            for listener in tuple(listeners):
                if chosen is None or listener.ticket in chosen:
                    listener.hang_up()


def _body(frame: bytes) -> dict[str, Any]:
    return {"type": "http.response.body", "body": frame, "more_body": True}


@coroutine
def _rest_of(write: Coroutine[Any, Any, None], waits_for: Any) -> Generator[Any, None, None]:
    """The rest of a coroutine whose first step was taken by hand and which now waits for `waits_for`."""
    try:
        while True:
            try:
                yield waits_for
            except asyncio.CancelledError as error:
                waits_for = write.throw(error)
            else:
                waits_for = write.send(None)
    except StopIteration:
        return
    finally:
        write.close()
