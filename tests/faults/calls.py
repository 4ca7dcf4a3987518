"""What becomes of calls for help while things break, in figures.

python -m tests.faults.calls [rounds [story ...]]: each fault that many times (100), on a site of its own;
prints the table of `docs/performance.md`. 100 rounds of all stories take about half an hour.
"""

import logging
import random
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, fields
from functools import partial
from itertools import count, cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from psycopg import OperationalError

from tests.browser.site import Site, running
from tests.faults.cable import Cable
from tests.faults.caller import Browser, NoAnswer, Screen, new_call
from tests.faults.clock import Clock, own_clock
from tests.faults.victims import answers, cut_listeners, kill_process
from tests.platform.installation import eventually
from tryggmote.assistance.timing import timing
from tryggmote.postgres.cluster import connect
from tryggmote.postgres.places import Places
from tryggmote.postgres.settings import DATABASE_NAME, OWNER_ROLE

UNIT = "fjordvik-mottak"
CALLERS = 3
SCREENS = 4
# So that each lives longer than what the supervisor calls quick: after twenty of those it gives up.
BETWEEN_KILLS_S = 3.5
LANES = 10
SENT_TIMES = 50
NOBODY_ANSWERS_EVERY = 8
RINGS_WITHIN_S = 15  # of when it is due, whatever happens; later is missed
SETTLES_WITHIN_S = 60


@dataclass
class Figures:
    """One row of the table. Seconds, and numbers of calls and of escalations."""

    faults: int = 0
    received: int = 0
    lost: int = 0
    not_shown: int = 0
    duplicates: int = 0
    rings: int = 0
    rings_missed: int = 0
    rings_doubled: int = 0
    latest_ring_s: float = 0
    longest_until_taken_s: float = 0
    longest_silence_s: float = 0

    @property
    def is_clean(self) -> bool:
        """Nothing lost, nothing twice."""
        return not (self.lost + self.not_shown + self.duplicates + self.rings_missed + self.rings_doubled)


@dataclass
class Sent:
    """A call as the one who made it knows it: when it was first sent, and when it was answered."""

    id: str
    caller: Browser
    sent_at: float
    received_at: float = 0
    is_ended: bool = False

    def end(self) -> None:
        """By the one who made it, until that is taken."""
        if not self.is_ended:
            self.caller.ends(self.id)
            self.is_ended = True


@dataclass
class Unit:
    """Some who call and some who have a screen open, in one unit of one running site."""

    site: Site
    var: Path
    callers: list[Browser] = field(default_factory=list)
    screens: list[Screen] = field(default_factory=list)
    calls: list[Sent] = field(default_factory=list)
    faults: list[tuple[float, str]] = field(default_factory=list)

    def begin(self, fault: str) -> str:
        """From now on this is what breaks."""
        self.faults.append((time.monotonic(), fault))
        return fault

    def fault_at(self, moment: float) -> str:
        """What broke last before a moment."""
        return [name for began, name in self.faults if began <= moment][-1]

    def meet(self) -> None:
        """Everybody signs in; screens are opened and connected."""
        ids = self.people()
        self.callers = [self.browser_of(ids.pop()) for _ in range(CALLERS)]
        self.screens = [self.screen_of(ids.pop()) for _ in range(SCREENS)]
        for screen in self.screens:
            assert screen.is_open.wait(SETTLES_WITHIN_S)

    def people(self) -> list[int]:
        """Those who are placed in the unit."""
        found = self.ask(
            "select distinct pl.person_id from organisation_placement pl "
            "join organisation_workforce w on w.id = pl.workforce_id "
            "join organisation_unit u on u.id = w.unit_id where u.code = %s and pl.is_primary",
            UNIT,
        )
        return [person for (person,) in found]

    def browser_of(self, person: int, web_port: int = 0, alarm_port: int = 0) -> Browser:
        browser = Browser(web_port or self.site.port, alarm_port or self.site.alarm_port)
        browser.sign_in(person)
        return browser

    def screen_of(self, person: int) -> Screen:
        return Screen(self.browser_of(person)).open()

    def call(self, caller: Browser) -> Sent:
        """Call for help until it is taken."""
        made = Sent(new_call(), caller, time.monotonic())
        self.calls.append(made)
        caller.call_for_help(made.id)
        made.received_at = time.monotonic()
        return made

    def ask(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """Of the database, as its owner, as soon as it is there."""

        def answer() -> list[tuple[object, ...]] | None:
            try:
                with connect(Places.under(self.var), role=OWNER_ROLE, database=DATABASE_NAME) as connection:
                    cursor = connection.execute(statement, values)
                    return [*cursor.fetchall(), ()] if cursor.description else [()]
            except OperationalError:
                return None

        return eventually(answer, within_s=SETTLES_WITHIN_S)[:-1]

    def end_all(self) -> None:
        """So that the next story begins with nothing open."""
        for one in self.calls:
            one.end()

    def figures(self, fault: str, faults: int) -> Figures:
        """What became of the calls that were last seen to under this fault."""
        shown_to = self.told()
        calls = [one for one in self.calls if self.fault_at(self._settled_at(one)) == fault]
        found = Figures(faults=faults, received=len(calls))
        stored = dict(self.ask("select id::text, 1 from assistance_call"))
        raised = dict(
            self.ask(
                "select call_id::text, count(*) from assistance_callevent where kind = 'raised' group by 1"
            )
        )
        for one in calls:
            found.longest_until_taken_s = max(found.longest_until_taken_s, one.received_at - one.sent_at)
            found.lost += one.id not in stored
            found.duplicates += raised.get(one.id, 0) > 1
            for screen in self.screens:
                if (one.id, screen.browser.person_id) not in shown_to:
                    continue
                shown_at = screen.first_shown.get(one.id)
                found.not_shown += shown_at is None
                silence = (shown_at or 0) - one.received_at
                found.longest_silence_s = max(found.longest_silence_s, silence)
        self._count_rings(found, fault)
        return found

    def _settled_at(self, one: Sent) -> float:
        """When the last screen had shown it, or it was answered."""
        shown = [screen.first_shown.get(one.id, 0) for screen in self.screens]
        return max(one.received_at, *shown)

    def told(self) -> set[tuple[object, ...]]:
        """Which call concerns whom."""
        return set(self.ask("select call_id::text, person_id from assistance_recipient where ring = 1"))

    def wait_until_shown(self) -> None:
        """Until every screen has what concerns it."""
        told = self.told()
        received = {one.id for one in self.calls if one.received_at}

        def everything_is_shown() -> bool:
            return all(
                call in screen.first_shown
                for screen in self.screens
                for call, person in told
                if person == screen.browser.person_id and call in received
            )

        with suppress(AssertionError):  # it is counted as not shown
            eventually(everything_is_shown, within_s=SETTLES_WITHIN_S)

    def _count_rings(self, found: Figures, fault: str) -> None:
        """Each ring that was due under this fault, before somebody came: once, and not much later."""
        rows = self.ask(
            "select extract(epoch from c.raised_at)::float, "
            "extract(epoch from coalesce(least(c.acknowledged_at, c.ended_at), clock_timestamp()))::float, "
            "array(select extract(epoch from e.at)::float from assistance_callevent e "
            "where e.call_id = c.id and e.kind in ('rung', 'unanswered') order by e.number), c.ring "
            "from assistance_call c where c.id = any (%s::uuid[])",
            [one.id for one in self.calls],
        )
        ahead = time.time() - time.monotonic()
        for raised_at, needed_until, rang_at, ring in rows:
            due_at = [raised_at + after for after in timing().rings_at()]
            is_ours = [self.fault_at(max(at - ahead, self.faults[0][0])) == fault for at in due_at]
            found.rings_doubled += is_ours[0] and len(rang_at) != ring - 1
            for number, at in enumerate(due_at):
                if not is_ours[number]:
                    continue
                if number < len(rang_at):
                    found.rings += 1
                    found.latest_ring_s = max(found.latest_ring_s, rang_at[number] - at)
                else:
                    found.rings_missed += needed_until > at + RINGS_WITHIN_S


Results = dict[str, Figures]


def while_processes_are_killed(unit: Unit, rounds: int, *, between_s: float = BETWEEN_KILLS_S) -> Results:
    """Kill one after the other, and cut the listeners off; people go on calling, answering and ending."""
    faults: dict[str, Callable[[int], None]] = {
        "kill -9 alarm": lambda _: kill_process(unit.var, "alarm"),
        "kill -9 web": lambda number: kill_process(unit.var, ("web", "a web worker")[number % 2]),
        "kill -9 worker": lambda _: kill_process(unit.var, "worker"),
        "kill -9 PostgreSQL": lambda _: kill_process(unit.var, "database"),
        "listener cut off": lambda _: cut_listeners(unit.var),
    }
    with people_calling(unit):
        for number in range(rounds):
            for name, do in faults.items():
                unit.begin(name)
                do(number)
                time.sleep(between_s * random.uniform(0.8, 1.2))
    eventually(lambda: answers(unit.site), within_s=SETTLES_WITHIN_S)
    unit.wait_until_shown()
    return {name: unit.figures(name, rounds) for name in faults}


@contextmanager
def people_calling(unit: Unit) -> Iterator[None]:
    """All callers call again and again; mostly somebody comes and it is ended, sometimes nobody answers."""
    over = threading.Event()
    numbers = count(1)

    def keep_calling(caller: Browser) -> None:
        while not over.is_set():
            made = unit.call(caller)
            if next(numbers) % NOBODY_ANSWERS_EVERY:
                random.choice(unit.screens).browser.comes(made.id)
                made.end()
            over.wait(random.uniform(0.1, 0.5))

    with ThreadPoolExecutor(CALLERS) as people:
        calling = [people.submit(keep_calling, caller) for caller in unit.callers]
        try:
            yield
        finally:
            over.set()
        for done in calling:
            done.result()


def while_the_network_is_cut(unit: Unit, rounds: int, *, cut_s: float = 30) -> Results:
    """Screens and callers behind cables that are cut, ten at a time; others go on calling."""
    name = unit.begin(f"network cut for {cut_s:.0f} s")
    lanes = min(LANES, rounds)
    others = cycle(unit.people()[:-CALLERS])
    behind = []
    for _ in range(lanes):
        to_web, to_alarm = Cable(unit.site.port), Cable(unit.site.alarm_port)
        browser = unit.browser_of(next(others), to_web.port, to_alarm.port)
        behind.append((to_web, to_alarm, Screen(browser).open()))
    screens = [screen for _, _, screen in behind]
    unit.screens += screens
    for screen in screens:
        assert screen.is_open.wait(SETTLES_WITHIN_S)
    caught_up_s: list[float] = []

    def lane(number: int, to_web: Cable, to_alarm: Cable, screen: Screen) -> None:
        for round_number in range(number, rounds, lanes):
            time.sleep(random.uniform(0, 3))
            for cable in (to_web, to_alarm):
                cable.cut()
            calling = people.submit(unit.call, screen.browser)  # as much as the cable lets through
            time.sleep(cut_s)
            for cable in (to_web, to_alarm):
                cable.mend(forgotten=round_number % 2 == 1)
            mended_at = time.monotonic()
            missed = {one.id for one in unit.calls if 0 < one.received_at < mended_at}
            eventually(lambda missed=missed: missed <= screen.first_shown.keys(), within_s=SETTLES_WITHIN_S)
            caught_up_s.append(time.monotonic() - mended_at)
            calling.result()

    with ThreadPoolExecutor(lanes) as people, ThreadPoolExecutor(lanes) as cutting, people_calling(unit):
        for done in [cutting.submit(lane, number, *one) for number, one in enumerate(behind)]:
            done.result()
    print(f"{name}: a screen had caught up at most {max(caught_up_s):.1f} s after the cable was whole")
    unit.wait_until_shown()
    return {name: unit.figures(name, rounds)}


CLOCK_STEPS = {"set back an hour": -3600, "set ahead an hour": 3600, "set back a day": -86_400}


def while_the_clock_steps(
    unit: Unit, clock: Clock, rounds: int, *, steps: Mapping[str, int] = CLOCK_STEPS
) -> Results:
    """Calls that nobody answers, while the clock that all processes and PostgreSQL see is set.

    When steps came is seen from outside, by a clock that nobody sets. Set ahead, calls ring early; that is no
    fault. Missed is what has not come `RINGS_WITHIN_S` after it was due.
    """
    found = {}
    offset = 0
    for name, step in steps.items():
        fault = unit.begin(f"clock {name}")
        with ThreadPoolExecutor(CALLERS) as people:
            made = list(people.map(unit.call, [unit.callers[n % CALLERS] for n in range(rounds)]))
        raised_at = {one.id: one.received_at for one in made}
        time.sleep(random.uniform(1, timing().second_ring_s - 5))
        offset += step
        clock.set_off_by(offset)
        rang_at = _watch_until_all_have_rung(unit, raised_at)
        unit.wait_until_shown()
        figures = Figures(faults=1, received=len(made))
        for one in made:
            kinds = unit.ask(
                "select kind from assistance_callevent where call_id = %s order by number", one.id
            )
            figures.duplicates += kinds.count(("raised",)) - 1
            figures.rings += len(kinds) - 1
            figures.rings_doubled += max(0, len(kinds) - 1 - len(timing().rings_at()))
            for number, after_s in enumerate(timing().rings_at()):
                late_s = rang_at[one.id].get(number, float("inf")) - raised_at[one.id] - after_s
                if late_s > RINGS_WITHIN_S:
                    figures.rings_missed += 1
                else:
                    figures.latest_ring_s = max(figures.latest_ring_s, late_s)
        told = unit.told()
        figures.not_shown = sum(
            one.id not in screen.first_shown
            for one in made
            for screen in unit.screens
            if (one.id, screen.browser.person_id) in told
        )
        found[fault] = figures
        unit.end_all()
    clock.set_off_by(0)
    return found


def _watch_until_all_have_rung(unit: Unit, raised_at: Mapping[str, float]) -> dict[str, dict[int, float]]:
    """When each ring of each call was first seen."""
    seen: dict[str, dict[int, float]] = {call: {} for call in raised_at}
    rings = len(timing().rings_at())
    give_up = max(raised_at.values()) + timing().rings_at()[-1] + RINGS_WITHIN_S
    while time.monotonic() < give_up and any(len(one) < rings for one in seen.values()):
        rows = unit.ask(
            "select call_id::text, count(*) from assistance_callevent "
            "where call_id = any (%s::uuid[]) and kind in ('rung', 'unanswered') group by call_id",
            list(raised_at),
        )
        for call, count_of_rings in rows:
            for number in range(int(str(count_of_rings))):
                seen[str(call)].setdefault(number, time.monotonic())
        time.sleep(0.2)
    time.sleep(3)  # long enough for the other watcher to ring once more, if it did
    return seen


def when_two_answer_at_once(unit: Unit, rounds: int) -> Results:
    """Two screens say "I am coming" in the same moment: both do, each once, and nobody is rung further."""
    name = unit.begin("two screens answer at once")
    doubled = 0
    first, second = unit.screens[:2]
    with ThreadPoolExecutor(2) as people:
        for number in range(rounds):
            made = unit.call(unit.callers[number % CALLERS])
            together = threading.Barrier(2)

            def say(screen: Screen, made: Sent = made, together: threading.Barrier = together) -> None:
                together.wait()
                screen.browser.comes(made.id)

            list(people.map(say, (first, second)))
            (steps,) = unit.ask(
                "select array_agg(kind order by number), count(distinct person_id) "
                "from assistance_callevent where call_id = %s and kind <> 'raised'",
                made.id,
            )
            doubled += steps != (["coming", "coming"], 2)
            made.end()
    unit.wait_until_shown()
    figures = unit.figures(name, rounds)
    figures.duplicates += doubled
    return {name: figures}


def when_a_call_is_sent_fifty_times(unit: Unit, rounds: int) -> Results:
    """The same call, by ten at a time, to the alarm program and to the pages: one call."""
    name = unit.begin(f"the same call {SENT_TIMES} times")

    def send(made: Sent, number: int) -> None:
        while True:
            try:
                if number % 2:
                    made.caller.to_pages("/hjelp/", id=made.id)
                else:
                    made.caller.to_alarm("raise", id=made.id)
            except NoAnswer:
                continue
            made.received_at = made.received_at or time.monotonic()
            return

    with ThreadPoolExecutor(10) as senders:
        for number in range(rounds):
            made = Sent(new_call(), unit.callers[number % CALLERS], time.monotonic())
            unit.calls.append(made)
            list(senders.map(partial(send, made), range(SENT_TIMES)))
            made.end()
    unit.wait_until_shown()
    return {name: unit.figures(name, rounds)}


STORIES = (
    when_two_answer_at_once,
    when_a_call_is_sent_fifty_times,
    while_the_network_is_cut,
    while_processes_are_killed,
)


def main(rounds: int, names: list[str]) -> bool:
    """Tell the stories, on one site; whether nothing was lost, doubled or missed."""
    found: Results = {}
    with TemporaryDirectory(prefix="tryggmote-") as folder, running(Path(folder)) as site:
        for story in STORIES:
            if names and story.__name__ not in names:
                continue
            unit = Unit(site, Path(folder))
            unit.meet()
            began = time.monotonic()
            found |= story(unit, rounds)
            print(f"{story.__name__}: {time.monotonic() - began:.0f} s", flush=True)
            unit.end_all()
            for screen in unit.screens:
                screen.close()
    if not names or while_the_clock_steps.__name__ in names:
        found |= with_a_clock_of_its_own(rounds)
    print_table(found)
    return all(figures.is_clean for figures in found.values())


def with_a_clock_of_its_own(rounds: int, steps: Mapping[str, int] = CLOCK_STEPS) -> Results:
    """On a site of its own, whose clock can be set."""
    with (
        TemporaryDirectory(prefix="tryggmote-") as folder,
        own_clock() as clock,
        running(Path(folder), clock.environment) as site,
    ):
        unit = Unit(site, Path(folder))
        unit.meet()
        try:
            return while_the_clock_steps(unit, clock, rounds, steps=steps)
        finally:
            for screen in unit.screens:
                screen.close()


def print_table(found: Results) -> None:
    """As `docs/performance.md` shows it."""
    names = [one.name for one in fields(Figures)]
    print(f"| | {' | '.join(name.removesuffix('_s').replace('_', ' ') for name in names)} |")
    print(f"|---|{'---:|' * len(names)}")
    for name, figures in found.items():
        values = [getattr(figures, one) for one in names]
        cells = [f"{value:.1f}" if isinstance(value, float) else str(value) for value in values]
        print(f"| {name} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    sys.exit(not main(int((sys.argv[1:] or [100])[0]), sys.argv[2:]))
