"""The alarm program as it runs in production, and browsers that listen to it."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tryggmote.access.tests.real_programs import environment, free_port
from tryggmote.assistance.tests import push_services
from tryggmote.assistance.tests.push_services import PushService
from tryggmote.assistance.tests.real_program import KIND
from tryggmote.notices import registry

PATIENCE_S = 60  # waited only for what does not come: a slow machine is no failure


@dataclass
class Browser:
    """An open event stream and what has come through it."""

    port: int
    cookie: str
    last_event_id: str = ""
    origin: str = ""
    unseen: int | None = None
    notices: list[dict[str, Any]] = field(default_factory=list)
    calls: list[dict[str, Any]] = field(default_factory=list)
    open_calls: list[dict[str, Any]] = field(default_factory=list)

    def open(self) -> int:
        """Open the stream and say which status the program answered with."""
        headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={self.cookie}"}
        if self.last_event_id:
            headers["Last-Event-ID"] = self.last_event_id
        if self.origin:
            headers["Origin"] = self.origin
        http = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        http.request("GET", "/alarm/stream", headers=headers)
        self.response = http.getresponse()
        if self.response.status == 200:
            self.read_until("hello")
        return self.response.status

    def read_until(self, event: str, count: int = 1) -> None:
        """Read on until `count` events of this name have come. Raises TimeoutError when they do not come."""
        until = time.monotonic() + 2 * PATIENCE_S  # heartbeats come for ever
        while count:
            if time.monotonic() > until:
                raise TimeoutError(f"{count} more of {event!r} never came.")
            lines = iter(self.response.readline, b"\n")
            fields = dict(line.decode().rstrip("\n").split(": ", 1) for line in self._one_event(lines))
            self.last_event_id = fields.get("id", self.last_event_id)
            data = json.loads(fields["data"])
            if fields["event"] == "notice":
                self.notices.append(data)
            if fields["event"] == "call":
                self.calls.append(data)
            if fields["event"] == "calls":
                self.open_calls = data["calls"]
            self.unseen = data.get("unseen", self.unseen)
            count -= fields["event"] == event

    def _one_event(self, lines: Iterator[bytes]) -> Iterator[bytes]:
        for line in lines:
            if not line:
                raise ConnectionError("The program ended the stream.")
            yield line

    def heard(self) -> list[str]:
        """The ids of what has come, in order."""
        return [notice["id"] for notice in self.notices]


@dataclass
class RunningProgram:
    process: subprocess.Popen[bytes]
    port: int

    def health(self) -> tuple[int, dict[str, Any]]:
        http = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        http.request("GET", "/health")
        response = http.getresponse()
        return response.status, json.loads(response.read())

    def wait_until_well(self) -> None:
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            assert self.process.poll() is None, "The alarm program ended."
            try:
                if self.health()[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.05)
        raise TimeoutError("The alarm program did not start.")


@pytest.fixture
def kind(monkeypatch: pytest.MonkeyPatch) -> str:
    """A kind of notice that this process and the program know."""
    monkeypatch.setattr(registry, "_kinds", {KIND.code: KIND})
    return KIND.code


@pytest.fixture
def program(transactional_db: None) -> Iterator[RunningProgram]:
    """The real program on a free port, connected to the test's database as in production."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "tryggmote.assistance.tests.real_program", str(port)],
        env=environment(),
    )
    running = RunningProgram(process, port)
    try:
        running.wait_until_well()
        yield running
    finally:
        process.terminate()
        process.wait(PATIENCE_S)


@pytest.fixture
def browser_of(program: RunningProgram, client_of: Callable[[Any], Client]) -> Callable[[Any], Browser]:
    """A browser in which this person has signed in; open its stream with `open()`."""

    def signed_in(person: Any) -> Browser:
        return Browser(program.port, client_of(person).cookies[settings.SESSION_COOKIE_NAME].value)

    return signed_in


@pytest.fixture
def push_service(settings: Any) -> Iterator[PushService]:
    """A push service on this machine that the product knows."""
    with push_services.listening() as service:
        settings.PUSH_SERVICES_ALSO = [service.address]
        yield service
