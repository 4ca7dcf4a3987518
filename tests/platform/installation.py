"""A copy of the program somewhere, used by somebody: what the stories about starting and stopping act on."""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

import tryggmote
from tryggmote.postgres.places import ROOT_HOME, Places

PROJECT = Path(tryggmote.__file__).parents[1]
SITE_PACKAGES = Path(psutil.__file__).parents[1]
FOLDER_NAME = "Tryggmøte på prøve æøå"


@dataclass
class Installation:
    """The project in a folder of its own, started by one user."""

    folder: Path
    python: Path
    site_packages: Path
    user: pwd.struct_passwd | None = None
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def var(self) -> Path:
        return self.folder / "var"

    @property
    def data(self) -> Path:
        if self.user or os.geteuid():
            return self.var / "postgres" / "data"
        return Places.under(self.var).data

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        """Start Python with these arguments, as this installation's user."""
        plain = {"PATH": os.environ["PATH"], "HOME": str(self.folder.parent), "LANG": "C.UTF-8"}
        paths = {
            "PYTHONPATH": f"{self.folder}{os.pathsep}{self.site_packages}",
            # Borrowed libraries come without compiled files; each of five programs would compile them all.
            "PYTHONPYCACHEPREFIX": str(self.folder.parent / "compiled"),
            # A borrowed Python may have a library of its own, which it looks for where it was built.
            "LD_LIBRARY_PATH": str(self.python.parent.parent / "lib"),
        }
        who: dict[str, Any] = {}
        if self.user:
            who = {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}
        process = subprocess.Popen(
            [self.python, *arguments],
            cwd=self.folder,
            env=plain | paths | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            start_new_session=True,
            **who,
        )
        self.started.append(process)
        return process

    def processes(self) -> list[psutil.Process]:
        """Everything that runs for this installation, found by the folders it works in."""
        return [process for process in psutil.process_iter() if self._is_ours(process)]

    def _is_ours(self, process: psutil.Process) -> bool:
        marks = (str(self.folder), str(self.data))
        try:
            if process.status() == psutil.STATUS_ZOMBIE:
                return False
            said = [*process.cmdline(), *process.environ().values(), process.cwd()]
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            return False
        return any(mark in word for mark in marks for word in said)

    def remove(self) -> None:
        """End whatever is left and take the data away."""
        for process in self.processes():
            with suppress(psutil.NoSuchProcess):  # gone by itself meanwhile
                process.kill()
        for started in self.started:
            started.wait()
            for stream in (started.stdin, started.stdout):
                if stream:
                    stream.close()
        home = self.data.parent
        if home.parent == ROOT_HOME:
            shutil.rmtree(home, ignore_errors=True)


@contextmanager
def installation_of_ourselves(folder: Path) -> Iterator[Installation]:
    """The project in a folder only we may enter, used by ourselves (root in a container)."""
    folder.chmod(0o700)
    installation = Installation(_copy_project(folder), Path(sys.executable), SITE_PACKAGES)
    try:
        yield installation
    finally:
        installation.remove()


@contextmanager
def installation_of_an_ordinary_user(folder: Path) -> Iterator[Installation]:
    """The project in the home of somebody who is not root, which no other user may enter. Needs root."""
    user = pwd.getpwnam("nobody")
    home = folder / "hjem"
    home.mkdir()
    base = Path(sys.base_prefix)
    runtime = base if _everybody_may_read(Path(sys.executable).resolve()) else _borrow(base, home / "python")
    packages = SITE_PACKAGES
    if not _everybody_may_read(packages / "psycopg" / "__init__.py"):
        packages = _borrow(packages, home / "packages")
    installation = Installation(_copy_project(home), runtime / "bin" / _python_name(), packages, user)
    for path in (home, *installation.folder.rglob("*"), installation.folder):
        os.chown(path, user.pw_uid, user.pw_gid)
    home.chmod(0o700)
    # This user must get to the home, and nobody else into it.
    folder.chmod(0o711)
    try:
        yield installation
    finally:
        installation.remove()


def _python_name() -> str:
    return f"python{sys.version_info.major}.{sys.version_info.minor}"


def _copy_project(folder: Path) -> Path:
    copy = folder / FOLDER_NAME
    ignored = shutil.ignore_patterns("__pycache__", "tests")
    shutil.copytree(PROJECT / "tryggmote", copy / "tryggmote", ignore=ignored)
    return copy


def _borrow(source: Path, target: Path) -> Path:
    """The same files once more without copying them, in a folder others may read."""
    ignored = shutil.ignore_patterns("__pycache__", "test", "tests")
    shutil.copytree(source, target, copy_function=_link_or_copy, symlinks=True, ignore=ignored)
    return target


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _everybody_may_read(path: Path) -> bool:
    others = [
        path.stat().st_mode & stat.S_IROTH,
        *(parent.stat().st_mode & stat.S_IXOTH for parent in path.parents),
    ]
    return all(others)


def eventually(condition: Callable[[], Any], *, within_s: float = 120) -> Any:
    """What `condition` returns as soon as that is true; fails after `within_s`."""
    deadline = time.monotonic() + within_s
    while not (result := condition()):
        assert time.monotonic() < deadline, f"not within {within_s} s: {condition.__name__}"
        time.sleep(0.05)
    return result


def kill(pid: int) -> None:
    """Kill a process outright, as a power cut or the kernel's memory killer would."""
    os.kill(pid, signal.SIGKILL)
