"""A push service on this machine, and browsers that subscribe to it: only they can read what comes."""

import json
import threading
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tryggmote.access.context import acting_as
from tryggmote.access.tests.real_programs import free_port
from tryggmote.assistance import services
from tryggmote.organisation.models import Person


@dataclass
class PushService:
    """A push service's end, on this machine: takes what comes, and can say that a browser is gone."""

    address: str
    taken: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: int = 201


@contextmanager
def listening() -> Iterator[PushService]:
    """The service, until the block ends."""
    port = free_port()
    service = PushService(f"http://127.0.0.1:{port}")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            service.taken.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(service.answers)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield service
    server.shutdown()
    server.server_close()


class WokenBrowser:
    """The keys a browser makes when it subscribes."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.secret = b"sixteen bytes ok"

    def subscribes(self, person: Person, endpoint: str) -> None:
        public = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        with acting_as(person.id) as signed_in:
            services.wake_here(by=signed_in, endpoint=endpoint, p256dh=_text(public), auth=_text(self.secret))

    def reads(self, body: bytes) -> dict[str, Any]:
        said: dict[str, Any] = json.loads(
            http_ece.decrypt(body, private_key=self.key, auth_secret=self.secret, version="aes128gcm")
        )
        return said


def _text(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()
