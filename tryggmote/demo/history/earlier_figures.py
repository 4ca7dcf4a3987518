"""What is left of the time before the history, as figures: only counts (ADR 0055).

Incidents and checks of the year before it, so that two years can be compared; and the meetings since then,
which are deleted after 30 days like the checks before them.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from tryggmote.demo.history.cast import Actor, exposure
from tryggmote.demo.history.clock import CHECKS_KEPT_DAYS, HISTORY_DAYS, workdays
from tryggmote.demo.history.episodes import EPISODES
from tryggmote.demo.history.meetings import AT_WORK, TURNOUT
from tryggmote.incidents.vocabulary import Nature
from tryggmote.organisation.models import Placement
from tryggmote.statistics import periods
from tryggmote.statistics.models import Span
from tryggmote.statistics.rules import SETTLED_AFTER_DAYS

EARLIER_DAYS = 400
"""Before the history: with it, all 24 months of a control chart."""
A_MONTH = (2, 5)  # incidents in the county: fewer than later, since fewer were reported
CHECKED = 0.6  # of what the offices check later
HIGH = 0.016  # of the checks
HOURS = range(8, 16)

Row = tuple[str, date, int, int, int | None, str, str]
"""Span and first day; unit, workforce and safety area; measure and code."""


@dataclass(frozen=True)
class Case:
    """So many of something on a day, with somebody behind them."""

    day: date
    actor: Actor
    measure: str
    code: str = ""
    n: int = 1


def write_earlier_figures(cast: Sequence[Actor], *, seed: int, anchor: date) -> None:
    """Add what there was to what has been counted of the history up to `anchor`."""
    chance = random.Random(f"{seed} earlier figures")
    began = dict(Placement.objects.values_list("person", "starts_on"))
    first = anchor - timedelta(days=HISTORY_DAYS)
    earlier = workdays(first - timedelta(days=EARLIER_DAYS), first - timedelta(days=1))
    later = workdays(first, anchor - timedelta(days=CHECKS_KEPT_DAYS))
    cases = [*_incidents(cast, earlier, chance), *_checks(cast, earlier, chance)]
    cases += _meetings(cast, [*earlier, *later], chance)
    _add((case for case in cases if began[case.actor.id] <= case.day), anchor)


def _incidents(cast: Sequence[Actor], days: Sequence[date], chance: random.Random) -> Iterator[Case]:
    how_many = sum(chance.randint(*A_MONTH) for _ in range(EARLIER_DAYS // 30))
    weights = exposure(cast)
    for day in chance.choices(days, k=how_many):
        actor = chance.choices(cast, weights)[0]
        fitting = [e for e in EPISODES if set(e.forms) & {*actor.forms} and Nature.WORRY not in e.natures]
        episode = chance.choices(fitting, [e.how_common for e in fitting])[0]
        form = next(form for form in episode.forms if form in actor.forms)
        yield Case(day, actor, "incidents")
        yield Case(day, actor, "forms", form)
        yield Case(day, actor, "hours", f"{day.isoweekday()}-{chance.choice(HOURS)}")
        yield Case(day, actor, "triggers", f"{form}/unknown")
        yield from (Case(day, actor, "natures", nature) for nature in episode.natures)


def _checks(cast: Sequence[Actor], days: Sequence[date], chance: random.Random) -> Iterator[Case]:
    for day, actor, meetings in _diary(cast, days, chance):
        made = sum(chance.random() < actor.habits.checks * CHECKED for _ in range(meetings))
        high = sum(chance.random() < HIGH for _ in range(made))
        yield Case(day, actor, "checks_high", n=high)
        yield Case(day, actor, "checks_other", n=made - high)


def _meetings(cast: Sequence[Actor], days: Sequence[date], chance: random.Random) -> Iterator[Case]:
    for day, actor, meetings in _diary(cast, days, chance):
        yield Case(day, actor, "meetings", n=meetings)


def _diary(
    cast: Sequence[Actor], days: Sequence[date], chance: random.Random
) -> Iterator[tuple[date, Actor, int]]:
    """How many meetings each had on each day at work."""
    for day in days:
        for actor in cast:
            if chance.random() < AT_WORK * TURNOUT.get(day.month, 1):
                yield day, actor, chance.choice((1, 2, 2, 3, 3, 4, 5))


def _add(cases: Iterable[Case], anchor: date) -> None:
    """Days are needed only in half-years that the nightly job sums anew."""
    units = dict(Placement.objects.values_list("workforce", "workforce__unit"))
    days_from = periods.half_of(anchor - timedelta(days=SETTLED_AFTER_DAYS))
    counts: dict[Row, int] = defaultdict(int)
    people: dict[Row, set[int]] = defaultdict(set)
    for case in (case for case in cases if case.n):
        area = case.actor.area_id if case.measure not in ("checks_other", "meetings") else None
        whose = (units[case.actor.workforce_id], case.actor.workforce_id, area, case.measure, case.code)
        for span, starts_on in (
            (Span.HALF, periods.half_of(case.day)),
            (Span.MONTH, case.day.replace(day=1)),
            (Span.DAY, case.day),
        ):
            if span != Span.DAY or starts_on >= days_from:
                row: Row = (span.value, starts_on, *whose)
                counts[row] += case.n
                people[row].add(case.actor.id)
    rows = [(*row, n, len(people[row])) for row, n in counts.items()]
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into statistics_count as k "
            "(span, starts_on, unit_id, workforce_id, safety_area_id, measure, code, n, people) "
            "select * from unnest(%s::text[], %s::date[], %s::bigint[], %s::bigint[], %s::bigint[], "
            "%s::text[], %s::text[], %s::integer[], %s::integer[]) "
            "on conflict on constraint counted_once do update "
            "set n = k.n + excluded.n, people = greatest(k.people, excluded.people)",
            [list(column) for column in zip(*rows, strict=True)],
        )
