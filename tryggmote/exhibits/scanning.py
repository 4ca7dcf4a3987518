"""Looking for viruses, with the scanner that the organisation has: a command or ClamAV's daemon.

`EXHIBIT_SCANNER`: `clamd:/run/clamav/clamd.ctl`, `clamd:host:3310`, or `command:clamdscan --no-summary -`,
which gets the file on its standard input and answers 0 (clean), 1 (found) or anything else (failed).
"""

import shlex
import subprocess
from typing import BinaryIO, cast

from clamav_client.clamd import ClamdError, ClamdNetworkSocket, ClamdUnixSocket
from django.conf import settings
from django.utils.translation import gettext as _

from tryggmote.exhibits.errors import Refused
from tryggmote.exhibits.vocabulary import Scan

SCANNED_WITHIN_S = 60
_CLAMD_PORT = 3310


class ScannerFailed(Exception):
    """The scanner gave no answer that says whether the file is clean."""


def scan(file: BinaryIO) -> Scan:
    """Have the file scanned; without a scanner nobody has looked, and that is what is said.

    Raises: Refused when something was found, and when the scanner did not answer: what should have been
    scanned and was not is never stored.
    """
    if not settings.EXHIBIT_SCANNER:
        return Scan.NOT_SCANNED
    try:
        found = look(file)
    except ScannerFailed as error:
        raise Refused(
            _("Virussjekken svarer ikke, så filen er ikke lagret. Behold den, og prøv igjen om litt.")
        ) from error
    if found == Scan.FOUND:
        raise Refused(
            _("Virussjekken fant noe skadelig i filen. Den er ikke lagret. Åpne den ikke, og si fra til IT.")
        )
    return found


def look(file: BinaryIO) -> Scan:
    """What the configured scanner says: clean, or that something was found. Raises: ScannerFailed."""
    file.seek(0)
    try:
        return Scan.CLEAN if _ask(settings.EXHIBIT_SCANNER, file) else Scan.FOUND
    except (ClamdError, OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise ScannerFailed(str(error)) from error
    finally:
        file.seek(0)


def _ask(scanner: str, file: BinaryIO) -> bool:
    kind, _colon, where = scanner.partition(":")
    if kind == "clamd":
        return _ask_daemon(where, file)
    if kind == "command":
        return _ask_command(where, file)
    raise ScannerFailed(f"no such kind of scanner: {kind}")


def _ask_daemon(where: str, file: BinaryIO) -> bool:
    answer = _daemon(where).instream(file)
    status, _name = answer.get("stream", ("", None))
    if status not in ("OK", "FOUND"):
        raise ScannerFailed(status)
    return bool(status == "OK")


def _daemon(where: str) -> ClamdNetworkSocket:
    if where.startswith("/"):
        return cast(ClamdNetworkSocket, ClamdUnixSocket(path=where, timeout=SCANNED_WITHIN_S))
    host, _colon, port = where.partition(":")
    return ClamdNetworkSocket(host=host, port=int(port or _CLAMD_PORT), timeout=SCANNED_WITHIN_S)


def _ask_command(command: str, file: BinaryIO) -> bool:
    with subprocess.Popen(
        shlex.split(command), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            _feed(process, file)
            code = process.wait(SCANNED_WITHIN_S)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    if code not in (0, 1):
        raise ScannerFailed(str(code))
    return code == 0


def _feed(process: "subprocess.Popen[bytes]", file: BinaryIO) -> None:
    assert process.stdin is not None
    try:
        while part := file.read(64 * 1024):
            process.stdin.write(part)
        process.stdin.close()
    except BrokenPipeError:
        pass  # it has seen enough; its exit code says what
