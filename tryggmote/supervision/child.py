"""One process under supervision: started again when it ends, stopped when asked."""

import signal
import subprocess
import time
from collections.abc import Callable

QUICK_S = 10  # one that lived shorter than this has failed
LONGEST_PAUSE_S = 5.0
FAILURES_ALLOWED = 20  # in a row, over about a minute and a half


class GaveUp(Exception):
    """A process fails every time it is started."""


class Child:
    """A process by name, and how to start and stop it."""

    def __init__(
        self,
        name: str,
        spawn: Callable[[], subprocess.Popen[bytes]],
        *,
        stop_signal: signal.Signals = signal.SIGTERM,
        patience_s: float = 5,
    ) -> None:
        self.name = name
        self._spawn = spawn
        self._stop_signal = stop_signal
        self._patience_s = patience_s
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._start_again_at: float | None = None
        self._asked_to_stop = False
        self._failures = 0

    def start(self) -> None:
        """Start it; an error in starting is the caller's."""
        self._start_again_at = None
        self._started_at = time.monotonic()
        self._process = self._spawn()

    def look_after(self) -> str | None:
        """Start it again if it has ended. Returns what there is to tell, else None.

        Raises: GaveUp after many failures in a row.
        """
        now = time.monotonic()
        if self._start_again_at is not None:
            if now < self._start_again_at:
                return None
            self._start_or_plan()
            return None
        assert self._process is not None, "look_after comes after start"
        if self._process.poll() is None:
            return None
        self._plan(lived_s=now - self._started_at)
        return f"{self.name} ended ({_how(self._process.returncode)}); starting it again."

    def ask_to_stop(self) -> None:
        """Tell it to end, once; does not wait."""
        if self._process is not None and not self._asked_to_stop:
            self._asked_to_stop = True
            self._process.send_signal(self._stop_signal)

    def stop(self) -> None:
        """Tell it to end, and kill it if it does not within its patience."""
        self.ask_to_stop()
        if self._process is None:
            return
        try:
            self._process.wait(self._patience_s)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _start_or_plan(self) -> None:
        try:
            self.start()
        except Exception as error:  # noqa: BLE001 - whatever it is, the answer is to try again
            self._plan(lived_s=0, because=error)

    def _plan(self, *, lived_s: float, because: Exception | None = None) -> None:
        self._failures = self._failures + 1 if lived_s < QUICK_S else 0
        if self._failures > FAILURES_ALLOWED:
            raise GaveUp(f"{self.name} does not start, after {self._failures} attempts.") from because
        # At once the first time; then ever slower.
        pause_s = min(0.1 * 2**self._failures, LONGEST_PAUSE_S) if self._failures > 1 else 0
        self._start_again_at = time.monotonic() + pause_s


def _how(returncode: int) -> str:
    return f"killed by signal {-returncode}" if returncode < 0 else f"exit code {returncode}"
