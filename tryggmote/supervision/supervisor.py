"""`tryggmote run`: everything on one machine, in the foreground, until Ctrl-C."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection, HTTPException
from typing import Any

from tryggmote.config.environment import var_folder
from tryggmote.postgres.server import FAST_STOP, STOP_TIMEOUT_S, Server
from tryggmote.postgres.settings import is_embedded
from tryggmote.supervision.addresses import LISTEN_ADDRESS, alarm_port, web_port
from tryggmote.supervision.child import Child
from tryggmote.supervision.lifeline import SUPERVISOR
from tryggmote.supervision.locks import FileLock

LOOK_EVERY_S = 0.1


class CannotRun(Exception):
    """What is in the way, and what to do about it."""


def run() -> None:
    """Start the database (unless DATABASE_URL names one), prepare it, and serve until told to stop.

    Raises: CannotRun, postgres.errors.CannotStart, child.GaveUp.
    """
    with _alone(), _told_to_stop() as stopping:
        _see_that_ports_are_free()
        running: list[Child] = []
        try:
            if is_embedded():
                _start(_database(), running)
            welcome = _prepare(stopping)
            for name in () if stopping.is_set() else ("web", "alarm", "worker"):
                _start(Child(name, partial(_spawn, name)), running)
            _look_after(running, stopping, welcome)
        finally:
            _stop(running)


def _database() -> Child:
    start = Server(var_folder()).start_as_child
    return Child("database", start, stop_signal=FAST_STOP, patience_s=STOP_TIMEOUT_S)


def _start(child: Child, running: list[Child]) -> None:
    child.start()
    running.append(child)


def _look_after(running: list[Child], stopping: threading.Event, welcome: str) -> None:
    announced = False
    while not stopping.wait(LOOK_EVERY_S):
        for child in running:
            if told := child.look_after():
                _say(told)
        if not announced and _answers(web_port()):
            _say(welcome)
            announced = True


def _stop(running: list[Child]) -> None:
    """Those who use the database first, all at once; then the database."""
    for child in running:
        if child.name != "database":
            child.ask_to_stop()
    for child in reversed(running):
        child.stop()


def _prepare(stopping: threading.Event) -> str:
    """Migrate and load the demo where needed; what to tell the person who started us."""
    with _spawn("prepare", stdout=subprocess.PIPE) as process:
        while process.poll() is None:
            if stopping.wait(LOOK_EVERY_S):
                process.kill()
                return ""
        assert process.stdout is not None, "a pipe was asked for"
        welcome = process.stdout.read().decode()
    if process.returncode:
        raise CannotRun("The database could not be prepared; what went wrong stands above.")
    return welcome


def _spawn(command: str, **more: Any) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C in the terminal is for the supervisor, who stops things in order.
    return subprocess.Popen(
        [sys.executable, "-m", "tryggmote", command], env=_environment(), start_new_session=True, **more
    )


def _environment() -> dict[str, str]:
    return os.environ | {SUPERVISOR: str(os.getpid()), "PYTHONIOENCODING": "utf-8"}


@contextmanager
def _alone() -> Iterator[None]:
    var_folder().mkdir(parents=True, exist_ok=True)
    lock = FileLock(var_folder() / "run.lock")
    if not lock.try_to_take():
        raise CannotRun("Tryggmøte is already running from this folder.")
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _told_to_stop() -> Iterator[threading.Event]:
    stopping = threading.Event()
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.signal(number, lambda *_: stopping.set()) for number in signals]
    try:
        yield stopping
    finally:
        for number, handler in zip(signals, before, strict=True):
            signal.signal(number, handler)


def _see_that_ports_are_free() -> None:
    for port in (web_port(), alarm_port()):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((LISTEN_ADDRESS, port))
            except OSError as error:
                raise CannotRun(
                    f"Port {port} is taken by another program. Choose another one: PORT=9000 make run"
                ) from error


def _answers(port: int) -> bool:
    """True when a page comes back, whatever it says: listening begins before the program is there."""
    connection = HTTPConnection(LISTEN_ADDRESS, port, timeout=1)
    try:
        connection.request("GET", "/helse/")
        connection.getresponse()
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
    return True


def _say(text: str) -> None:
    print(text, flush=True)
