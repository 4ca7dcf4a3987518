"""A process under supervision, with small real processes."""

import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from tryggmote.supervision import child as supervision
from tryggmote.supervision.child import Child, GaveUp


def python(code: str) -> Callable[[], subprocess.Popen[bytes]]:
    return lambda: subprocess.Popen([sys.executable, "-S", "-c", code], stdin=subprocess.PIPE)


def until(child: Child, words: str) -> str:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if (told := child.look_after()) and words in told:
            return told
    raise AssertionError(f"never told: {words}")


def test_one_that_ends_is_told_about_and_started_again() -> None:
    starts: list[subprocess.Popen[bytes]] = []

    def spawn() -> subprocess.Popen[bytes]:
        starts.append(python("input()" if starts else "raise SystemExit(3)")())
        return starts[-1]

    child = Child("web", spawn)
    child.start()
    until(child, "web ended (exit code 3)")
    while len(starts) == 1:
        child.look_after()
    assert child.look_after() is None
    child.stop()
    assert starts[1].returncode is not None


def test_one_that_was_killed_is_said_to_be() -> None:
    child = Child("alarm", python("import os; os.kill(os.getpid(), 9)"))
    child.start()
    assert until(child, "killed by signal 9")


def test_one_that_fails_every_time_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervision, "FAILURES_ALLOWED", 3)
    monkeypatch.setattr(supervision, "LONGEST_PAUSE_S", 0.01)
    child = Child("worker", python("raise SystemExit(1)"))
    child.start()
    with pytest.raises(GaveUp, match="worker does not start"):
        until(child, "never")


def test_one_that_cannot_even_be_started_is_tried_again() -> None:
    attempts = 0

    def spawn() -> subprocess.Popen[bytes]:
        nonlocal attempts
        attempts += 1
        if attempts == 2:
            raise OSError("not now")
        return python("input()" if attempts > 2 else "pass")()

    child = Child("database", spawn)
    child.start()
    until(child, "ended")
    deadline = time.monotonic() + 20
    while attempts < 3:
        assert time.monotonic() < deadline
        child.look_after()
    child.stop()


def test_one_that_does_not_listen_is_killed() -> None:
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); input()"
    started = subprocess.Popen(
        [sys.executable, "-S", "-c", deaf], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert started.stdout is not None
    started.stdout.readline()
    child = Child("web", lambda: started, patience_s=0.1)
    child.start()
    child.stop()
    assert started.returncode == -9
    started.stdout.close()
