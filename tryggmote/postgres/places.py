"""Where the embedded server keeps its things, and as which user it runs."""

import hashlib
import os
import pwd
import re
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tryggmote.postgres.errors import CannotStart

ROOT_HOME = Path("/var/lib/tryggmote")
# The kernel's limit for a socket's address, 103 bytes on macOS (107 on Linux), holds for the whole path.
LONGEST_SOCKET_PATH = 103
SOCKET_NAME = ".s.PGSQL.5432"


@dataclass(frozen=True)
class ServerUser:
    """Somebody other than ourselves to run the server as: PostgreSQL refuses to run as root."""

    uid: int
    gid: int


@dataclass(frozen=True)
class Places:
    """Folders of one embedded server. `user` is None when it runs as ourselves."""

    home: Path
    sockets: Path
    user: ServerUser | None

    @classmethod
    def under(cls, var: Path) -> "Places":
        """The places for the data that belong to `var`; touches nothing.

        An ordinary user has everything in `var`. Root may keep the project where no other user may enter,
        so root's server lives in /var/lib instead of having anybody's folder opened for it.
        """
        digest = hashlib.sha256(os.fsencode(var.absolute())).hexdigest()[:16]
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            home = ROOT_HOME / digest
            return cls(home, home / "run", ServerUser(nobody.pw_uid, nobody.pw_gid))
        home = var.absolute() / "postgres"
        sockets = home / "run"
        if not _fits_a_socket(sockets):
            sockets = Path("/tmp") / f"tryggmote-{os.geteuid()}-{digest}"  # noqa: S108 - private, see below
        return cls(home, sockets, None)

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "server.log"

    def make(self) -> None:
        """Make the folders, each with the narrowest rights that work. Changes nobody else's folder.

        Raises: CannotStart if the folder for the socket was made by somebody else.
        """
        if self.user:
            ROOT_HOME.mkdir(mode=0o755, parents=True, exist_ok=True)
            self.home.mkdir(mode=0o755, exist_ok=True)
            # Whatever the umask: the server's user must get through to its own folders.
            ROOT_HOME.chmod(0o755)
            self.home.chmod(0o755)
        else:
            self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.make_private(self.sockets)

    def make_private(self, folder: Path) -> None:
        """Make `folder` for the server's user alone, and see to it that it is so.

        Root's folder is given to the server's user in a second step. Another process may look between the
        two, or the first may have been killed there: whoever finds it half made makes it whole.

        Raises: CannotStart if it is there already and somebody else's, or open to others.
        """
        uid = self.user.uid if self.user else os.geteuid()
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        found = folder.lstat()
        if (
            not stat.S_ISDIR(found.st_mode)
            or found.st_uid not in {uid, os.geteuid()}
            or stat.S_IMODE(found.st_mode) & 0o077
        ):
            raise CannotStart(f"{folder} is somebody else's or open to others; remove it and start again.")
        if self.user:
            os.chown(folder, self.user.uid, self.user.gid, follow_symlinks=False)


def _fits_a_socket(folder: Path) -> bool:
    # PostgreSQL takes a comma for a list of folders, and other clients may not share our encoding.
    address = os.fspath(folder / SOCKET_NAME)
    return len(address) <= LONGEST_SOCKET_PATH and bool(re.fullmatch(r"[\w./ -]+", address, re.ASCII))
