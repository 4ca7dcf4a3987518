"""Looking for viruses: with a command, with ClamAV's daemon, and saying plainly when nobody looked."""

import socket
import struct
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from tryggmote.exhibits.errors import Refused
from tryggmote.exhibits.scanning import scan
from tryggmote.exhibits.vocabulary import Scan

VIRUS = b"this is what the scanner of the tests calls a virus"


@contextmanager
def a_daemon(path: Path, *answers: bytes) -> Iterator[list[bytes]]:
    """Speaks as clamd does: takes a stream and gives an answer, as many times as there are answers."""
    got: list[bytes] = []
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(path))
    server.listen()

    def serve() -> None:
        for answer in answers:
            line, _address = server.accept()
            with line, line.makefile("rb") as sent:
                assert sent.readline() == b"nINSTREAM\n"
                while size := struct.unpack("!L", sent.read(4))[0]:
                    got.append(sent.read(size))
                line.sendall(answer)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield got
    finally:
        thread.join(5)
        server.close()


def test_without_a_scanner_it_is_said_that_nobody_looked(settings: Settings) -> None:
    settings.EXHIBIT_SCANNER = ""
    assert scan(BytesIO(b"x")) == Scan.NOT_SCANNED
    assert "Ikke sjekket" in Scan.NOT_SCANNED.label


@pytest.fixture
def command(settings: Settings, tmp_path: Path) -> None:
    program = tmp_path / "scanner.py"
    program.write_text(
        f"import sys\nfile = sys.stdin.buffer.read()\n"
        f"sys.exit(1 if {VIRUS!r} in file else 2 if b'broken' in file else 0)\n"
    )
    settings.EXHIBIT_SCANNER = f"command:'{sys.executable}' '{program}'"


@pytest.mark.usefixtures("command")
def test_a_command_gets_the_file_and_says_whether_it_is_clean() -> None:
    file = BytesIO(b"innocent" * 100_000)
    assert scan(file) == Scan.CLEAN
    assert file.tell() == 0
    with pytest.raises(Refused, match="noe skadelig"):
        scan(BytesIO(b"a" * 200_000 + VIRUS))


@pytest.mark.usefixtures("command")
def test_a_scanner_that_fails_lets_nothing_through() -> None:
    with pytest.raises(Refused, match="svarer ikke"):
        scan(BytesIO(b"broken"))


@pytest.mark.parametrize(
    "scanner",
    ["command:/nowhere/scanner -", "clamd:/nowhere/clamd.ctl", "clamd:127.0.0.1:1", "clamd:x:y", "what"],
)
def test_a_scanner_that_is_not_there_lets_nothing_through(settings: Settings, scanner: str) -> None:
    settings.EXHIBIT_SCANNER = scanner
    with pytest.raises(Refused, match="svarer ikke"):
        scan(BytesIO(b"x"))


def test_a_scanner_that_stops_listening_has_seen_enough(settings: Settings) -> None:
    settings.EXHIBIT_SCANNER = f"command:'{sys.executable}' -c 'raise SystemExit(1)'"
    with pytest.raises(Refused, match="noe skadelig"):
        scan(BytesIO(b"a" * 5_000_000))


def test_clamd_gets_the_file_as_a_stream(settings: Settings, tmp_path: Path) -> None:
    where = tmp_path / "clamd.ctl"
    settings.EXHIBIT_SCANNER = f"clamd:{where}"
    with a_daemon(where, b"stream: OK\n") as got:
        assert scan(BytesIO(b"x" * 5000)) == Scan.CLEAN
    assert b"".join(got) == b"x" * 5000


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"stream: Eicar-Test-Signature FOUND\n", "noe skadelig"),
        (b"INSTREAM size limit exceeded. ERROR\n", "svarer ikke"),
        (b"stream: broken ERROR\n", "svarer ikke"),
        (b"", "svarer ikke"),
    ],
)
def test_what_clamd_finds_or_cannot_judge_is_not_stored(
    settings: Settings, tmp_path: Path, answer: bytes, said: str
) -> None:
    where = tmp_path / "clamd.ctl"
    settings.EXHIBIT_SCANNER = f"clamd:{where}"
    with a_daemon(where, answer), pytest.raises(Refused, match=said):
        scan(BytesIO(VIRUS))
