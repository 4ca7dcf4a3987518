"""A site whose tables are made and whose county is loaded: tests that start a site begin with a copy of it.

To make it takes fifty seconds of CPU, to copy it one. `tests/everything.py` has one made for its own run, so
it is never out of date; tests run by themselves make everything anew. That a first start does so is proved in
`tests/platform`, where nothing is copied.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.platform.installation import eventually
from tryggmote.postgres.places import Places

ROOT = Path(__file__).parents[1]
VARIABLE = "TRYGGMOTE_MADE_SITE"


@contextmanager
def being_made() -> Iterator[Callable[[], dict[str, str]]]:
    """Make one beside what happens in the block.

    Yields a function that waits for it, and returns what the environment of tests needs to copy it. That is
    nothing when it could not be made: then the tests' own sites tell why.
    """
    with TemporaryDirectory(prefix="tryggmote-site-") as folder:
        making = subprocess.Popen(
            [sys.executable, "-m", __name__, folder], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            yield lambda: {} if making.wait() else {VARIABLE: folder}
        finally:
            making.wait()
            # Root's database does not lie in the folder (see ADR 0001).
            shutil.rmtree(Places.under(Path(folder)).home, ignore_errors=True)


def copied_to(var: Path) -> bool:
    """Begin the site in `var` with a copy; False when none was made."""
    if VARIABLE not in os.environ:
        return False
    made = Path(os.environ[VARIABLE])
    shutil.copytree(made, var, dirs_exist_ok=True, ignore=shutil.ignore_patterns("postgres"))
    places = Places.under(var)
    places.make()
    # Everything stays its owner's: PostgreSQL runs as another user than root.
    subprocess.run(["cp", "-a", Places.under(made).data, places.data], check=True)
    return True


def make(var: Path) -> None:
    """Make it in `var`; when this returns its server has stopped."""
    environment = os.environ | {"DEMO": "1", "TRYGGMOTE_VAR": str(var)}
    for command in ("assets", "prepare"):
        subprocess.run([sys.executable, "-m", "tryggmote", command], cwd=ROOT, env=environment, check=True)
    eventually(lambda: not (Places.under(var).data / "postmaster.pid").exists(), within_s=60)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
