"""Web push: waking the phones and closed browsers of those who have just been told something urgent.

What is sent is encrypted for the browser it goes to (RFC 8291); the push service sees that something came.
The key we sign with (RFC 8292) is made from SECRET_KEY, so that every process has the same one.
"""

import hashlib
import json
import logging
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from email.utils import parseaddr
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from py_vapid import Vapid02, VapidException
from pywebpush import WebPushException, webpush
from requests import RequestException

log = logging.getLogger(__name__)

AT_ONCE = 16
ANSWERS_WITHIN_S = 5
LIVES_FOR_S = 120  # a phone that comes on later must not ring for what is over
GONE = {404, 410}
# Whom browsers use. Anything else could be an address inside our own network.
PUSH_SERVICES = (
    "fcm.googleapis.com",
    "push.services.mozilla.com",
    "push.apple.com",
    "notify.windows.com",
)


@dataclass(frozen=True)
class Pushed:
    """How it went with one browser: `taken` by its push service, or the browser is `gone`."""

    subscription_id: int
    taken: bool
    gone: bool


@dataclass(frozen=True)
class Letter:
    """What one browser is told, and how to reach it. `said`: what the service worker shows (`ui/sw.js`)."""

    subscription_id: int
    endpoint: str
    p256dh: str
    auth: str
    said: Mapping[str, Any]
    lives_for_s: int = LIVES_FOR_S


def is_push_service(endpoint: str) -> bool:
    """Whether an address a browser gave leads to a push service we know."""
    try:
        parts = urlsplit(endpoint)
        host = parts.hostname or ""
        port = parts.port
    except ValueError:
        return False
    # HTTP clients read a host with other signs in it otherwise than we do.
    if not re.fullmatch(r"[a-z0-9.-]+", host) or "@" in parts.netloc:
        return False
    known = any(host == name or host.endswith(f".{name}") for name in PUSH_SERVICES)
    return (parts.scheme == "https" and known and port in (None, 443)) or endpoint.startswith(
        tuple(settings.PUSH_SERVICES_ALSO)
    )


def send(letters: Iterable[Letter]) -> list[Pushed]:
    """Send them all, many at once; says how each went. Takes no longer than the slowest, five seconds."""
    with ThreadPoolExecutor(AT_ONCE) as senders:
        return list(senders.map(_send_one, letters))


def public_key() -> str:
    """What a browser subscribes with."""
    raw = _key().public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _send_one(letter: Letter) -> Pushed:
    try:
        webpush(
            {"endpoint": letter.endpoint, "keys": {"p256dh": letter.p256dh, "auth": letter.auth}},
            json.dumps(letter.said),
            vapid_private_key=_key(),
            vapid_claims={"sub": f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"},
            ttl=letter.lives_for_s,
            headers={"Urgency": "high"},
            timeout=ANSWERS_WITHIN_S,
        )
    except WebPushException as error:
        status = error.response.status_code if error.response is not None else None
        log.warning("A push service answered %s.", status)
        return Pushed(letter.subscription_id, taken=False, gone=status in GONE)
    except (RequestException, VapidException, ValueError) as error:
        log.warning("A push was not sent: %s", type(error).__name__)
        return Pushed(letter.subscription_id, taken=False, gone=False)
    return Pushed(letter.subscription_id, taken=True, gone=False)


@cache
def _key() -> Vapid02:
    digest = hashlib.sha512(f"tryggmote web push {settings.SECRET_KEY}".encode()).digest()
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256 (FIPS 186-5)
    return Vapid02(ec.derive_private_key(int.from_bytes(digest) % (order - 1) + 1, ec.SECP256R1()))
