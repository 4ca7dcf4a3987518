"""A gateway for text messages that really listens, on this machine."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

from tryggmote.access.tests.real_programs import free_port


@dataclass
class Gateway:
    """Takes messages, or refuses them: the numbers and what was said to them."""

    address: str
    taken: list[tuple[str, str]] = field(default_factory=list)
    answers: int = 200


@contextmanager
def listening() -> Iterator[Gateway]:
    """The gateway, until the block ends."""
    port = free_port()
    gateway = Gateway(f"json://127.0.0.1:{port}/{{phone}}")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if gateway.answers == 200:
                gateway.taken.append((unquote(self.path.strip("/")), body["message"]))
            self.send_response(gateway.answers)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield gateway
    finally:
        server.shutdown()
        server.server_close()
