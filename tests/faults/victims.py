"""Finding and ending the processes of one running site; only those it has started itself."""

from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import psutil
from psycopg import OperationalError

from tests.browser.site import Site
from tests.platform.installation import eventually, kill
from tryggmote.postgres.cluster import connect
from tryggmote.postgres.places import Places
from tryggmote.postgres.settings import DATABASE_NAME

ALIVE_AGAIN_S = 60


def kill_process(var: Path, victim: str) -> None:
    """Kill one outright: `web`, `a web worker`, `alarm`, `worker` or `database`; waits until it is there."""
    process = eventually(lambda: find(var, victim), within_s=ALIVE_AGAIN_S)
    with suppress(ProcessLookupError):
        kill(process.pid)


def cut_listeners(var: Path) -> None:
    """End the database connections on which the alarm program hears of calls; waits until there are some."""

    def cut() -> int:
        with suppress(OperationalError), connect(Places.under(var), database=DATABASE_NAME) as connection:
            return connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() "
                "and datname = current_database() and query ~* 'listen|from assistance_callevent e join'"
            ).rowcount
        return 0

    eventually(cut, within_s=ALIVE_AGAIN_S)


def find(var: Path, victim: str) -> psutil.Process | None:
    """The process, if it runs."""
    supervisor = next((p for p in psutil.process_iter() if _is_supervisor(p, var)), None)
    for child in supervisor.children() if supervisor else []:
        with suppress(psutil.NoSuchProcess):
            words = child.cmdline()
            if victim == "a web worker" and "web" in words and child.children():
                return child.children()[0]
            if victim in words or (victim == "database" and words and words[0].endswith("/postgres")):
                return child
    return None


def answers(site: Site) -> bool:
    """Whether the pages and the alarm program are well."""
    return _is_well(site.port, "/helse/") and _is_well(site.alarm_port, "/health")


def _is_well(port: int, path: str) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _is_supervisor(process: psutil.Process, var: Path) -> bool:
    try:
        is_run = process.cmdline()[-2:] == ["tryggmote", "run"]
        return is_run and process.environ().get("TRYGGMOTE_VAR") == str(var)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False
