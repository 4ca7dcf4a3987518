"""Running PostgreSQL's programs as the user they may run as."""

import os
import subprocess
from pathlib import Path
from typing import Any

from tryggmote.postgres.places import Places


def run(program: Path, *arguments: object, places: Places) -> subprocess.CompletedProcess[str]:
    """Run one of PostgreSQL's programs to its end; the caller looks at `returncode` and `stderr`."""
    command = [str(program), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, **circumstances(places))


def circumstances(places: Places) -> dict[str, Any]:
    """User, folder and environment of a program, as arguments for `subprocess`."""
    # Nothing of our environment: PGDATA, PGOPTIONS and their kind would change the server.
    settings: dict[str, Any] = {"env": {"PATH": os.defpath, "LC_ALL": "C"}, "cwd": places.home}
    if user := places.user:
        settings |= {"user": user.uid, "group": user.gid, "extra_groups": []}
    return settings
