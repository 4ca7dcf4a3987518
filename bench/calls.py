"""From a call for help to the screens: 50 in the unit while 5,000 others are open, then all 5,000 (3.2, 3.3).

The alarm program and a broker that keeps nothing are given the same clients and the same messages, by turns,
first alone and then while pages are fetched at full speed.
"""

import asyncio
import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from uuid import uuid4

import psutil
import psycopg
import uvloop

from bench import broker, crowd, databases
from bench.client import percentile
from bench.crowd import Crowd, Office
from bench.screens import Caller, Screen, Watch, come_back, open_screens, stream
from tests.machine import get_mosquitto
from tryggmote.postgres.places import Places

UNIT_ROUNDS = int(os.environ.get("BENCH_ROUNDS") or 100)
ALL_ROUNDS = max(1, UNIT_ROUNDS // 5)
WARM_UP = 3
START_TIMEOUT_S = 30
ROOT = Path(__file__).parents[1]
COMMIT = "from the commit"
STAMP = "from the step's own time, before the disk"
SENT = "from before it was sent"
BROKER = "the broker, from before it was sent"


@dataclass
class Round:
    """A call, and when what happened; seconds on the machine's one clock that only goes forward."""

    call: str
    number: int
    sent: float
    answered: float
    arrivals: list[float]
    committed: float = 0
    stamped: float = 0


@dataclass
class Timings:
    """Milliseconds from a beginning to each screen, and to the last screen of each round."""

    each: list[float] = field(default_factory=list)
    last: list[float] = field(default_factory=list)

    def add(self, began: float, arrivals: list[float]) -> None:
        self.each += [1000 * (at - began) for at in arrivals]
        self.last.append(1000 * (max(arrivals) - began))


@dataclass
class Group:
    """The screens of one office, on the alarm program and on the broker, and who calls there."""

    office: Office
    caller: Caller
    watch: Watch = field(default_factory=Watch)
    broker_watch: Watch = field(default_factory=Watch)

    def streams(self) -> list[Screen]:
        return [stream(self.watch, key) for key in self.office.screens]

    def subscribers(self) -> list[Screen]:
        topic = self.office.name
        return [broker.subscriber(self.broker_watch, f"{topic}-{n}", topic) for n in range(self.size)]

    @property
    def size(self) -> int:
        return len(self.office.screens)


def main() -> None:
    """Measure, and print what `docs/performance.md` shows."""
    allow_many_connections()
    with databases.server() as places:
        people = crowd.make(places)
        with ExitStack() as stack:
            ports = {name: databases.free_port() for name in ("web", "alarm", "broker")}
            alarm = stack.enter_context(program(places, "alarm", ports))
            stack.enter_context(program(places, "web", ports))
            mosquitto = get_mosquitto()
            reference = stack.enter_context(broker.running(mosquitto, ports["broker"])) if mosquitto else None
            if reference is None:
                print("There is no mosquitto on this machine: the reference is left out.")
            database = stack.enter_context(databases.as_owner(places, crowd.CROWD))
            uvloop.run(Bench(people, places, ports, database, alarm, reference).run())


def allow_many_connections() -> None:
    """As many open connections as this machine lets us have; the programs we start inherit it."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


class Bench:
    """One run."""

    def __init__(
        self,
        people: Crowd,
        places: Places,
        ports: dict[str, int],
        database: psycopg.Connection[tuple[object, ...]],
        alarm: subprocess.Popen[bytes],
        reference: subprocess.Popen[bytes] | None,
    ) -> None:
        self._people = people
        self._ports = ports
        self._database = database
        self._places = places
        self._alarm = alarm
        self._reference = reference

    async def run(self) -> None:
        small, large = [
            Group(office, Caller(self._ports["alarm"], office.caller))
            for office in (self._people.small, self._people.large)
        ]
        await self._open(small, large)
        for title, reader in (("without page load", None), ("with page load", self._people.reader)):
            with page_load(self._ports["web"], reader):
                for group, rounds in ((small, UNIT_ROUNDS), (large, ALL_ROUNDS)):
                    print_timings(f"{group.size} screens, {title}", await self._measure(group, rounds))
        await self._come_back(
            [(group.watch, key) for group in (small, large) for key in group.office.screens]
        )

    async def _come_back(self, pages: list[tuple[Watch, str]]) -> None:
        """The alarm program is killed and started again, and everybody comes back at once."""
        self._alarm.kill()
        self._alarm.wait()
        began = time.perf_counter()
        took: list[float] = []

        async def back(watch: Watch, key: str) -> int:
            attempts = await come_back(self._ports["alarm"], lambda: stream(watch, key))
            took.append(time.perf_counter() - began)
            return attempts

        with ExitStack() as stack:
            started = asyncio.to_thread(stack.enter_context, program(self._places, "alarm", self._ports))
            attempts, _ = await asyncio.gather(asyncio.gather(*(back(*page) for page in pages)), started)
            print(
                f"\nThe alarm program was killed: {len(took)} screens were back after "
                f"{percentile(took, 0.5):.1f} s (median) and {max(took):.1f} s (last), "
                f"in {sum(attempts) / len(took):.1f} attempts each"
            )

    async def _open(self, small: Group, large: Group) -> None:
        screens = small.streams() + large.streams()
        await self._open_counted("alarm", self._alarm, screens)
        if self._reference:
            await self._open_counted("broker", self._reference, small.subscribers() + large.subscribers())
            _, self._publisher = await asyncio.open_connection("127.0.0.1", self._ports["broker"])
            self._publisher.write(broker.connect("publisher"))

    async def _open_counted(self, name: str, process: subprocess.Popen[bytes], screens: list[Screen]) -> None:
        memory, began = psutil.Process(process.pid).memory_info, time.perf_counter()
        before = memory().rss
        await open_screens(self._ports[name], screens)
        took, more = time.perf_counter() - began, memory().rss - before
        print(f"{name}: {len(screens)} connections in {took:.1f} s, {more / len(screens) / 1000:.2f} kB each")

    async def _measure(self, group: Group, rounds: int) -> dict[str, Timings]:
        """The alarm program and the broker by turns."""
        taken: list[Round] = []
        timings = {COMMIT: Timings(), STAMP: Timings(), SENT: Timings(), BROKER: Timings()}
        await group.caller.connect()
        with commits(databases.environment(self._places, crowd.CROWD)) as committed:
            for number in range(-WARM_UP, rounds):
                one, message = await self._call(group)
                sent, arrivals = await self._publish(group, message)
                if number >= 0:
                    taken.append(one)
                    timings[BROKER].add(sent, arrivals)
        for one in self._stamped(taken):
            # The answer may have been here before the other listener was told.
            timings[COMMIT].add(min(committed[str(one.number)], one.answered), one.arrivals)
            timings[STAMP].add(one.stamped, one.arrivals)
            timings[SENT].add(one.sent, one.arrivals)
        return timings

    async def _call(self, group: Group) -> tuple[Round, bytes]:
        call = str(uuid4())
        await _a_moment()
        group.watch.expect(call.encode(), group.size)
        sent = time.perf_counter()
        message = await group.caller.post("raise", id=call, place="Samtalerom 3", kind="threat")
        answered = time.perf_counter()
        arrivals = await group.watch.all_arrivals()
        await _a_moment()
        group.watch.expect(call.encode(), group.size)
        await group.caller.post("end", call=call)
        await group.watch.all_arrivals()
        return Round(call, json.loads(message)["number"], sent, answered, arrivals), message

    async def _publish(self, group: Group, message: bytes) -> tuple[float, list[float]]:
        if not self._reference:
            return 0, [0]
        await _a_moment()
        group.broker_watch.expect(json.loads(message)["id"].encode(), group.size)
        sent = time.perf_counter()
        self._publisher.write(broker.publish(group.office.name, message))
        return sent, await group.broker_watch.all_arrivals()

    def _stamped(self, taken: list[Round]) -> list[Round]:
        """With the time of day that the database gave each first step, on our clock."""
        statement = (
            "select number, extract(epoch from at)::float from assistance_callevent where number = any (%s)"
        )
        ahead = time.time() - time.perf_counter()
        stamps = dict(self._database.execute(statement, [[one.number for one in taken]]).fetchall())
        for one in taken:
            one.stamped = float(str(stamps[one.number])) - ahead
        return taken


async def _a_moment() -> None:
    """A pause of no fixed length, so that rounds do not keep step with heartbeats."""
    await asyncio.sleep(random.uniform(0.02, 0.08))


@contextmanager
def commits(environment: dict[str, str]) -> Iterator[dict[str, float]]:
    """Filled, when the block ends, with the moment at which another listener heard of each step."""
    found: dict[str, float] = {}
    with beside(["bench.commits"], environment) as said:
        yield found
    found |= json.loads(said[0])


@contextmanager
def page_load(port: int, reader: str | None) -> Iterator[None]:
    """Pages are fetched by this person for the length of the block; nothing happens without one."""
    if reader is None:
        yield
        return
    began = time.perf_counter()
    with beside(["bench.page_load", str(port), reader], dict(os.environ)) as said:
        yield
    fetched, hung_up = (int(number) / (time.perf_counter() - began) for number in said[0].split())
    print(f"\nPage load meanwhile: {fetched:.0f} pages a second fetched, {hung_up:.0f} hung up early.")


@contextmanager
def beside(module: list[str], environment: dict[str, str]) -> Iterator[list[str]]:
    """A module runs until the block ends; then the list holds what it said after its first line, "ready"."""
    said: list[str] = []
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    command = [sys.executable, "-m", *module]
    with subprocess.Popen(command, env=environment, cwd=ROOT, text=True, **pipes) as process:
        assert process.stdout
        process.stdout.readline()
        try:
            yield said
        finally:
            said.append(process.communicate()[0])


@contextmanager
def program(places: Places, name: str, ports: dict[str, int]) -> Iterator[subprocess.Popen[bytes]]:
    """One of the product's programs on the crowd's database, for the length of the block."""
    environment = databases.environment(places, crowd.CROWD) | {
        "PORT": str(ports["web"]),
        "ALARM_PORT": str(ports["alarm"]),
    }
    process = subprocess.Popen([sys.executable, "-m", "tryggmote", name], env=environment, cwd=ROOT)
    try:
        _wait_for(process, ports[name], {"web": "/helse/", "alarm": "/health"}[name])
        yield process
    finally:
        process.terminate()
        process.wait()


def _wait_for(process: subprocess.Popen[bytes], port: int, path: str) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline:
        assert process.poll() is None, "the program did not start"
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", path)
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        finally:
            connection.close()
        time.sleep(0.1)
    raise AssertionError("the program did not answer in time")


def print_timings(title: str, timings: dict[str, Timings]) -> None:
    """One table of milliseconds."""
    print(f"\n{title}, {len(timings[SENT].last)} rounds; milliseconds\n")
    print("| | p50 | p95 | p99 | last screen, median | last screen, worst |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, found in timings.items():
        cells = [percentile(found.each, share) for share in (0.5, 0.95, 0.99)]
        cells += [percentile(found.last, 0.5), max(found.last)]
        print(f"| {name} | {' | '.join(f'{cell:.1f}' for cell in cells)} |")
