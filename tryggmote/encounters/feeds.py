"""Fetching a calendar that somebody subscribes to, without being led into our own network.

The address is typed by a person, so it may point anywhere: only HTTPS, only public addresses, and the
connection goes to the very address that was judged (a name may resolve to another one the next time).
"""

import http.client
import ipaddress
import socket
import ssl
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings

from tryggmote.encounters.calendars import LARGEST_FILE
from tryggmote.encounters.models import CalendarFeed

TIMEOUT_S = 10
MOST_REDIRECTS = 3
Trouble = CalendarFeed.Trouble


class FeedTrouble(Exception):
    """The calendar could not be fetched. `trouble` says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


@dataclass(frozen=True)
class _Target:
    """Where to connect (`ip`, judged) and what to ask for there."""

    is_plain: bool
    host: str
    port: int
    ip: str
    path: str


def tidy(address: str) -> str:
    """The address as it is fetched: `webcal:` is HTTPS by another name. Does no network."""
    address = address.strip()
    return f"https{address[6:]}" if address.lower().startswith("webcal:") else address


def judge(address: str) -> None:
    """Raises FeedTrouble when the address does not lead out to a public server."""
    _target(address)


def fetch(address: str) -> bytes:
    """The calendar at the address. Raises FeedTrouble."""
    for _ in range(MOST_REDIRECTS + 1):
        status, location, content = _get(_target(address))
        if status in {301, 302, 303, 307, 308} and location:
            address = urljoin(address, location)
        elif status == http.HTTPStatus.OK:
            return content
        else:
            raise FeedTrouble(Trouble.REFUSED if status in {401, 403, 404, 410} else Trouble.NO_ANSWER)
    raise FeedTrouble(Trouble.NO_ANSWER)


def _target(address: str) -> _Target:
    allow_local = getattr(settings, "ALLOW_LOCAL_FEEDS", False)
    parts = _split(address)
    if parts.scheme not in ({"https", "http"} if allow_local else {"https"}) or not parts.hostname:
        raise FeedTrouble(Trouble.NOT_PUBLIC)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FeedTrouble(Trouble.NO_ANSWER) from error
    ips = [str(entry[4][0]) for entry in found]
    if not ips or not (allow_local or all(_is_public(ip) for ip in ips)):
        raise FeedTrouble(Trouble.NOT_PUBLIC)
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    return _Target(parts.scheme == "http", parts.hostname, port, ips[0], path)


def _split(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError as error:
        raise FeedTrouble(Trouble.NOT_PUBLIC) from error
    if any(ord(character) <= 32 or ord(character) > 126 for character in f"{parts.path}{parts.query}"):
        raise FeedTrouble(Trouble.NOT_PUBLIC)
    return parts


def _is_public(ip: str) -> bool:
    parsed = ipaddress.ip_address(ip.split("%")[0])
    mapped = getattr(parsed, "ipv4_mapped", None) or parsed
    return mapped.is_global and not mapped.is_multicast


class _Pinned(http.client.HTTPSConnection):
    """Connects to the judged address, and still asks for the certificate of the name."""

    def __init__(self, target: _Target) -> None:
        super().__init__(target.host, target.port, timeout=TIMEOUT_S)
        self._target = target

    def connect(self) -> None:
        raw = socket.create_connection((self._target.ip, self._target.port), TIMEOUT_S)
        self.sock = ssl.create_default_context().wrap_socket(raw, server_hostname=self._target.host)


def _get(target: _Target) -> tuple[int, str, bytes]:
    connection = (
        http.client.HTTPConnection(target.ip, target.port, timeout=TIMEOUT_S)
        if target.is_plain
        else _Pinned(target)
    )
    try:
        headers = {"Accept": "text/calendar", "User-Agent": "Tryggmote", "Host": target.host}
        connection.request("GET", target.path, headers=headers)
        answer = connection.getresponse()
        content = answer.read(LARGEST_FILE + 1)
    except (OSError, http.client.HTTPException) as error:
        raise FeedTrouble(Trouble.NO_ANSWER) from error
    finally:
        connection.close()
    if len(content) > LARGEST_FILE:
        raise FeedTrouble(Trouble.TOO_LARGE)
    return answer.status, answer.headers.get("Location", ""), content
