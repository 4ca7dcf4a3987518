"""Stories about the embedded PostgreSQL, with real processes that share it, die and come back."""

import os
import pwd
import signal
import subprocess
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.platform.installation import Installation, eventually, kill
from tryggmote.postgres.cluster import CONNECT_TIMEOUT_S
from tryggmote.postgres.errors import CannotStart
from tryggmote.postgres.places import LONGEST_SOCKET_PATH, SOCKET_NAME, Places, ServerUser

# Says which server it got, and holds on to it until told to go.
CLIENT = """
import sys
from pathlib import Path
from tryggmote.postgres.cluster import connect
from tryggmote.postgres.server import Server
server = Server(Path("var"))
with server.needed():
    with connect(server.places, role="tryggmote_app", database="tryggmote") as connection:
        query = "select pg_postmaster_start_time(), current_user, session_user"
        started, *roles = connection.execute(query).fetchone()
    assert roles == ["tryggmote_app", "tryggmote_app"], roles
    print(f"server since {started}", flush=True)
    sys.stdin.readline()
"""


NOBODY = (pwd.getpwnam("nobody").pw_uid, pwd.getpwnam("nobody").pw_gid)


@pytest.fixture(autouse=True)
def nothing_left_from_the_last_story(installation: Installation) -> None:
    eventually(lambda: not installation.processes())


def client(installation: Installation) -> subprocess.Popen[str]:
    return installation.start("-c", CLIENT)


def server_of(process: subprocess.Popen[str]) -> str:
    said = process.stdout.readline()
    assert said.startswith("server since"), said + process.stdout.read()
    return said


def let_go(process: subprocess.Popen[str]) -> None:
    process.communicate("go\n", timeout=60)
    assert process.returncode == 0


def postmaster_pid(installation: Installation) -> int:
    return int((installation.data / "postmaster.pid").read_text().split()[0])


def nothing_runs(installation: Installation) -> bool:
    return not installation.processes()


def test_two_processes_share_one_server_and_the_last_one_stops_it(installation: Installation) -> None:
    first = client(installation)
    one = server_of(first)
    second = client(installation)
    assert server_of(second) == one
    let_go(first)
    third = client(installation)
    assert server_of(third) == one
    let_go(second)
    let_go(third)
    eventually(lambda: nothing_runs(installation))


def test_a_killed_client_does_not_keep_the_server_alive(installation: Installation) -> None:
    only = client(installation)
    server_of(only)
    kill(only.pid)
    only.wait()
    eventually(lambda: nothing_runs(installation))


def test_a_killed_client_does_not_take_the_server_from_the_others(installation: Installation) -> None:
    first, second = client(installation), client(installation)
    one = server_of(first)
    assert server_of(second) == one
    kill(first.pid)
    first.wait()
    third = client(installation)
    assert server_of(third) == one
    let_go(second)
    let_go(third)


def test_a_killed_server_is_started_again_for_the_next_who_needs_it(installation: Installation) -> None:
    first = client(installation)
    one = server_of(first)
    kill(postmaster_pid(installation))
    # At once: the killed server's own processes still hold its memory.
    second = client(installation)
    assert server_of(second) != one
    let_go(first)
    let_go(second)
    eventually(lambda: nothing_runs(installation))


def test_a_server_that_is_held_up_is_waited_for(installation: Installation) -> None:
    first = client(installation)
    began = server_of(first)
    held_up = postmaster_pid(installation)
    os.kill(held_up, signal.SIGSTOP)
    second = client(installation)
    try:
        # Longer than one attempt to connect may take.
        with pytest.raises(subprocess.TimeoutExpired):
            second.wait(CONNECT_TIMEOUT_S + 3)
    finally:
        os.kill(held_up, signal.SIGCONT)
    assert server_of(second) == began
    let_go(first)
    let_go(second)


def test_a_killed_keeper_leaves_nothing_running(installation: Installation) -> None:
    only = client(installation)
    server_of(only)
    keeper = next(p for p in installation.processes() if "tryggmote.postgres.keeper" in p.cmdline())
    kill(keeper.pid)
    let_go(only)
    eventually(lambda: nothing_runs(installation))


def test_a_pid_file_whose_process_is_somebody_else_by_now_is_no_hindrance(installation: Installation) -> None:
    before = client(installation)
    server_of(before)
    pid_file = installation.data / "postmaster.pid"
    written = pid_file.read_text()
    let_go(before)
    eventually(lambda: nothing_runs(installation))
    stranger = subprocess.Popen(["cat"], stdin=subprocess.PIPE, **as_the_server_user(installation))
    pid_file.write_text(written.replace(written.split()[0], str(stranger.pid), 1))
    os.chown(pid_file, pid_file.parent.stat().st_uid, pid_file.parent.stat().st_gid)
    pid_file.chmod(0o600)
    after = client(installation)
    server_of(after)
    let_go(after)
    assert stranger.poll() is None, "a stranger's process is left alone"
    stranger.communicate()


def as_the_server_user(installation: Installation) -> dict[str, Any]:
    """PostgreSQL takes only a process of its own user for another server."""
    owner = installation.data.stat()
    if owner.st_uid == os.geteuid():
        return {}
    return {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}


def test_a_socket_folder_that_is_not_yet_the_server_users_is_no_strangers(tmp_path: Path) -> None:
    """Two who begin at the same moment: one has made the folder, and not yet given it away (as root)."""
    places = Places(tmp_path, tmp_path / "run", ServerUser(*NOBODY) if os.geteuid() == 0 else None)
    places.sockets.mkdir(mode=0o700)
    places.make_private(places.sockets)
    made = places.sockets.stat()
    assert (made.st_uid, made.st_gid) == (NOBODY if os.geteuid() == 0 else (os.geteuid(), os.getegid()))


@pytest.mark.parametrize("mode", [0o750, 0o705])
def test_a_socket_folder_that_others_may_enter_is_refused(tmp_path: Path, mode: int) -> None:
    places = Places(tmp_path, tmp_path / "run", None)
    places.sockets.mkdir()
    places.sockets.chmod(mode)
    with pytest.raises(CannotStart, match="open to others"):
        places.make_private(places.sockets)


def test_a_link_in_place_of_the_socket_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir(mode=0o700)
    places = Places(tmp_path, tmp_path / "run", None)
    places.sockets.symlink_to(tmp_path / "theirs")
    with pytest.raises(CannotStart, match="somebody else's"):
        places.make_private(places.sockets)


def test_no_folder_is_opened_for_others(installation: Installation) -> None:
    folders = [installation.folder, *installation.folder.parents]
    before = {folder: (folder.stat().st_mode, folder.stat().st_uid) for folder in folders}
    only = client(installation)
    server_of(only)
    assert {folder: (folder.stat().st_mode, folder.stat().st_uid) for folder in folders} == before
    server = psutil.Process(postmaster_pid(installation))
    assert server.uids().real != 0
    assert installation.data.stat().st_mode & 0o077 == 0
    let_go(only)


def test_another_user_is_not_let_in(installation: Installation) -> None:
    """Without passwords the operating system must vouch: being the server's own user is not enough."""
    if os.geteuid() or installation.user:
        pytest.skip("only root's server runs as somebody else")
    only = client(installation)
    server_of(only)
    knock = """
import os, sys
from pathlib import Path
from tryggmote.postgres.cluster import connect
from tryggmote.postgres.places import Places
places = Places.under(Path("var"))
os.setgid(places.user.gid); os.setuid(places.user.uid)
connect(places)
"""
    refused = installation.start("-c", knock).communicate()[0]
    assert "Peer authentication failed" in refused
    let_go(only)


def test_data_of_another_version_are_left_alone_and_said_to_be(installation: Installation) -> None:
    let_go_of(client(installation))
    version = installation.data / "PG_VERSION"
    ours = version.read_text()
    version.write_text("12\n")
    try:
        refused = client(installation).communicate()[0]
    finally:
        version.write_text(ours)
    assert "were made by PostgreSQL 12, this is PostgreSQL" in refused
    assert "pg_dump" in refused
    let_go_of(client(installation))


def let_go_of(process: subprocess.Popen[str]) -> None:
    server_of(process)
    let_go(process)
    process.wait()


def test_the_socket_of_a_long_path_is_in_a_private_folder(tmp_path: Path) -> None:
    places = Places.under(tmp_path / ("lang mappe " * 12))
    assert len(os.fsencode(places.sockets / SOCKET_NAME)) <= LONGEST_SOCKET_PATH
