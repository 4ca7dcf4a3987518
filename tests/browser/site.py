"""The real thing for browser tests: `tryggmote run` with a folder and ports of its own, and a mail server."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from tests.made_site import copied_to
from tryggmote.postgres.places import Places

ROOT = Path(__file__).parents[2]
MAIL_TIMEOUT_S = 120
START_TIMEOUT_S = 600
STOP_TIMEOUT_S = 120


class Mailbox(Message):
    """A mail server's end: keeps what arrives."""

    def __init__(self) -> None:
        super().__init__()
        self._messages: list[EmailMessage] = []
        self._arrived = threading.Condition()

    def handle_message(self, message: EmailMessage) -> None:
        with self._arrived:
            self._messages.append(message)
            self._arrived.notify_all()

    @property
    def number(self) -> int:
        """How many messages have come so far."""
        return len(self._messages)

    def letter_to(self, address: str, *, after: int) -> EmailMessage:
        """The first to this address that came after the first `after` messages."""

        def found() -> EmailMessage | None:
            return next((message for message in self._messages[after:] if message["to"] == address), None)

        with self._arrived:
            letter = self._arrived.wait_for(found, timeout=MAIL_TIMEOUT_S)
        assert letter is not None, f"No letter came to {address}"
        return letter

    def wait_for(self, number: int, *, after: int) -> list[EmailMessage]:
        """At least `number` messages that came after the first `after`; what has come when time is up."""
        with self._arrived:
            self._arrived.wait_for(lambda: len(self._messages) >= after + number, timeout=MAIL_TIMEOUT_S)
            return self._messages[after:]


@dataclass
class Site:
    """A running Tryggmøte with the fictional county in it."""

    address: str
    mailbox: Mailbox
    port: int
    alarm_port: int


def free_port() -> int:
    """A port nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(var: Path, also: Mapping[str, str] | None = None) -> Iterator[Site]:
    """Start everything with data in `var`, wait until it answers, and stop it all afterwards.

    `also`: further variables of its environment.
    """
    mailbox = Mailbox()
    mail = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    mail.start()
    port, alarm_port = free_port(), free_port()
    environment = os.environ | {
        "DEMO": "1",
        "PORT": str(port),
        "ALARM_PORT": str(alarm_port),
        "TRYGGMOTE_VAR": str(var),
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(mail.port),
        **(also or {}),
    }
    log = (var / "run.log").open("wb")
    command = [sys.executable, "-m", "tryggmote"]
    if not copied_to(var):
        subprocess.run([*command, "assets"], cwd=ROOT, env=environment, check=True, capture_output=True)
    process = subprocess.Popen([*command, "run"], cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        _wait_until_it_answers(process, port, var / "run.log")
        yield Site(f"http://localhost:{port}", mailbox, port, alarm_port)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(STOP_TIMEOUT_S)
        mail.stop()
        log.close()
        # Root's database does not lie in `var` (see ADR 0001).
        shutil.rmtree(Places.under(var).home, ignore_errors=True)


def _wait_until_it_answers(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/helse/")
            if connection.getresponse().status == 200:
                return
        except (OSError, HTTPException):
            time.sleep(0.1)
        finally:
            connection.close()
    raise AssertionError(f"Tryggmøte did not start:\n{log.read_text(errors='replace')[-4000:]}")
