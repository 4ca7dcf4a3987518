"""What the alarm program knows of HTTP: who may ask, what they sent, and short answers."""

import json
from collections.abc import Awaitable, Callable, Iterable
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.http.cookie import parse_cookie

from tryggmote.assistance.hub import Send

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Headers = list[tuple[bytes, bytes]]

LONGEST_BODY = 4_000  # bytes; a call with its place is a few hundred


class Asked:
    """One request: where it comes from, and what came with it."""

    def __init__(self, scope: Scope) -> None:
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self._query: bytes = scope.get("query_string", b"")
        self.headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}

    @property
    def session_key(self) -> str:
        """What the session cookie says; "" without one."""
        return parse_cookie(self.headers.get("cookie", "")).get(settings.SESSION_COOKIE_NAME, "")

    @property
    def is_ours(self) -> bool:
        """A page of our own asks: same host on any port, or the address people know us by.

        An act must say where it comes from, as browsers do: that is what stands against forged requests here.
        """
        origin = self.headers.get("origin")
        if origin is None:
            return self.method == "GET"
        try:
            same_host = urlsplit(origin).hostname == urlsplit(f"//{self.headers.get('host', '')}").hostname
        except ValueError:
            return False
        return same_host or origin in (settings.PUBLIC_ADDRESS, *settings.CSRF_TRUSTED_ORIGINS)

    @property
    def cors(self) -> Headers:
        """Lets a page on another port of the same host read the answer."""
        if "origin" not in self.headers:
            return []
        return [
            (b"access-control-allow-origin", self.headers["origin"].encode("latin-1")),
            (b"access-control-allow-credentials", b"true"),
            (b"vary", b"origin"),
        ]

    def number(self, name: str) -> int | None:
        """A whole number in the query, or None."""
        return whole(parse_qs(self._query.decode("latin-1")).get(name, [""])[0])


def whole(text: str) -> int | None:
    """A whole number that fits the database, or None."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


async def body_of(receive: Receive) -> dict[str, Any] | None:
    """The JSON object that was sent, or None when it is none or too long.

    Pages send it as plain text: then a browser asks no leave first, which would cost a journey.
    """
    sent, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        sent += message.get("body", b"")
        more = message.get("more_body", False)
        if len(sent) > LONGEST_BODY:
            return None
    try:
        found = json.loads(sent)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


async def answer(
    send: Send, status: HTTPStatus, data: Any = None, headers: Iterable[tuple[bytes, bytes]] = ()
) -> None:
    """A short answer as JSON."""
    body = json.dumps(
        {"status": status.phrase} if data is None else data, ensure_ascii=False, default=str
    ).encode()
    described = [
        (b"content-type", b"application/json"),
        (b"content-length", b"%d" % len(body)),
        (b"cache-control", b"no-store"),
        *headers,
    ]
    await send({"type": "http.response.start", "status": status, "headers": described})
    await send({"type": "http.response.body", "body": body, "more_body": False})
