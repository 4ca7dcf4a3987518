"""Fetching a calendar that somebody subscribes to, without being led into our own network.

The address is typed by a person, so it may point anywhere: only HTTPS, only public addresses, and the
connection goes to the very address that was judged (a name may resolve to another one the next time).
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings

from tryggmote.encounters.calendars import LARGEST_FILE
from tryggmote.encounters.models import CalendarFeed

TIMEOUT_S = 10  # for each answer of the network
LONGEST_FETCH_S = 60
MOST_REDIRECTS = 3
HEADERS = {"Accept": "text/calendar", "User-Agent": "Tryggmote"}
# Of IPv6 only what is handed out to the world (RFC 4291), and not what leads to an IPv4 address inside it
# (6to4, RFC 3056); the ways round by `::127.0.0.1` and NAT64 lie outside the first.
GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
SIX_TO_FOUR = ipaddress.ip_network("2002::/16")
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
            address = _moved(address, location)
        elif status == http.HTTPStatus.OK:
            return content
        else:
            raise FeedTrouble(Trouble.REFUSED if status in {401, 403, 404, 410} else Trouble.NO_ANSWER)
    raise FeedTrouble(Trouble.NO_ANSWER)


def _moved(address: str, location: str) -> str:
    try:
        return urljoin(address, location)
    except ValueError as error:
        raise FeedTrouble(Trouble.NO_ANSWER) from error


def _target(address: str) -> _Target:
    allow_local = getattr(settings, "ALLOW_LOCAL_FEEDS", False)
    parts = _split(address)
    if parts.scheme not in ({"https", "http"} if allow_local else {"https"}) or not parts.hostname:
        raise FeedTrouble(Trouble.NOT_PUBLIC)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        host = parts.hostname.encode("idna").decode()
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FeedTrouble(Trouble.NO_ANSWER) from error
    ips = [str(entry[4][0]) for entry in found]
    if not ips or not (allow_local or all(_is_public(ip) for ip in ips)):
        raise FeedTrouble(Trouble.NOT_PUBLIC)
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    return _Target(parts.scheme == "http", host, port, ips[0], path)


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
    if parsed.version == 6 and (parsed not in GLOBAL_UNICAST or parsed in SIX_TO_FOUR):
        return False
    return parsed.is_global and not parsed.is_multicast


class _Pinned(http.client.HTTPSConnection):
    """Connects to the judged address, and still asks for the certificate of the name."""

    def __init__(self, target: _Target) -> None:
        super().__init__(target.host, target.port, timeout=TIMEOUT_S)
        self._target = target

    def connect(self) -> None:
        raw = socket.create_connection((self._target.ip, self._target.port), TIMEOUT_S)
        # The handshake waits for the first line that is sent, so that it too is within the time limit.
        self.sock = ssl.create_default_context().wrap_socket(
            raw, server_hostname=self._target.host, do_handshake_on_connect=False
        )


@contextmanager
def _cut_off(connection: http.client.HTTPConnection) -> Iterator[threading.Event]:
    """Hang up after a minute, and say so: a server that drips a byte at a time would hold us for days."""
    is_late = threading.Event()
    line = connection.sock

    def hang_up() -> None:
        is_late.set()
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(LONGEST_FETCH_S, hang_up)
    timer.start()
    try:
        yield is_late
    finally:
        timer.cancel()


def _get(target: _Target) -> tuple[int, str, bytes]:
    connection = (
        http.client.HTTPConnection(target.ip, target.port, timeout=TIMEOUT_S)
        if target.is_plain
        else _Pinned(target)
    )
    try:
        connection.connect()
        with _cut_off(connection) as is_late:
            connection.request("GET", target.path, headers=HEADERS)
            answer = connection.getresponse()
            content = answer.read(LARGEST_FILE + 1)
    except (OSError, http.client.HTTPException) as error:
        raise FeedTrouble(Trouble.NO_ANSWER) from error
    finally:
        connection.close()
    if is_late.is_set():
        raise FeedTrouble(Trouble.NO_ANSWER)
    if len(content) > LARGEST_FILE:
        raise FeedTrouble(Trouble.TOO_LARGE)
    return answer.status, answer.headers.get("Location", ""), content
