"""`make test`: each test once, on the embedded PostgreSQL or on PostgreSQL 15, the oldest we promise.

On PostgreSQL 15 run the tests that ask the database themselves: policies, views, services, queries, jobs.
What a newer one takes and that one does not is found there. On the embedded one, the newest, run all that
draw a page, in the browser or not, the slow ones, which try thousands of inputs, and what starts and stops
the real thing: they ask the same services and queries from the other end. The pages' own queries are asked
on PostgreSQL 15 too by `demo/tests/test_every_page.py`. Migrations run on both, and so does who sees what
(with fewer random worlds on 15), since the two treat roles differently. Without PostgreSQL 15 everything
runs on the embedded one. See ADR 0065.

Tests run one for each core, faults alone: they break things by the clock and mostly wait. Beside them and the
browser's run, in what time they leave, those on PostgreSQL 15. `loadgroup` lets one process run all
that ask for the demo's county, `loadfile` lets those of one file share what they have started. A process has
one site and one browser for all its files.

What cannot be tested on this machine is said in the last lines, and is a failure unless it was chosen:
TRYGGMOTE_NO_BROWSER=1, TRYGGMOTE_NO_POSTGRES_15=1.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryFile

import pytest

from tests.machine import get_browser, get_headless_shell, get_postgres_15
from tests.made_site import being_made

ROOT = Path(__file__).parents[1]
CORES = min(max(os.cpu_count() or 2, 2), 4)  # each process has a server, a database and perhaps a browser
ONE_A_CORE = ["-n", str(CORES), "--dist", "loadgroup"]
ONE_FILE_A_CORE = ["-n", str(CORES), "--dist", "loadfile"]
STANDING_ALONE = "not browser and not faults and not platform"
EVERYTHING = [*ONE_A_CORE, "-m", STANDING_ALONE]
WITH_PAGES = [*ONE_A_CORE, "-m", f"{STANDING_ALONE} and (not database or slow or visibility)"]
WITHOUT_PAGES = [*ONE_A_CORE, "-m", f"{STANDING_ALONE} and database and not slow"]
STARTING = [*ONE_FILE_A_CORE, "-m", "browser or platform"]
STARTING_WITHOUT_BROWSER = [*ONE_FILE_A_CORE, "-m", "platform"]
ALONE = ["-m", "faults"]
WHERE_THOSE_ARE = ["tests/browser", "tests/platform", "tests/faults"]
"""To collect all tests takes each process ten seconds."""
FEWER_WORLDS = {"TRYGGMOTE_WORLDS": "5"}
BEHIND_THE_OTHERS = 15
"""Niceness."""
NOT_THERE = "Not tested: {what}. {how} Or choose to go without: {variable}=1 make test"


def main(arguments: list[str]) -> int:
    """Run it all; 0 when everything passed and nothing was left out without having been chosen."""
    browser, postgres_15 = get_browser(), get_postgres_15()
    told = []
    # Each of our programs reads two thousand files of source, and tests start hundreds of programs.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    if browser:
        get_headless_shell()
    else:
        told.append(_left_out("the pages in a real browser", "Install Chromium.", "TRYGGMOTE_NO_BROWSER"))
    with nullcontext(dict) if arguments else being_made() as made_site:
        failed = _pytest([*(WITH_PAGES if postgres_15 else EVERYTHING), *arguments], environment)
        starting, chosen = environment | made_site(), arguments or WHERE_THOSE_ARE
        asking = [*WITHOUT_PAGES, *arguments]
        on_15 = _beside(asking, _with(postgres_15, environment)) if postgres_15 else None
        with on_15 or nullcontext(bool) as has_failed:
            failed |= _pytest([*(STARTING if browser else STARTING_WITHOUT_BROWSER), *chosen], starting)
            failed |= _pytest([*ALONE, *chosen], starting)
        failed |= has_failed()
    if not postgres_15:
        told.append(
            _left_out("PostgreSQL 15", "Install its programs in /usr/lib.", "TRYGGMOTE_NO_POSTGRES_15")
        )
    print(*(line for line, _ in told), sep="\n")
    unchosen = any(not chosen for _, chosen in told)
    if failed or unchosen:
        print(
            "make test FAILED" if failed else "make test FAILED: not everything could be tested (see above)"
        )
    return int(failed or unchosen)


def _pytest(arguments: list[str], environment: dict[str, str]) -> bool:
    """True when something failed. That nothing fits is none: TESTS may name a part."""
    print(_heading(arguments, environment), flush=True)
    return _is_failure(subprocess.run(_command(arguments), env=environment, check=False).returncode)


@contextmanager
def _beside(arguments: list[str], environment: dict[str, str]) -> Iterator[Callable[[], bool]]:
    """Run them beside what is done in the block, which goes before them.

    What they print comes after it. Yields what says, after the block, whether something failed.
    """
    with TemporaryFile() as printed:
        command = ["nice", "-n", str(BEHIND_THE_OTHERS), *_command(arguments)]
        running = subprocess.Popen(command, env=environment, stdout=printed, stderr=printed)
        try:
            yield lambda: _is_failure(running.returncode)
        finally:
            running.wait()
            printed.seek(0)
            print(
                _heading(arguments, environment),
                printed.read().decode(errors="replace"),
                sep="\n",
                flush=True,
            )


def _with(programs: Path, environment: dict[str, str]) -> dict[str, str]:
    var = ROOT / "var" / "postgresql-15"
    return environment | FEWER_WORLDS | {"POSTGRES_BIN": str(programs), "TRYGGMOTE_VAR": str(var)}


def _heading(arguments: list[str], environment: dict[str, str]) -> str:
    server = environment.get("POSTGRES_BIN", "the embedded PostgreSQL")
    return f"== Tests on {server}: {' '.join(arguments)}"


def _command(arguments: list[str]) -> list[str]:
    return [sys.executable, "-m", "pytest", *arguments]


def _is_failure(code: int) -> bool:
    return code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)


def _left_out(what: str, how: str, variable: str) -> tuple[str, bool]:
    return NOT_THERE.format(what=what, how=how, variable=variable), os.environ.get(variable) == "1"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
