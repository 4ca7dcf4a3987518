"""How long people wait for the pages they use most, on the demo and on a whole nation, beside two floors.

One client, real server, real database, requests interleaved so that a noisy neighbour disturbs all alike.
"""

import os
import re
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPMessage
from pathlib import Path

from django.contrib.sessions.backends.db import SessionStore
from django.utils.crypto import get_random_string
from django.utils.timezone import localdate

from bench import databases, floors, nation
from bench.client import Client, percentile
from tryggmote.access.ids import new_id
from tryggmote.encounters import question_sets
from tryggmote.postgres.places import Places

ROUNDS = int(os.environ.get("BENCH_ROUNDS") or 200)
WARM_UP = 15
BREAKDOWNS = 30
START_TIMEOUT_S = 30
ROOT = Path(__file__).parents[1]
CHECK = "/sjekk/ny/planned/"

# Who opens the pages: by external id in the demo and in the nation, where they stand in the same places.
PEOPLE = {
    "counsellor": ("demo:fjordvik-mottak-stat-1", "N3001"),
    "leader": ("demo:fjordvik-mottak-leder", "N301"),
    "representative": ("demo:fjordvik-arbeid-stat-1", "N1801"),
    "checker": ("demo:fjordvik-arbeid-stat-8", "N3601"),
}
LATEST_INCIDENT = "the latest incident one sees"
PAGES = {
    "Today": ("counsellor", "/i-dag/"),
    "Now, a counsellor": ("counsellor", "/"),
    "Now, a leader": ("leader", "/"),
    "Incidents, a leader": ("leader", "/hendelser/"),
    "Incidents, a safety representative": ("representative", "/hendelser/"),
    "An incident, a leader": ("leader", LATEST_INCIDENT),
    "The handbook, a counsellor": ("counsellor", "/handbok/"),
    "Figures about incidents, a leader": ("leader", "/hendelser/tall/"),
    "Equipment, a counsellor": ("counsellor", "/utstyr/"),
    "A round of tests, a counsellor": ("counsellor", "/utstyr/runde/"),
    "The year's plan of tests, a leader": ("leader", "/utstyr/plan/"),
}
POST = "The check's post"
POST_WITH_ROOM = "The check's post, naming a room"
RESULT = "The result of that check, with advice on rooms"
FLOORS = {"A static answer": floors.STATIC, "SELECT 1": floors.SELECT_1}
WITHIN = "SELECT 1 by a signed-in person"
Timings = dict[str, list[float]]


@dataclass
class Site:
    """A running server on one database, with a browser for each of the people."""

    port: int
    clients: dict[str, Client]
    answers: dict[str, str]
    room: str
    latest_incident: str
    timings: Timings = field(default_factory=lambda: defaultdict(list))
    breakdowns: dict[str, list[dict[str, int]]] = field(default_factory=lambda: defaultdict(list))

    def measure(self, *, keep: bool) -> None:
        """Each page and the check's post once."""
        for name, (who, path) in {**PAGES, WITHIN: ("counsellor", floors.SELECT_1_WITHIN)}.items():
            took, _, _ = self.clients[who].get(self._address(path))
            if keep:
                self.timings[name].append(took)
        checker = self.clients["checker"]
        took, _ = checker.post(CHECK, self.new_check())
        in_room, headers = checker.post(CHECK, self.new_check() | {"room": self.room})
        advised, _, _ = checker.get(headers["Location"])
        if keep:
            self.timings[POST].append(took)
            self.timings[POST_WITH_ROOM].append(in_room)
            self.timings[RESULT].append(advised)

    def measure_floors(self, *, keep: bool) -> None:
        for name, path in FLOORS.items():
            took, _, _ = self.clients["counsellor"].get(path)
            if keep:
                self.timings[name].append(took)

    def take_apart(self) -> None:
        """Ask once for where the time of each page goes."""
        ask = {"X-Stopwatch": "1"}
        for name, (who, path) in PAGES.items():
            _, headers, _ = self.clients[who].get(self._address(path), ask)
            self.breakdowns[name].append(_parts(headers))
        _, headers = self.clients["checker"].post(CHECK, self.new_check(), ask)
        self.breakdowns[POST].append(_parts(headers))

    def _address(self, path: str) -> str:
        return self.latest_incident if path == LATEST_INCIDENT else path

    def new_check(self) -> dict[str, str]:
        return {"id": str(new_id()), "place": "Møterom 2", **self.answers}


def main() -> None:
    """Measure, and print what `docs/performance.md` shows."""
    with databases.server() as places, ExitStack() as stack:
        make_demo(places)
        nation.make(places, localdate())
        sites = {
            name: stack.enter_context(site_on(places, database, number))
            for number, (name, database) in enumerate(
                {"demo": databases.DEMO, "nation": databases.NATION}.items()
            )
        }
        for round_number in range(-WARM_UP, ROUNDS):
            sites["demo"].measure_floors(keep=round_number >= 0)
            for site in sites.values():
                site.measure(keep=round_number >= 0)
        for _ in range(BREAKDOWNS):
            for site in sites.values():
                site.take_apart()
    _print_latencies(sites["demo"], sites["nation"])
    _print_parts(sites)


def make_demo(places: Places) -> None:
    """The demo as it is today; made anew for each run, so that runs can be compared."""
    databases.remake(places, databases.DEMO)
    databases.run(places, databases.DEMO, "demo")
    with databases.as_owner(places, databases.DEMO) as connection:
        connection.execute("vacuum analyze")


@contextmanager
def site_on(places: Places, database: str, number: int) -> Iterator[Site]:
    port = databases.free_port()
    environment = databases.environment(places, database) | {
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "PORT": str(port),
        "WEB_WORKERS": "1",
    }
    process = subprocess.Popen([sys.executable, "-m", "tryggmote", "web"], env=environment, cwd=ROOT)
    try:
        _wait_for(port, process)
        yield _signed_in(places, database, port, number)
    finally:
        process.terminate()
        process.wait()
        _remove_checks(places, database, number)


def _signed_in(places: Places, database: str, port: int, number: int) -> Site:
    clients = {}
    with databases.as_owner(places, database) as connection:
        for who, external_ids in PEOPLE.items():
            row = connection.execute(
                "select id from organisation_person where external_id = %s", [external_ids[number]]
            ).fetchone()
            assert row, f"{external_ids[number]} is not in {database}"
            key = get_random_string(32)
            connection.execute(
                "insert into django_session (session_key, session_data, expire_date) values (%s, %s, %s)",
                [key, SessionStore().encode({"person_id": row[0]}), datetime.now(UTC) + timedelta(hours=2)],
            )
            clients[who] = Client(port, key)
    page = clients["checker"].fetch_form(CHECK)
    room = re.search(r'name="room".*?value="([0-9a-f-]{36})"', page, re.DOTALL)
    assert room, f"the one who checks has no room to choose in {database}"
    asked = question_sets.current().questions_for("planned")
    answers = {f"q_{q.code}": next(a.code for a in q.answers if a.risk == (0, 1)) for q in asked}
    _, _, listed = clients["leader"].get("/hendelser/")
    latest = re.search(r"/hendelser/[0-9a-f-]{36}/", listed)
    assert latest, f"the leader sees no incident in {database}"
    return Site(port, clients, answers, room.group(1), latest.group())


def _remove_checks(places: Places, database: str, number: int) -> None:
    """What the posts wrote, so that the nation can be used again as it was made."""
    with databases.as_owner(places, database) as connection:
        connection.execute(
            "delete from encounters_check where place = 'Møterom 2' and meeting_id is null and employee_id = "
            "(select id from organisation_person where external_id = %s)",
            [PEOPLE["checker"][number]],
        )


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server did not start"
        try:
            Client(port, "").get(floors.SELECT_1)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not answer in time")


def _parts(headers: HTTPMessage) -> dict[str, int]:
    return {name: int(us) for name, us in re.findall(r"(\w+);dur=(\d+)", headers["Server-Timing"])}


def _print_latencies(demo: Site, nation_site: Site) -> None:
    floor = demo.timings["SELECT 1"]
    print(f"\n{ROUNDS} rounds, one client; milliseconds\n")
    print("| | demo p50 | p95 | p50 / SELECT 1 | p95 / SELECT 1 | nation p50 | p95 | nation / demo, p50 |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for name in (*FLOORS, WITHIN, POST, POST_WITH_ROOM, RESULT, *PAGES):
        here, there = demo.timings[name], nation_site.timings[name]
        cells = [f"{1000 * percentile(here, share):.2f}" for share in (0.5, 0.95)]
        cells += [f"{percentile(here, share) / percentile(floor, share):.1f}" for share in (0.5, 0.95)]
        if there:
            cells += [f"{1000 * percentile(there, share):.2f}" for share in (0.5, 0.95)]
            cells.append(f"{percentile(there, 0.5) / percentile(here, 0.5):.2f}")
        else:
            cells += ["", "", ""]
        print(f"| {name} | {' | '.join(cells)} |")


def _print_parts(sites: dict[str, Site]) -> None:
    print("\nWhere the time goes inside the server; medians in milliseconds\n")
    print(
        "| | whole | session | who asks (login) | SQL (queries) | template without SQL | commit | the rest |"
    )
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for name in (POST, *PAGES):
        for where, site in sites.items():
            found = site.breakdowns[name]
            part = {
                key: statistics.median(f.get(key, 0) for f in found) for key in {k for f in found for k in f}
            }
            template = part.get("template", 0) - part.get("sql_in_template", 0)
            known = [
                part.get("session", 0),
                part.get("login", 0),
                part.get("sql", 0),
                template,
                part.get("commit", 0),
            ]
            texts = [f"{us / 1000:.2f}" for us in (part["total"], *known, part["total"] - sum(known))]
            texts[3] += f" ({part.get('sql_n', 0):.0f})"
            print(f"| {name}, {where} | {' | '.join(texts)} |")
