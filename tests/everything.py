"""`make test`: the whole suite on the embedded PostgreSQL, then again on PostgreSQL 15 what may differ there.

On PostgreSQL 15 run the tests that ask the database themselves: migrations, policies, views, services,
queries, jobs. Those that draw a page do not, nor what needs no database, nor the slow ones, which try
thousands of inputs. The queries that only pages make are run there by `demo/tests/test_every_page.py`. The
policies are the same there: fewer random worlds are held against them.

Tests run two at a time, faults alone: they break things by the clock. `loadgroup` lets one process run all
that ask for the demo's county, `loadfile` lets those of one file share what they have started. A process has
one site and one browser for all its files.

What cannot be tested on this machine is said in the last lines, and is a failure unless it was chosen:
TRYGGMOTE_NO_BROWSER=1, TRYGGMOTE_NO_POSTGRES_15=1.
"""

import os
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

from tests.machine import get_browser, get_postgres_15
from tests.made_site import being_made

ROOT = Path(__file__).parents[1]
TWO_AT_A_TIME = ["-n", "2", "--dist", "loadgroup"]
TWO_FILES_AT_A_TIME = ["-n", "2", "--dist", "loadfile"]
BESIDE_EACH_OTHER = [*TWO_AT_A_TIME, "-m", "not browser and not faults and not platform"]
MAY_DIFFER = [*TWO_AT_A_TIME, "-m", "database and not browser and not faults and not platform and not slow"]
STARTING = [*TWO_FILES_AT_A_TIME, "-m", "browser or platform"]
STARTING_WITHOUT_BROWSER = [*TWO_FILES_AT_A_TIME, "-m", "platform"]
ALONE = ["-m", "faults"]
WHERE_THOSE_ARE = ["tests/browser", "tests/platform", "tests/faults"]
"""To collect all tests takes each process ten seconds."""
FEWER_WORLDS = {"TRYGGMOTE_WORLDS": "5"}
NOT_THERE = "Not tested: {what}. {how} Or choose to go without: {variable}=1 make test"


def main(arguments: list[str]) -> int:
    """Run it all; 0 when everything passed and nothing was left out without having been chosen."""
    browser, postgres_15 = get_browser(), get_postgres_15()
    told = []
    environment = dict(os.environ)
    if browser:
        environment["CHROMIUM"] = browser
    else:
        told.append(_left_out("the pages in a real browser", "Install Chromium.", "TRYGGMOTE_NO_BROWSER"))
    with nullcontext(dict) if arguments else being_made() as made_site:
        failed = _pytest([*BESIDE_EACH_OTHER, *arguments], environment)
        starting, chosen = environment | made_site(), arguments or WHERE_THOSE_ARE
        failed |= _pytest([*(STARTING if browser else STARTING_WITHOUT_BROWSER), *chosen], starting)
        failed |= _pytest([*ALONE, *chosen], starting)
    if postgres_15:
        environment |= FEWER_WORLDS | {
            "POSTGRES_BIN": str(postgres_15),
            "TRYGGMOTE_VAR": str(ROOT / "var" / "postgresql-15"),
        }
        failed |= _pytest([*MAY_DIFFER, *arguments], environment)
    else:
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
    server = environment.get("POSTGRES_BIN", "the embedded PostgreSQL")
    print(f"== Tests on {server}: {' '.join(arguments)}", flush=True)
    done = subprocess.run([sys.executable, "-m", "pytest", *arguments], env=environment, check=False)
    return done.returncode not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)


def _left_out(what: str, how: str, variable: str) -> tuple[str, bool]:
    return NOT_THERE.format(what=what, how=how, variable=variable), os.environ.get(variable) == "1"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
