"""A PostgreSQL server of our own: started, shared between processes, and stopped when nobody needs it.

What the wheel's own code gets wrong, and this must not: a pid file proves nothing (the process id may be
somebody else's by now), a killed client must not keep the server alive for ever, and no folder but our own
is ever touched.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import psycopg

from tryggmote.postgres.binaries import bin_dir
from tryggmote.postgres.cluster import connect, make_data, make_database
from tryggmote.postgres.errors import CannotStart
from tryggmote.postgres.places import SOCKET_NAME, Places
from tryggmote.postgres.programs import circumstances, run
from tryggmote.supervision.lifeline import die_with_parent
from tryggmote.supervision.locks import FileLock

# What is left of a killed server goes away within seconds, and then it recovers from its log.
START_TIMEOUT_S = 30
STOP_TIMEOUT_S = 20
PAUSE_S = 0.05
READY = b"ready\n"
FAST_STOP = signal.SIGINT  # what PostgreSQL takes it for: no new clients, end the present ones, write, stop


class Server:
    """The embedded server that belongs to one `var` folder."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.places = Places.under(var)
        self._keeper: subprocess.Popen[bytes] | None = None
        self._starting = FileLock(self.places.home / "start.lock")
        self._needing = self._lock_of_users()

    @contextmanager
    def needed(self) -> Iterator[None]:
        """The server runs for the length of a `with` block, shared with every other process that needs it.

        When the last of them ends, however it ends, a small process of its own stops the server.
        Raises: CannotStart.
        """
        self.places.make()
        needing = self._lock_of_users()
        with self._starting.alone():
            needing.share()
            if not self._answers_while_it_runs():
                self._start_with_keeper()
        try:
            yield
        finally:
            needing.release()

    def start_as_child(self) -> subprocess.Popen[bytes]:
        """Start the server as a child that ends when we do. The caller supervises it.

        A server left over from a supervisor that was killed is stopped first.
        Raises: CannotStart, also when another process is using the server right now.
        """
        self.places.make()
        with self._starting.alone():
            if self._server_process() is not None:
                if not self._needing.try_to_take():
                    raise CannotStart("Another Tryggmøte command is using the database. End it first.")
                self._stop()
            self._needing.share()
            return self._start()

    def serve_while_needed(self) -> None:
        """Run the server until no other process needs it; says so on standard output when it is ready.

        Called in the keeper, while the process that started it holds the locks.
        Raises: CannotStart.
        """
        child = self._start()
        # A server that was killed is of no use to anybody: end too, so that the next one can begin.
        signal.signal(signal.SIGCHLD, lambda *_: None if child.poll() is None else sys.exit())
        os.write(sys.stdout.fileno(), READY)
        os.close(sys.stdout.fileno())
        self._needing.take()
        # Nobody can begin to need it before it has stopped: they wait for the lock.
        stop_child(child)
        self._needing.release()

    def is_ready(self) -> bool:
        """True when a connection really can be made."""
        try:
            connect(self.places).close()
        except psycopg.OperationalError:
            return False
        return True

    def _answers_while_it_runs(self) -> bool:
        """One that runs may be held up by a busy machine: it is waited for, no other is started beside it."""
        deadline = time.monotonic() + START_TIMEOUT_S
        while not self.is_ready():
            if self._server_process() is None or time.monotonic() > deadline:
                return False
            time.sleep(PAUSE_S)
        return True

    def _lock_of_users(self) -> FileLock:
        return FileLock(self.places.home / "users.lock")

    def _start_with_keeper(self) -> None:
        with self.places.log.open("ab") as log:
            begun = log.tell()
            self._keeper = subprocess.Popen(
                [sys.executable, "-m", "tryggmote.postgres.keeper", self.var.absolute()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=Path(__file__).parents[2],
                start_new_session=True,
            )
        assert self._keeper.stdout is not None, "a pipe was asked for"
        with self._keeper.stdout as answer:
            if answer.readline() != READY:
                raise CannotStart(f"The database does not start. {self._said_since(begun)}")

    def _start(self) -> subprocess.Popen[bytes]:
        """Start the server, and again for as long as the remains of a killed one are in the way."""
        binaries = bin_dir()
        make_data(self.places, binaries)
        self._forget_a_stranger()
        begun = self.places.log.stat().st_size if self.places.log.exists() else 0
        deadline = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < deadline:
            child = self._spawn(binaries / "postgres")
            while child.poll() is None and time.monotonic() < deadline:
                if self._server_process() == child.pid and self.is_ready():
                    make_database(self.places)
                    return child
                time.sleep(PAUSE_S)
            stop_child(child)
        raise CannotStart(f"The database was not ready in {START_TIMEOUT_S} s. {self._said_since(begun)}")

    def _spawn(self, postgres: Path) -> subprocess.Popen[bytes]:
        with self.places.log.open("ab") as log:
            return subprocess.Popen(
                [postgres, "-D", self.places.data],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Ctrl-C in the terminal is for the one who supervises, who stops things in order.
                start_new_session=True,
                preexec_fn=partial(die_with_parent, os.getpid(), FAST_STOP),
                **circumstances(self.places),
            )

    def _stop(self) -> None:
        arguments = ("stop", "-D", self.places.data, "-m", "fast", "-w", "-t", STOP_TIMEOUT_S)
        stopped = run(bin_dir() / "pg_ctl", *arguments, places=self.places)
        if stopped.returncode and self._server_process() is not None:
            raise CannotStart(f"The database that was left running does not stop: {stopped.stderr.strip()}")

    def _server_process(self) -> int | None:
        """The process id of a server that runs on our data, else None."""
        pid = self._written_pid()
        return pid if pid is not None and os.fspath(self.places.data) in _command_of(pid) else None

    def _forget_a_stranger(self) -> None:
        """Remove pid files whose process is somebody else's by now (after a power cut, say)."""
        pid = self._written_pid()
        if pid is not None and _is_there(pid) and self._server_process() is None:
            self._pid_file.unlink()
            (self.places.sockets / f"{SOCKET_NAME}.lock").unlink(missing_ok=True)

    @property
    def _pid_file(self) -> Path:
        return self.places.data / "postmaster.pid"

    def _written_pid(self) -> int | None:
        try:
            return int(self._pid_file.read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return None

    def _said_since(self, position: int) -> str:
        with self.places.log.open("rb") as log:
            log.seek(position)
            lines = log.read().decode(errors="replace").splitlines()
        return "\n".join([f"The last lines of {self.places.log}:", *lines[-10:]])


def stop_child(child: subprocess.Popen[bytes]) -> None:
    """Stop a server we started, at once but in order; kill it if it does not come to an end."""
    if child.poll() is None:
        child.send_signal(FAST_STOP)
        try:
            child.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _is_there(pid: int) -> bool:
    """True for a process that runs or has ended without its parent taking notice; both stop PostgreSQL."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _command_of(pid: int) -> str:
    """The command line of a running process, "" when there is none."""
    if sys.platform == "linux":
        try:
            return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""
    shown = subprocess.run(["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True)
    return shown.stdout
