"""The clock that one running site sees, in all its processes and in PostgreSQL: it can be set (`clock.c`)."""

import shlex
import shutil
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tryggmote.postgres.binaries import bin_dir

COMPILER = shutil.which("cc")
_SOURCE = Path(__file__).with_name("clock.c")


@dataclass
class Clock:
    """`environment`: of the site whose clock it is."""

    offset: Path
    environment: dict[str, str]

    def set_off_by(self, seconds: int) -> None:
        """From now on it differs so much from the real one."""
        with self.offset.open("r+b") as file:
            file.write(struct.pack("@l", seconds))


@contextmanager
def own_clock() -> Iterator[Clock]:
    """A clock that is right until it is set. PostgreSQL is started without our environment: it is wrapped."""
    assert COMPILER, "There is no C compiler on this machine (apt-get install gcc libc6-dev)."
    with TemporaryDirectory(prefix="tryggmote-clock-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # another user runs PostgreSQL
        library, offset = folder / "clock.so", folder / "offset"
        subprocess.run([COMPILER, "-O2", "-shared", "-fPIC", "-o", library, _SOURCE], check=True)
        offset.write_bytes(struct.pack("@l", 0))
        offset.chmod(0o644)
        shifted = {"LD_PRELOAD": str(library), "CLOCK_OFFSET_FILE": str(offset)}
        yield Clock(offset, {**shifted, "POSTGRES_BIN": str(_wrapped(folder, shifted))})


def _wrapped(folder: Path, environment: dict[str, str]) -> Path:
    """The programs of PostgreSQL, the server among them with the clock."""
    real, binaries = bin_dir(), folder / "bin"
    binaries.mkdir(mode=0o755)
    for program in real.iterdir():
        (binaries / program.name).symlink_to(program)
    server = binaries / "postgres"
    server.unlink()
    exports = "\n".join(f"export {name}={shlex.quote(value)}" for name, value in environment.items())
    command = f'exec {shlex.quote(str(real / "postgres"))} "$@"'
    server.write_text(f"#!/bin/sh\n{exports}\n{command}\n")
    server.chmod(0o755)
    return binaries
