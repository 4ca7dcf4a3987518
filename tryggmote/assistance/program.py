"""The alarm program: calls for help, and one event stream for each browser; beside the pages, without them.

    GET  /alarm/stream   server-sent events for the person whose session cookie comes with it
    POST /alarm/...      the acts of a call for help (`acting.py`)
    GET  /health         200 while the database is listened to, else 503

Events: `hello` {unseen} when the stream opens, `notice` {id, title, url, unseen}, `heartbeat` {} every ten
seconds, `calls` {calls, number}: all that is open when the stream opens, and `call`: what a screen shows of a
call now (`app.state_of_call`), at each step. After a break the browser sends Last-Event-ID and gets the
unseen notices it missed and the calls in which something happened; the same may come twice.
"""

import asyncio
import json
import logging
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

import uvicorn
from django.utils import translation
from psycopg import AsyncConnection, DatabaseError, Error
from psycopg.errors import InsufficientPrivilege, NoDataFound
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from tryggmote.access import job_connection
from tryggmote.assistance import acting, http, store
from tryggmote.assistance.feeds import CallFeed, NoticeFeed
from tryggmote.assistance.http import Asked, Receive, Scope
from tryggmote.assistance.hub import Hub, Send
from tryggmote.assistance.listener import DatabaseListener
from tryggmote.assistance.store import CallNews, State, Told
from tryggmote.assistance.timing import timing
from tryggmote.assistance.watching import Watcher
from tryggmote.notices.registry import kind_of

log = logging.getLogger(__name__)

CHECK_SESSIONS_EVERY_S = 60
WATCH_EVERY_S = 0.5
POOL = 4  # connections to the database
# Without the database a page is told soon, and asks elsewhere.
ACT_WITHIN_S = 1
# Many screens are reached at once: the one who called is told the sum a few times a second.
TELL_REACHED_EVERY_S = 0.25
# When a stream ends, the browser opens another after this long; by itself after three seconds or more.
AGAIN = b"retry: 1000\n"
# Same as the pages' `notices:open`. Their addresses are not loaded here: no page shall stop this program.
OPEN_NOTICE = "/varsler/%s/"


class Program:
    """Everything the process holds: who listens, the listeners, and connections to look things up with."""

    def __init__(self) -> None:
        parameters = job_connection.parameters()
        self.hub = Hub()
        self._notices = NoticeFeed(self._pass_on)
        self._calls = CallFeed(self._show, self._note_reached)
        self._listeners = [DatabaseListener(parameters, feed) for feed in (self._notices, self._calls)]
        self._pool = AsyncConnectionPool(
            kwargs=parameters | {"autocommit": True},
            min_size=2,
            max_size=POOL,
            timeout=5,
            # Else it waits twice as long after each attempt while the database is away.
            reconnect_timeout=1,
            check=AsyncConnectionPool.check_connection,
            open=False,
        )
        # A thousand screens that come at once leave connections for whoever calls.
        self._greeting_at_most = asyncio.Semaphore(POOL - 2)
        self._watcher = Watcher(timing().unanswered_s)
        self._reached: set[UUID] = set()
        self._tasks: list[asyncio.Task[None]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI application."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(Asked(scope), receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        await self._pool.open(wait=False)
        loop = asyncio.get_running_loop()
        self._tasks = [
            loop.create_task(work)
            for work in (
                *(listener.run() for listener in self._listeners),
                self.hub.beat(frame("heartbeat", {}), while_true=self._is_well),
                self._for_ever(self._check_sessions, CHECK_SESSIONS_EVERY_S),
                self._for_ever(self._watch, WATCH_EVERY_S),
                self._for_ever(self._tell_reached, TELL_REACHED_EVERY_S),
            )
        ]
        await send({"type": "lifespan.startup.complete"})
        await receive()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._pool.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, asked: Asked, receive: Receive, send: Send) -> None:
        if asked.path == "/health":
            await self._health(send)
        elif not asked.path.startswith("/alarm/"):
            await http.answer(send, HTTPStatus.NOT_FOUND)
        elif not asked.is_ours:
            await http.answer(send, HTTPStatus.FORBIDDEN)
        elif asked.method == "POST":
            await self._act(asked, receive, send)
        elif asked.method != "GET":
            await http.answer(send, HTTPStatus.METHOD_NOT_ALLOWED)
        elif asked.path == "/alarm/stream":
            await self._stream(asked, receive, send)
        else:
            await self._tell(asked, send)

    async def _act(self, asked: Asked, receive: Receive, send: Send) -> None:
        sent = await http.body_of(receive)
        if sent is None:
            return await http.answer(send, HTTPStatus.UNPROCESSABLE_ENTITY, headers=asked.cors)
        taken: list[CallNews] = []
        await self._as_person(
            asked, send, lambda db, person_id: acting.act(db, person_id, asked.path, sent, taken.append)
        )
        for news in taken:
            self._calls.took(news)

    async def _tell(self, asked: Asked, send: Send) -> None:
        async def told(db: AsyncConnection[Any], person_id: int) -> tuple[HTTPStatus, Any]:
            match asked.path:
                case "/alarm/open":
                    return HTTPStatus.OK, await self._open_calls(db, person_id, asked.number("seen"))
                case "/alarm/coverage":
                    return await acting.coverage(db, person_id, asked.number("unit") or 0, self.hub.listens)
                case _:
                    return HTTPStatus.NOT_FOUND, None

        await self._as_person(asked, send, told)

    async def _as_person(self, asked: Asked, send: Send, work: Any) -> None:
        """Answer with what `work(db, person_id)` gives; refusals become 401, 403, 404 and 503."""
        try:
            async with self._pool.connection(ACT_WITHIN_S) as db:
                session = await store.session_of(db, asked.session_key)
                status, data = (
                    await work(db, session.person_id) if session else (HTTPStatus.UNAUTHORIZED, None)
                )
        except InsufficientPrivilege:
            status, data = HTTPStatus.FORBIDDEN, None
        except NoDataFound:
            status, data = HTTPStatus.NOT_FOUND, None
        except (PoolTimeout, Error) as error:
            log.warning("%s was not done: %s", asked.path, type(error).__name__)
            status, data = HTTPStatus.SERVICE_UNAVAILABLE, None
        await http.answer(send, status, data, headers=asked.cors)

    async def _stream(self, asked: Asked, receive: Receive, send: Send) -> None:
        try:
            async with self._greeting_at_most, self._pool.connection() as db:
                session = await store.session_of(db, asked.session_key)
            if not self._is_well():
                raise PoolTimeout("What is new is not heard of.")
        except (PoolTimeout, Error):
            # A browser comes again by itself only to a stream that has begun.
            await send(_stream_begins(asked.cors))
            return await send({"type": "http.response.body", "body": AGAIN + b"\n", "more_body": False})
        if session is None:
            return await http.answer(send, HTTPStatus.UNAUTHORIZED, headers=asked.cors)
        await send(_stream_begins(asked.cors))
        await self._listen(session, _place_in(asked.headers.get("last-event-id", "")), receive, send)

    async def _listen(
        self, session: store.Session, last_seen: tuple[int, int] | None, receive: Receive, send: Send
    ) -> None:
        seconds_left = (session.expires_at - datetime.now(UTC)).total_seconds()
        is_slow = False
        try:
            async with asyncio.timeout(seconds_left) as stay:
                listener = self.hub.join(session.person_id, session.key, send, stay)
                try:
                    # Having joined, look up what was missed: nothing falls in between.
                    for missed in await self._greeting(session.person_id, last_seen):
                        listener.write(missed)
                    while (await receive())["type"] != "http.disconnect":
                        pass
                finally:
                    self.hub.leave(listener)
                    is_slow = listener.is_slow
        except (TimeoutError, PoolTimeout, Error):
            if not is_slow:
                await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _greeting(self, person_id: int, last_seen: tuple[int, int] | None) -> Iterable[bytes]:
        async with self._greeting_at_most, self._pool.connection() as db:
            position = await store.position(db)
            missed = await store.missed_by(db, person_id, last_seen[0]) if last_seen else []
            unseen = await store.unseen_by(db, person_id)
            calls = await self._open_calls(db, person_id, last_seen[1] if last_seen else None)
        place = f"{position}-{calls['number']}"
        return [
            *notice_frames(missed, place),
            AGAIN + frame("calls", calls, place),
            frame("hello", {"unseen": unseen}, place),
        ]

    async def _open_calls(self, db: AsyncConnection[Any], person_id: int, seen: int | None) -> dict[str, Any]:
        number = await store.last_step(db)
        seen = number if seen is None else seen
        return {"calls": await store.calls_for(db, person_id, seen), "number": number}

    @property
    def _place(self) -> str:
        """How far both feeds have come: what the browser sends back after a break."""
        return f"{self._notices.position or 0}-{self._calls.number or 0}"

    def _pass_on(self, told: Told) -> None:
        if self.hub.listens(told.person_id):
            for shown in notice_frames([told], self._place):
                self.hub.publish(told.person_id, shown)

    def _show(self, news: CallNews) -> None:
        shown = frame("call", news.state, self._place)
        for person_id in {news.caller_id, *news.told}:
            self.hub.publish(person_id, shown)

    def _note_reached(self, call: UUID) -> None:
        self._reached.add(call)

    async def _tell_reached(self) -> None:
        reached, self._reached = self._reached, set()
        for call in reached:
            async with self._pool.connection() as db:
                state = await store.state_of(db, call)
            if state:
                self.hub.publish(state["caller"]["id"], frame("call", state, self._place))

    async def _watch(self) -> None:
        """The first of two watchers; the worker is the other (`jobs.py`)."""
        async with self._pool.connection(ACT_WITHIN_S) as db:
            for one in self._watcher.due(await store.waiting(db), time.monotonic()):
                with suppress(DatabaseError):  # the others must ring all the same
                    await store.ring_further(db, one.call, one.ring)

    async def _check_sessions(self) -> None:
        async with self._pool.connection() as db:
            self.hub.hang_up(await store.ended_sessions(db, self.hub.tickets()))

    async def _for_ever(self, work: Any, every_s: float) -> None:
        while True:
            await asyncio.sleep(every_s)
            try:
                await work()
            except (PoolTimeout, Error):
                continue  # the database is away; /health says so
            except Exception:
                log.exception("%s failed, and goes on.", work.__name__)

    def _is_well(self) -> bool:
        """Whether what is new is heard of. If not, screens must not think so: then they ask the pages."""
        return all(listener.is_listening for listener in self._listeners)

    async def _health(self, send: Send) -> None:
        is_well = self._is_well()
        status = HTTPStatus.OK if is_well else HTTPStatus.SERVICE_UNAVAILABLE
        await http.answer(send, status, {"listening": is_well, "streams": len(self.hub)})


def frame(event: str, data: State, place: str = "") -> bytes:
    """One server-sent event. The place is what the browser sends back after a break."""
    id_line = f"id: {place}\n" if place else ""
    return f"{id_line}event: {event}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()


def notice_frames(notices: Iterable[Told], place: str) -> Iterator[bytes]:
    """The notices this process has words for. Pages of a newer version may tell kinds it has not heard of."""
    for told in notices:
        try:
            yield notice_frame(told, place)
        except KeyError:
            log.warning("A notice of the unknown kind %r waits in the list until it is opened.", told.kind)


def notice_frame(told: Told, place: str) -> bytes:
    """A notice in the person's language; its address marks it as seen."""
    with translation.override(told.language):
        title = kind_of(told.kind).title_for(told.context)
    data = {"id": str(told.id), "title": title, "url": OPEN_NOTICE % told.id, "unseen": told.unseen}
    return frame("notice", data, place)


def _place_in(value: str) -> tuple[int, int] | None:
    """The positions in both feeds; None for what we have not sent, and from before calls had numbers."""
    notices, _, calls = value.partition("-")
    found = http.whole(notices), http.whole(calls)
    return (found[0], found[1]) if found[0] is not None and found[1] is not None else None


def _stream_begins(cors: http.Headers) -> dict[str, Any]:
    headers = [
        (b"content-type", b"text/event-stream"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
        *cors,
    ]
    return {"type": "http.response.start", "status": HTTPStatus.OK, "headers": headers}


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
