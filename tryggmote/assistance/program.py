"""The alarm program: one event stream for each browser, beside the pages and independent of them.

    GET /alarm/stream   server-sent events for the person whose session cookie comes with it
    GET /health         200 while the database is listened to, else 503

Events: `hello` {unseen} when the stream opens, `notice` {id, title, url, unseen}, and `heartbeat` {} every
ten seconds. After a break the browser sends Last-Event-ID and gets the unseen notices it missed; one told
just around the break may come twice, with the same id.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import uvicorn
from django.conf import settings
from django.http.cookie import parse_cookie
from django.utils import translation
from psycopg import Error
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from tryggmote.access import job_connection
from tryggmote.assistance import store
from tryggmote.assistance.hub import Hub, Send
from tryggmote.assistance.listener import NoticeListener
from tryggmote.notices.registry import kind_of

log = logging.getLogger(__name__)

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]

CHECK_SESSIONS_EVERY_S = 60
# Same as the pages' `notices:open`. Their addresses are not loaded here: no page shall stop this program.
OPEN_NOTICE = "/varsler/%s/"


class Program:
    """Everything the process holds: who listens, the listener, and connections to look things up with."""

    def __init__(self) -> None:
        parameters = job_connection.parameters()
        self.hub = Hub()
        self._listener = NoticeListener(parameters, self._pass_on)
        self._pool = AsyncConnectionPool(
            kwargs=parameters | {"autocommit": True},
            min_size=1,
            max_size=2,
            timeout=5,
            check=AsyncConnectionPool.check_connection,
            open=False,
        )
        self._tasks: list[asyncio.Task[None]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI application."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http" and scope["method"] == "GET":
            if scope["path"] == "/alarm/stream":
                await self._stream(scope, receive, send)
            elif scope["path"] == "/health":
                await self._health(send)
            else:
                await _answer(send, HTTPStatus.NOT_FOUND)
        elif scope["type"] == "http":
            await _answer(send, HTTPStatus.METHOD_NOT_ALLOWED)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        await self._pool.open(wait=False)
        loop = asyncio.get_running_loop()
        self._tasks = [
            loop.create_task(work)
            for work in (
                self._listener.run(),
                self.hub.beat(frame("heartbeat", {})),
                self._check_sessions(),
            )
        ]
        await send({"type": "lifespan.startup.complete"})
        await receive()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._pool.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        if not _is_ours(headers):
            return await _answer(send, HTTPStatus.FORBIDDEN)
        cookies = parse_cookie(headers.get("cookie", ""))
        cors = _cors(headers)
        try:
            async with self._pool.connection() as db:
                session = await store.session_of(db, cookies.get(settings.SESSION_COOKIE_NAME, ""))
        except (PoolTimeout, Error):
            return await _answer(send, HTTPStatus.SERVICE_UNAVAILABLE, headers=cors)
        if session is None:
            return await _answer(send, HTTPStatus.UNAUTHORIZED, headers=cors)
        await send(_stream_begins(cors))
        await self._listen(session, _position_in(headers), receive, send)

    async def _listen(
        self, session: store.Session, last_position: int | None, receive: Receive, send: Send
    ) -> None:
        seconds_left = (session.expires_at - datetime.now(UTC)).total_seconds()
        is_slow = False
        try:
            async with asyncio.timeout(seconds_left) as stay:
                listener = self.hub.join(session.person_id, session.key, send, stay)
                try:
                    # Having joined, look up what was missed: nothing falls in between.
                    for missed in await self._greeting(session.person_id, last_position):
                        listener.write(missed)
                    while (await receive())["type"] != "http.disconnect":
                        pass
                finally:
                    self.hub.leave(listener)
                    is_slow = listener.is_slow
        except (TimeoutError, PoolTimeout, Error):
            if not is_slow:
                await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _greeting(self, person_id: int, last_position: int | None) -> Iterable[bytes]:
        async with self._pool.connection() as db:
            position = await store.position(db)
            missed = await store.missed_by(db, person_id, last_position) if last_position is not None else []
            hello = frame("hello", {"unseen": await store.unseen_by(db, person_id)}, position)
        return [*notice_frames(missed, position), hello]

    def _pass_on(self, told: store.Told, position: int) -> None:
        if self.hub.listens(told.person_id):
            for shown in notice_frames([told], position):
                self.hub.publish(told.person_id, shown)

    async def _check_sessions(self) -> None:
        while True:
            await asyncio.sleep(CHECK_SESSIONS_EVERY_S)
            with suppress(PoolTimeout, Error):
                async with self._pool.connection() as db:
                    self.hub.hang_up(await store.ended_sessions(db, self.hub.tickets()))

    async def _health(self, send: Send) -> None:
        is_well = self._listener.is_listening
        status = HTTPStatus.OK if is_well else HTTPStatus.SERVICE_UNAVAILABLE
        await _answer(send, status, {"listening": is_well, "streams": len(self.hub)})


def frame(event: str, data: dict[str, Any], position: int | None = None) -> bytes:
    """One server-sent event. The position is what the browser sends back after a break."""
    id_line = f"id: {position}\n" if position is not None else ""
    return f"{id_line}event: {event}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()


def notice_frames(notices: Iterable[store.Told], position: int) -> Iterator[bytes]:
    """The notices this process has words for. Pages of a newer version may tell kinds it has not heard of."""
    for told in notices:
        try:
            yield notice_frame(told, position)
        except KeyError:
            log.warning("A notice of the unknown kind %r waits in the list until it is opened.", told.kind)


def notice_frame(told: store.Told, position: int) -> bytes:
    """A notice in the person's language; its address marks it as seen."""
    with translation.override(told.language):
        title = kind_of(told.kind).title_for(told.context)
    data = {"id": str(told.id), "title": title, "url": OPEN_NOTICE % told.id, "unseen": told.unseen}
    return frame("notice", data, position)


def _is_ours(headers: dict[str, str]) -> bool:
    """A page of our own asks: same host on any port, or the address people know us by."""
    origin = headers.get("origin")
    if origin is None:
        return True
    try:
        same_host = urlsplit(origin).hostname == urlsplit(f"//{headers.get('host', '')}").hostname
    except ValueError:
        return False
    return same_host or origin in (settings.PUBLIC_ADDRESS, *settings.CSRF_TRUSTED_ORIGINS)


def _cors(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    if "origin" not in headers:
        return []
    return [
        (b"access-control-allow-origin", headers["origin"].encode("latin-1")),
        (b"access-control-allow-credentials", b"true"),
        (b"vary", b"origin"),
    ]


def _position_in(headers: dict[str, str]) -> int | None:
    value = headers.get("last-event-id", "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 19 else None


def _stream_begins(cors: list[tuple[bytes, bytes]]) -> dict[str, Any]:
    headers = [
        (b"content-type", b"text/event-stream"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
        *cors,
    ]
    return {"type": "http.response.start", "status": HTTPStatus.OK, "headers": headers}


async def _answer(
    send: Send,
    status: HTTPStatus,
    data: dict[str, Any] | None = None,
    headers: Iterable[tuple[bytes, bytes]] = (),
) -> None:
    body = json.dumps(data or {"status": status.phrase}).encode()
    described = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body)), *headers]
    await send({"type": "http.response.start", "status": status, "headers": described})
    await send({"type": "http.response.body", "body": body, "more_body": False})


class _Server(uvicorn.Server):
    """Ends the open streams itself: browsers connect again to the next process at once."""

    def __init__(self, program: Program, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._program = program

    async def shutdown(self, sockets: list[Any] | None = None) -> None:
        self._program.hub.hang_up()
        await super().shutdown(sockets)


def serve(*, host: str, port: int) -> None:
    """Serve until SIGTERM or Ctrl-C. Django is set up by the caller."""
    program = Program()
    config = uvicorn.Config(
        program,
        host=host,
        port=port,
        lifespan="on",
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    _Server(program, config).run()
