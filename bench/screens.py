"""Thousands of connections that wait for a message, in one process, and when it came to each of them."""

import asyncio
import json
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any, cast

COOKIE = "tryggmote_session"
AT_ONCE = 100
PATIENCE_S = 30
AGAIN_AFTER_S = 1  # what the alarm program asks of browsers


@dataclass
class Watch:
    """What a group of screens waits for, and when it came to each; all in seconds of `time.perf_counter`."""

    words: bytes = b""
    expected: int = 0
    arrivals: list[float] = field(default_factory=list)
    everybody: asyncio.Event = field(default_factory=asyncio.Event)

    def expect(self, words: bytes, times: int) -> None:
        """From now on count the screens that get these words."""
        self.words, self.expected, self.arrivals = words, times, []
        self.everybody.clear()

    def saw(self, data: bytes, at: float) -> None:
        """A screen got this."""
        if self.words and self.words in data:
            self.arrivals.append(at)
            if len(self.arrivals) >= self.expected:
                self.everybody.set()

    async def all_arrivals(self) -> list[float]:
        """When the words came to each. Raises TimeoutError when somebody does not get them."""
        async with asyncio.timeout(PATIENCE_S):
            await self.everybody.wait()
        return self.arrivals


class Screen(asyncio.Protocol):
    """One connection: says its opening words, is ready at an answer, then reports whole messages."""

    def __init__(self, watch: Watch, opening: bytes, ready: bytes, message_ends: bytes) -> None:
        self.is_ready = asyncio.get_running_loop().create_future()
        self._watch = watch
        self._opening = opening
        self._ready = ready
        self._message_ends = message_ends
        self._unread = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.transport.write(self._opening)

    def data_received(self, data: bytes) -> None:
        at = time.perf_counter()
        data = self._unread + data
        if not self.is_ready.done():
            self._unread = data
            if self._ready in data:
                self._unread = b""
                self.is_ready.set_result(None)
        elif data.endswith(self._message_ends):
            self._unread = b""
            self._watch.saw(data, at)
        else:
            self._unread = data

    def connection_lost(self, error: Exception | None) -> None:
        if not self.is_ready.done():
            self.is_ready.set_exception(error or ConnectionError(self._unread[:200].decode(errors="replace")))


async def open_screens(port: int, screens: Iterable[Screen]) -> list[asyncio.Transport]:
    """Connect them, a hundred at a time, and wait until all are ready."""
    room = asyncio.Semaphore(AT_ONCE)
    loop = asyncio.get_running_loop()

    async def opened(screen: Screen) -> asyncio.Transport:
        async with room, asyncio.timeout(PATIENCE_S):
            await loop.create_connection(lambda: screen, "127.0.0.1", port)
            await screen.is_ready
        return screen.transport

    return await asyncio.gather(*(opened(screen) for screen in screens))


async def come_back(port: int, make: Callable[[], Screen]) -> int:
    """Open one again as a browser does: each second until it is ready. How many attempts that took."""
    loop = asyncio.get_running_loop()
    for attempt in count(1):
        screen = make()
        with suppress(OSError):
            await loop.create_connection(lambda screen=screen: screen, "127.0.0.1", port)
            await screen.is_ready
            return attempt
        await asyncio.sleep(AGAIN_AFTER_S)
    raise AssertionError("there is always another attempt")


def stream(watch: Watch, session_key: str) -> Screen:
    """A page's event stream."""
    opening = f"GET /alarm/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {COOKIE}={session_key}\r\n\r\n"
    # The server sends in chunks: each ends with a line break of its own.
    return Screen(watch, opening.encode(), b"event: hello", b"\n\n\r\n")


class Caller:
    """Somebody who calls for help, on a connection that is kept."""

    def __init__(self, port: int, session_key: str) -> None:
        self._port = port
        self._headers = (
            f"Host: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
            f"Cookie: {COOKIE}={session_key}\r\nContent-Type: text/plain\r\n"
        )

    async def connect(self) -> None:
        """Before the first act; the program hangs up when none comes for five seconds."""
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)

    async def post(self, act: str, **sent: Any) -> bytes:
        """Do an act; what the program answers, as it stands. Exits on anything but 200."""
        body = json.dumps(sent).encode()
        head = f"POST /alarm/{act} HTTP/1.1\r\n{self._headers}Content-Length: {len(body)}\r\n\r\n"
        self._writer.write(head.encode() + body)
        answered = (await self._reader.readuntil(b"\r\n\r\n")).lower()
        assert answered.startswith(b"http/1.1 200 "), answered
        length = int(answered.partition(b"content-length:")[2].partition(b"\r\n")[0])
        return await self._reader.readexactly(length)
