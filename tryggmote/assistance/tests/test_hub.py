"""Getting a frame to everybody who listens: at once, in order, and not held up by those who are slow."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tryggmote.assistance import hub as hub_module
from tryggmote.assistance.hub import Hub, Listener


class Connection:
    """A connection to a browser that takes what it is sent, unless it is congested."""

    def __init__(self) -> None:
        self.arrived: list[bytes] = []
        self.is_free = asyncio.Event()
        self.is_free.set()

    async def send(self, message: dict[str, Any]) -> None:
        await self._until_free()
        self.arrived.append(message["body"])

    async def _until_free(self) -> None:
        if not self.is_free.is_set():
            await self.is_free.wait()

    def congest(self) -> None:
        self.is_free.clear()


class Screens:
    """Open streams, each served by a task as the server does it."""

    def __init__(self) -> None:
        self.hub = Hub()
        self._tasks: set[asyncio.Task[None]] = set()

    async def open(self, key: int, ticket: str = "") -> tuple[Connection, "asyncio.Task[None]"]:
        connection, is_open = Connection(), asyncio.Event()

        async def serve() -> None:
            async with asyncio.timeout(None) as stay:
                listener = self.hub.join(key, ticket, connection.send, stay)
                is_open.set()
                try:
                    await asyncio.Event().wait()
                finally:
                    self.hub.leave(listener)

        task = asyncio.get_running_loop().create_task(serve())
        self._tasks.add(task)
        await is_open.wait()
        return connection, task


def told(story: Callable[[Screens], Awaitable[None]]) -> None:
    async def run() -> None:
        async with asyncio.timeout(10):
            await story(Screens())

    asyncio.run(run())


def test_a_frame_has_arrived_when_publishing_is_over() -> None:
    async def story(screens: Screens) -> None:
        mine, _ = await screens.open(1)
        also_mine, _ = await screens.open(1)
        another, _ = await screens.open(2)
        assert screens.hub.publish(1, b"help") == 2
        assert (mine.arrived, also_mine.arrived, another.arrived) == ([b"help"], [b"help"], [])
        assert screens.hub.publish(3, b"nobody") == 0

    told(story)


def test_a_congested_connection_gets_everything_in_order_and_holds_nobody_up() -> None:
    async def story(screens: Screens) -> None:
        slow, _ = await screens.open(1)
        quick, _ = await screens.open(1)
        slow.congest()
        for frame in (b"1", b"2", b"3"):
            screens.hub.publish(1, frame)
        assert quick.arrived == [b"1", b"2", b"3"]
        assert slow.arrived == []
        slow.is_free.set()
        await asyncio.sleep(0.01)
        assert b"".join(slow.arrived) == b"123"
        screens.hub.publish(1, b"4")
        assert slow.arrived[-1] == b"4"

    told(story)


def test_a_connection_that_stays_congested_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_module, "SLOW_AFTER_S", 0.02)

    async def story(screens: Screens) -> None:
        slow, serving = await screens.open(1)
        slow.congest()
        screens.hub.publish(1, b"help")
        with pytest.raises(TimeoutError):
            await serving
        assert len(screens.hub) == 0
        assert not screens.hub.listens(1)

    told(story)


def test_streams_end_when_what_they_were_let_in_on_has_ended() -> None:
    async def story(screens: Screens) -> None:
        _, ended = await screens.open(1, ticket="signed out")
        _, going_on = await screens.open(1, ticket="signed in")
        assert screens.hub.tickets().keys() == {"signed out", "signed in"}
        screens.hub.hang_up({"signed out"})
        with pytest.raises(TimeoutError):
            await ended
        assert not going_on.done()
        screens.hub.hang_up()
        with pytest.raises(TimeoutError):
            await going_on

    told(story)


def test_of_too_many_streams_of_one_person_the_oldest_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_module, "STREAMS_OF_ONE", 2)

    async def story(screens: Screens) -> None:
        (first, served), (second, _), (other, _) = [await screens.open(key) for key in (1, 1, 2)]
        third, _ = await screens.open(1)
        assert len(screens.hub) == 3
        with pytest.raises(TimeoutError):
            await served
        assert screens.hub.publish(1, b"call") == 2
        assert (first.arrived, second.arrived, third.arrived) == ([], [b"call"], [b"call"])
        assert screens.hub.listens(2)
        assert other.arrived == []

    told(story)


def test_heartbeats_are_spread_and_reach_everybody_once_a_round(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_module, "HEARTBEAT_EVERY_S", 0)

    async def story(screens: Screens) -> None:
        connections = [(await screens.open(number))[0] for number in range(40)]
        beating = asyncio.get_running_loop().create_task(screens.hub.beat(b"heartbeat"))
        for turn in range(1, hub_module.TURNS + 1):
            await asyncio.sleep(0)
            assert sum(len(connection.arrived) for connection in connections) == 2 * turn
        beating.cancel()
        assert all(len(connection.arrived) == 1 for connection in connections)

    told(story)


def test_hanging_up_twice_is_harmless() -> None:
    async def story(screens: Screens) -> None:
        _, serving = await screens.open(1)
        listener: Listener = next(iter(screens.hub._by_key[1]))
        listener.hang_up()
        listener.hang_up()
        with pytest.raises(TimeoutError):
            await serving
        listener.hang_up()

    told(story)
