"""Stories about `tryggmote run`: whatever is killed comes back, and when it ends nothing is left."""

import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPConnection, HTTPException

import psutil
import pytest

from tests.platform.installation import Installation, eventually, kill

START_WITHIN_S = 600  # the first start makes the database and loads the demo; a slow machine is no failure
STOP_WITHIN_S = 60


class Running:
    """One `tryggmote run` and the addresses it serves on."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.port, self.alarm_port = free_port(), free_port()
        self.supervisor = start_on(installation, self.port, self.alarm_port)
        eventually(self.answers, within_s=START_WITHIN_S)

    def answers(self) -> bool:
        assert self.supervisor.poll() is None, self.supervisor.stdout.read()
        return is_well(self.port, "/helse/") and is_well(self.alarm_port, "/health")

    def processes_of(self, name: str) -> list[psutil.Process]:
        """The supervisor's child with this name first, then that one's children."""
        for child in psutil.Process(self.supervisor.pid).children():
            with suppress(psutil.NoSuchProcess):
                words = child.cmdline()
                if name in words or (name == "database" and words and words[0].endswith("/postgres")):
                    return [child, *child.children()]
        return []


def start_on(installation: Installation, port: int, alarm_port: int) -> subprocess.Popen[str]:
    return installation.start(
        "-m", "tryggmote", "run", DEMO="1", PORT=str(port), ALARM_PORT=str(alarm_port), WEB_WORKERS="2"
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_well(port: int, path: str) -> bool:
    """Both processes' pages of health answer for the database too."""
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


@pytest.fixture(scope="module")
def running(installation: Installation) -> Iterator[Running]:
    running = Running(installation)
    yield running
    running.supervisor.kill()


@pytest.mark.parametrize("name", ["web", "alarm", "worker", "database"])
def test_a_killed_process_is_started_again(running: Running, name: str) -> None:
    before, *_ = running.processes_of(name)
    kill(before.pid)
    eventually(lambda: (now := running.processes_of(name)) and now[0].pid != before.pid)
    eventually(running.answers)
    eventually(lambda: running.processes_of("worker"))


def test_a_killed_web_worker_is_started_again(running: Running) -> None:
    main, *workers = eventually(lambda: len(found := running.processes_of("web")) == 3 and found)
    kill(workers[0].pid)
    eventually(lambda: len([p for p in main.children() if p.pid != workers[0].pid and p.is_running()]) == 2)
    eventually(running.answers)
    assert running.processes_of("web")[0].pid == main.pid


def test_a_second_start_from_the_same_folder_says_that_it_runs_already(running: Running) -> None:
    second = start_on(running.installation, free_port(), free_port())
    said, _ = second.communicate(timeout=60)
    assert second.returncode == 1
    assert "already running" in said


def test_a_killed_supervisor_leaves_nothing_and_the_next_start_recovers(running: Running) -> None:
    kill(running.supervisor.pid)
    running.supervisor.wait()
    eventually(lambda: not running.installation.processes(), within_s=STOP_WITHIN_S)
    again = Running(running.installation)
    again.supervisor.send_signal(signal.SIGINT)
    said, _ = again.supervisor.communicate(timeout=STOP_WITHIN_S)
    assert again.supervisor.returncode == 0, said
    assert not running.installation.processes()


def test_a_start_at_once_after_the_supervisor_was_killed_recovers(running: Running) -> None:
    first = Running(running.installation)
    kill(first.supervisor.pid)
    first.supervisor.wait()
    again = Running(running.installation)
    again.supervisor.send_signal(signal.SIGTERM)
    said, _ = again.supervisor.communicate(timeout=STOP_WITHIN_S)
    assert again.supervisor.returncode == 0, said
    assert not running.installation.processes()


def test_a_taken_port_is_named_with_the_way_out(installation: Installation) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = start_on(installation, port, free_port())
        said, _ = refused.communicate(timeout=60)
    assert refused.returncode == 1
    assert f"Port {port} is taken" in said
    assert "PORT=9000 make run" in said
    assert "Traceback" not in said
